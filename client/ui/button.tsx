import type { ComponentChildren, JSX } from 'preact'
import { Icon } from './icon.tsx'
import type { IconShape } from './icons.ts'

interface ButtonProps {
  children: ComponentChildren
  icon?: IconShape
  /** One filled accent button on a view at most. */
  kind?: 'plain' | 'primary' | 'quiet' | 'danger'
  size?: 'normal' | 'small' | 'wide'
  class?: string
  type?: 'button' | 'submit'
  disabled?: boolean
  onClick?: (event: MouseEvent) => void
}

/** A button with words. */
export function Button(props: ButtonProps): JSX.Element {
  const { kind = 'plain', size = 'normal', type = 'button' } = props
  return (
    <button
      type={type}
      class={['button', kind, size, props.class ?? ''].join(' ').trim()}
      aria-disabled={props.disabled ? 'true' : undefined}
      onClick={props.disabled ? undefined : props.onClick}
    >
      {props.icon && <Icon name={props.icon} class="small" />}
      {props.children}
    </button>
  )
}

interface ToolProps {
  /** The accessible name; the tooltip shows it with the keys. */
  label: string
  icon: IconShape
  /** Words beside the icon. */
  text?: string
  /** The shortcut as people read it, such as `Ctrl B`. */
  keys?: string
  /** A toggle's state; leave out for a plain command. */
  pressed?: boolean
  /** A menu's or panel's state; leave out when it opens nothing. */
  expanded?: boolean
  disabled?: boolean
  arrow?: boolean
  class?: string
  id?: string
  /** What it does, for those who look for the button of something. */
  action?: string
  /** A pointer goes down, before anything closes because of it. */
  onPress?: () => void
  onClick?: (event: MouseEvent) => void
}

/**
 * An icon button. Disabled ones stay focusable. Pressing it with a pointer leaves the focus where it is, so that the
 * text keeps its selection and a phone its keyboard.
 */
export function ToolButton(props: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      id={props.id}
      class={`tool ${props.text === undefined ? '' : 'labelled '}${props.class ?? ''}`}
      aria-label={props.label}
      data-tip={props.text === props.label && !props.keys ? undefined : ''}
      data-keys={props.keys}
      data-action={props.action}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-haspopup={props.arrow ? 'menu' : undefined}
      aria-disabled={props.disabled ? 'true' : undefined}
      onPointerDown={props.onPress}
      onMouseDown={keepFocus}
      onClick={props.disabled ? undefined : props.onClick}
    >
      <Icon name={props.icon} />
      {props.text !== undefined && <span class="tool-text">{props.text}</span>}
      {props.arrow && <Icon name="chevron-down" class="arrow" />}
    </button>
  )
}

/** For `mousedown`: the press does not move the focus. */
export function keepFocus(event: Event): void {
  event.preventDefault()
}
