import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'
import type { IconShape } from './icons.ts'

interface CardsProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string; note: string; icon: IconShape }[]
  onChange: (value: T) => void
}

/** One of a few as cards with a sign, words and a note, on the browser's own radio buttons. */
export function Cards<T extends string>({ label, value, options, onChange }: CardsProps<T>): JSX.Element {
  const name = useId()
  return (
    <div class="choice-cards" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} class="choice-card">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <Icon name={option.icon} />
          {option.label}
          <small>{option.note}</small>
        </label>
      ))}
    </div>
  )
}
