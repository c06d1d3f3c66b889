import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { moveRoving } from '../../ui/roving.ts'

export interface Option<T> {
  readonly value: T
  readonly label: string
  /** A picture; without one the label is shown. */
  readonly picture?: ComponentChildren
}

interface PickProps<T> {
  label: string
  /** Undefined where the selected shapes differ. */
  value: T | undefined
  options: readonly Option<T>[]
  class?: string
  onChange: (value: T) => void
}

const OPTION = '[role=radio]'

/** One of a few as a row of small buttons (WAI-ARIA radio group). */
export function Pick<T extends string | number | boolean>(props: PickProps<T>): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>(OPTION) ?? [])]
    const chosen = items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0]
    for (const item of items) item.tabIndex = item === chosen ? 0 : -1
  })
  return (
    <div
      ref={box}
      class={props.class ?? 'segments'}
      role="radiogroup"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (!box.current || !moveRoving(event, box.current, OPTION, 'row')) return
        event.stopPropagation()
        if (document.activeElement instanceof HTMLElement) document.activeElement.click()
      }}
    >
      {props.options.map(({ value, label, picture }) => (
        <button
          type="button"
          key={String(value)}
          role="radio"
          aria-checked={value === props.value}
          aria-label={picture === undefined ? undefined : label}
          data-tip={picture === undefined ? undefined : ''}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onChange(value)}
        >
          {picture ?? label}
        </button>
      ))}
    </div>
  )
}
