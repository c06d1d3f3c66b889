/**
 * One stop of the Tab key for a row or column of controls; arrows move inside (WAI-ARIA toolbar and menu patterns).
 * @returns the number of items, for tests
 */
export function tidyRoving(container: HTMLElement, selector: string): number {
  const items = itemsOf(container, selector)
  const current = items.find((item) => item.tabIndex === 0) ?? items[0]
  for (const item of items) item.tabIndex = item === current ? 0 : -1
  return items.length
}

/** Handles a key; true when it moved the focus. */
export function moveRoving(
  event: KeyboardEvent,
  container: HTMLElement,
  selector: string,
  axis: 'row' | 'column',
): boolean {
  const items = itemsOf(container, selector)
  const at = items.findIndex((item) => item === document.activeElement)
  const rtl = axis === 'row' && getComputedStyle(container).direction === 'rtl'
  const next = nextIndex(event.key, at, items.length, axis, rtl)
  const target = next === null ? undefined : items[next]
  if (!target) return false
  event.preventDefault()
  for (const item of items) item.tabIndex = item === target ? 0 : -1
  target.focus()
  return true
}

/** The index a key leads to from `at` among `count` items, round the ends; null when the key does not move. */
export function nextIndex(
  key: string,
  at: number,
  count: number,
  axis: 'row' | 'column',
  rtl: boolean,
): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const forward = axis === 'column' ? 'ArrowDown' : rtl ? 'ArrowLeft' : 'ArrowRight'
  const backward = axis === 'column' ? 'ArrowUp' : rtl ? 'ArrowRight' : 'ArrowLeft'
  if (key === forward) return (at + 1) % count
  if (key === backward) return (Math.max(at, 0) - 1 + count) % count
  return null
}

function itemsOf(container: HTMLElement, selector: string): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(selector)].filter((item) => !item.closest('[hidden]'))
}
