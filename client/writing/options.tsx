import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { keepFocus } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconShape } from '../ui/icons.ts'
import { optionId } from './option-keys.ts'

/** One thing to choose. */
export interface Option {
  id: string
  label: string
  /** An icon, or a character in its place. */
  icon?: IconShape
  sign?: string
  hint?: string
  keys?: string | undefined
  disabled?: boolean
}

/** Things to choose under one title; '' for none. */
export interface OptionGroup {
  title: string
  options: readonly Option[]
}

interface OptionListProps {
  /** Of the list in the page; those of its options begin with it. */
  id: string
  label: string
  groups: readonly OptionGroup[]
  /** The chosen one's index among all. */
  active: number
  onChoose: (index: number) => void
  /** The pointer is over one. */
  onPoint: (index: number) => void
}

/** A list to choose from while the focus is in a field elsewhere, which names the chosen one (`aria-activedescendant`). */
export function OptionList(props: OptionListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [props.active, props.groups])
  let index = -1
  return (
    <div ref={list} id={props.id} class="options" role="listbox" aria-label={props.label}>
      {props.groups.map(({ title, options }) => (
        <div key={title} role="group" aria-label={title === '' ? undefined : title}>
          {title !== '' && (
            <div class="menu-title" aria-hidden="true">
              {title}
            </div>
          )}
          {options.map((option) => {
            index += 1
            const at = index
            return (
              <div
                key={option.id}
                id={optionId(props.id, at)}
                class="option"
                role="option"
                aria-selected={at === props.active}
                aria-disabled={option.disabled ? 'true' : undefined}
                onMouseDown={keepFocus}
                onMouseMove={() => at !== props.active && props.onPoint(at)}
                onClick={() => props.onChoose(at)}
              >
                <span class="option-sign" aria-hidden="true">
                  {option.sign ?? (option.icon && <Icon name={option.icon} />)}
                </span>
                <span class="option-words">
                  <span>{option.label}</span>
                  {option.hint && <small>{option.hint}</small>}
                </span>
                {option.keys && <kbd>{option.keys}</kbd>}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
