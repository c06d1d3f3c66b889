/** The rows of the text in the page. A long text has them in chunks. */

/** A row on screen. */
export interface Row {
  element: Element
  top: number
  bottom: number
}

/** Never more rows than this, whatever the size of the screen. */
const MOST = 300

/** The rows between two heights, from above to below. */
export function rowsBetween(text: Element, from: number, to: number): Row[] {
  const rows: Row[] = []
  let element = firstRow(text, from)
  while (element && rows.length < MOST) {
    const { top, bottom } = element.getBoundingClientRect()
    if (top > to) break
    rows.push({ element, top, bottom })
    element = nextRow(element)
  }
  return rows
}

/** The row before one. */
export function rowBefore(row: Element): Element | null {
  if (row.previousElementSibling) return row.previousElementSibling
  const chunk = row.parentElement
  return chunk?.classList.contains('chunk') ? (chunk.previousElementSibling?.lastElementChild ?? null) : null
}

function nextRow(row: Element): Element | null {
  if (row.nextElementSibling) return row.nextElementSibling
  const chunk = row.parentElement
  return chunk?.classList.contains('chunk') ? (chunk.nextElementSibling?.firstElementChild ?? null) : null
}

function firstRow(text: Element, from: number): Element | null {
  const found = firstBelow(text.children, from)
  return found?.classList.contains('chunk') ? firstBelow(found.children, from) : found
}

/** The first that reaches below `y`; they stand below each other. */
function firstBelow(elements: HTMLCollection, y: number): Element | null {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((elements[middle]?.getBoundingClientRect().bottom ?? 0) > y) high = middle
    else low = middle + 1
  }
  return elements[low] ?? null
}
