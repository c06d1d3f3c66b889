import type { ComponentChild, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { keepFocus } from './button.tsx'
import { nextIndex, tidyRoving } from './roving.ts'

interface ChoicesProps<T extends string> {
  label: string
  /** The one in force; null for none of them. */
  value: T | null
  options: readonly Choice<T>[]
  /** Options beside each other. */
  columns?: number
  onChange: (value: T) => void
}

interface Choice<T extends string> {
  value: T
  label: string
  /** How it looks, before its words. */
  sample?: ComponentChild
}

const OPTION = '[role=radio]'

/**
 * One of many, in columns, each with its words (WAI-ARIA radio group). Arrows only lead: Enter or the space bar chooses,
 * as a choice closes what this stands in.
 */
export function Choices<T extends string>(props: ChoicesProps<T>): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const { columns = 1 } = props
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.style.setProperty('--columns', String(columns))
    const chosen = element.querySelector<HTMLElement>('[aria-checked=true]')
    if (chosen && !element.contains(document.activeElement)) chosen.tabIndex = 0
    tidyRoving(element, OPTION)
  })
  return (
    <div
      ref={box}
      class="choices"
      role="radiogroup"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (box.current && moveInGrid(event, box.current, columns)) event.preventDefault()
      }}
    >
      {props.options.map((option) => (
        <button
          type="button"
          key={option.value}
          class="choice"
          role="radio"
          aria-checked={option.value === props.value}
          onMouseDown={keepFocus}
          onClick={() => props.onChange(option.value)}
        >
          {option.sample}
          <span>{option.label}</span>
        </button>
      ))}
    </div>
  )
}

/** Moves the focus among options; true when the key was one that does. */
function moveInGrid(event: KeyboardEvent, box: HTMLElement, columns: number): boolean {
  const items = [...box.querySelectorAll<HTMLElement>(OPTION)]
  const at = items.findIndex((item) => item === document.activeElement)
  const rtl = getComputedStyle(box).direction === 'rtl'
  const next = gridIndex(event.key, at, items.length, columns, rtl)
  const target = next === null ? undefined : items[next]
  if (!target) return false
  for (const item of items) item.tabIndex = item === target ? 0 : -1
  target.focus()
  return true
}

/** The index a key leads to from `at` among `count` items in columns; up and down stay inside. Null when it does not move. */
export function gridIndex(
  key: string,
  at: number,
  count: number,
  columns: number,
  rtl: boolean,
): number | null {
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return nextIndex(key, at, count, 'row', rtl)
  const next = Math.max(at, 0) + (key === 'ArrowDown' ? columns : -columns)
  return next >= 0 && next < count ? next : Math.max(at, 0)
}
