import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { ToolButton } from './button.tsx'
import type { IconShape } from './icons.ts'
import { Menu } from './menu.tsx'
import type { MenuItem } from './menu.tsx'
import { boxOf } from './popover.tsx'

interface MenuButtonProps {
  /** Of the button and of its menu. */
  label: string
  /** Three dots unless said. */
  icon?: IconShape
  /** Asked for when the menu is drawn, so that what changes meanwhile is followed. */
  groups: () => readonly (readonly MenuItem[])[]
  /** Words on the button, beside an arrow. */
  text?: string
  /** Name of the button for who looks for it in the page. */
  action?: string
  class?: string
}

/** A button that opens a menu below its end. */
export function MenuButton(props: MenuButtonProps): JSX.Element {
  const { label, icon = 'more', groups, text, action } = props
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place} class={props.class}>
      <ToolButton
        label={label}
        icon={icon}
        expanded={open.value}
        {...(action === undefined ? {} : { action })}
        {...(text === undefined ? {} : { text, arrow: true, class: 'outlined' })}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={label}
          align="end"
          anchor={() => boxOf(place.current)}
          groups={groups()}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}
