import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface FieldProps {
  label: string
  hint?: string
  /** What is wrong with the value. */
  problem?: string
  /** Draws the control; it takes the id and what describes it. */
  children: (control: { id: string; describedBy: string | undefined }) => ComponentChildren
}

/** A labelled control with a hint or a problem beneath. */
export function Field({ label, hint, problem, children }: FieldProps): JSX.Element {
  const id = useId()
  const note = problem ?? hint
  const noteId = note === undefined ? undefined : `${id}-note`
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, describedBy: noteId })}
      {note !== undefined && (
        <span id={noteId} class={problem === undefined ? 'hint' : 'problem'}>
          {problem !== undefined && <Icon name="warning" class="small" />}
          {note}
        </span>
      )}
    </div>
  )
}

interface SwitchProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A setting that is on or off. */
export function Switch({ label, hint, checked, onChange }: SwitchProps): JSX.Element {
  return (
    <label class="switch-row">
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  )
}

interface SelectProps {
  id?: string
  value: string
  options: readonly { value: string; label: string; lang?: string }[]
  onChange: (value: string) => void
}

/** The browser's own select with our arrow. */
export function Select({ id, value, options, onChange }: SelectProps): JSX.Element {
  return (
    <span class="select">
      <select id={id} class="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}
