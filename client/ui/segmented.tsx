import type { JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'
import type { IconShape } from './icons.ts'
import { moveRoving } from './roving.ts'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string; icon?: IconShape }[]
  /** Somebody else decided. */
  disabled?: boolean
  onChange: (value: T) => void
}

/** One of a few, all in sight (WAI-ARIA radio group). */
export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const label = useId()
  useLayoutEffect(() => {
    for (const item of box.current?.querySelectorAll<HTMLElement>('[role=radio]') ?? [])
      item.tabIndex = item.getAttribute('aria-checked') === 'true' ? 0 : -1
  })
  return (
    <div class="field">
      <span class="label" id={label}>
        {props.label}
      </span>
      <div
        ref={box}
        class="segments"
        role="radiogroup"
        aria-labelledby={label}
        onKeyDown={(event) => {
          if (box.current && moveRoving(event, box.current, '[role=radio]', 'row'))
            if (document.activeElement instanceof HTMLElement) document.activeElement.click()
        }}
      >
        {props.options.map((option) => (
          <button
            type="button"
            key={option.value}
            role="radio"
            aria-checked={option.value === props.value}
            disabled={props.disabled}
            onClick={() => props.onChange(option.value)}
          >
            {option.icon && <Icon name={option.icon} class="small" />}
            {option.label}
          </button>
        ))}
      </div>
    </div>
  )
}
