import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { keepFocus } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconShape } from './icons.ts'
import { Popover } from './popover.tsx'
import type { Box, PlaceOptions } from './place.ts'
import { moveRoving, tidyRoving } from './roving.ts'

/** One line of a menu. */
export interface MenuItem {
  id: string
  label: string
  icon?: IconShape
  keys?: string
  /** A toggle's state; leave out for a plain command. */
  checked?: boolean
  disabled?: boolean
  run: () => void
}

interface MenuProps {
  label: string
  /** Groups are parted by a line. */
  groups: readonly (readonly MenuItem[])[]
  anchor: () => Box | null
  align?: PlaceOptions['align']
  side?: PlaceOptions['side']
  class?: string
  /** The menu is gone; `ran` when by choosing something. */
  onClose: (ran: boolean) => void
}

const ITEM = '[role^=menuitem]'

/** A menu of commands: arrows, Home, End and first letters move, Esc closes and gives the focus back. */
export function Menu(props: MenuProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const opener = useRef(document.activeElement)
  const ran = useRef(false)

  useLayoutEffect(() => {
    if (!list.current) return
    tidyRoving(list.current, ITEM)
    const first = list.current.querySelector<HTMLElement>(`${ITEM}:not([aria-disabled])`)
    ;(first ?? list.current.querySelector<HTMLElement>(ITEM))?.focus({ preventScroll: true })
  }, [])

  const close = (chosen: boolean): void => {
    if (ran.current) return
    ran.current = true
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
    props.onClose(chosen)
  }
  const choose = (item: MenuItem): void => {
    if (item.disabled) return
    close(true)
    item.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!list.current || moveRoving(event, list.current, ITEM, 'column')) return
    if (event.key === 'Tab') {
      event.preventDefault()
      close(false)
    } else if (event.key.length === 1 && /\S/.test(event.key)) goToLetter(list.current, event.key)
  }

  return (
    <Popover
      anchor={props.anchor}
      align={props.align}
      side={props.side}
      class={`menu ${props.class ?? ''}`}
      role="menu"
      label={props.label}
      onClose={() => close(false)}
      onKeyDown={onKeyDown}
    >
      <div ref={list} class="menu-list" role="none">
        {props.groups
          .filter((group) => group.length > 0)
          .map((group, index) => (
            <div role="group" key={group[0]?.id}>
              {index > 0 && <hr class="menu-line" />}
              {group.map((item) => (
                <button
                  type="button"
                  key={item.id}
                  class="menu-item"
                  role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
                  aria-checked={item.checked}
                  aria-disabled={item.disabled ? 'true' : undefined}
                  onMouseDown={keepFocus}
                  onClick={() => choose(item)}
                >
                  {item.icon && <Icon name={item.icon} />}
                  <span>{item.label}</span>
                  {item.keys && <kbd>{item.keys}</kbd>}
                  {item.checked && <Icon name="check" class="small tick" />}
                </button>
              ))}
            </div>
          ))}
      </div>
    </Popover>
  )
}

function goToLetter(list: HTMLElement, letter: string): void {
  const items = [...list.querySelectorAll<HTMLElement>(ITEM)]
  const from = items.findIndex((item) => item === document.activeElement) + 1
  const ordered = [...items.slice(from), ...items.slice(0, from)]
  const wanted = letter.toLocaleLowerCase()
  ordered.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(wanted))?.focus()
}
