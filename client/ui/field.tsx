import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface FieldProps {
  label: string
  hint?: string | undefined
  /** What is wrong with the value. */
  problem?: string | undefined
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
  hint?: string | undefined
  checked: boolean
  /** Somebody else decided. */
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** A setting that is on or off. */
export function Switch({ label, hint, checked, disabled = false, onChange }: SwitchProps): JSX.Element {
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
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  )
}

interface InputProps {
  id?: string
  value: string
  onInput: (value: string) => void
  /** Enter was pressed, or the field was left. */
  onDone?: (value: string) => void
  type?: 'text' | 'number' | 'url' | 'color'
  describedBy?: string | undefined
  placeholder?: string
  maxLength?: number
  min?: number | undefined
  max?: number | undefined
  invalid?: boolean
  disabled?: boolean
}

/** A line of text, a number, an address or a colour. */
export function Input(props: InputProps): JSX.Element {
  const { type = 'text', invalid = false } = props
  return (
    <input
      id={props.id}
      class="input"
      {...({ type } as { type: 'text' })}
      value={props.value}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      min={props.min}
      max={props.max}
      disabled={props.disabled}
      aria-describedby={props.describedBy}
      aria-invalid={invalid ? 'true' : undefined}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onBlur={(event) => props.onDone?.(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.isComposing) props.onDone?.(event.currentTarget.value)
      }}
    />
  )
}

interface SelectProps {
  id?: string
  value: string
  disabled?: boolean
  options: readonly { value: string; label: string; lang?: string }[]
  onChange: (value: string) => void
}

/** The browser's own select with our arrow. */
export function Select({ id, value, disabled = false, options, onChange }: SelectProps): JSX.Element {
  return (
    <span class="select">
      <select
        id={id}
        class="input"
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
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
