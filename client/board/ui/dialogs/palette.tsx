import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { say } from '../../words.ts'
import { isOffered, itemOf } from '../action-items.ts'
import type { DialogProps } from '../dialogs.tsx'
import { findActions } from '../find-action.ts'
import '../../../styles/board-dialogs.css'

/** Lines shown: more than there are commands. */
const MOST = 300

/** Every command by its name (WAI-ARIA combobox with a list). */
export function Palette({ ui, onClose }: DialogProps): JSX.Element {
  const query = useSignal('')
  const at = useSignal(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = useComputed(() => {
    const items = [...ui.actions.value.values()]
      .filter((action) => action.id !== 'palette' && isOffered(ui, action) && action.enabled())
      .map(itemOf)
    return findActions(items, query.value).slice(0, MOST)
  })
  useLayoutEffect(() => field.current?.focus(), [])
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  const choose = (index: number): void => {
    const item = found.peek()[index]
    if (!item) return
    onClose()
    // After the dialog has given the focus back.
    queueMicrotask(() => item.run())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = found.peek().length
    if (event.isComposing) return
    if (event.key === 'Enter') choose(at.peek())
    else if (event.key === 'ArrowDown' && count > 0) at.value = (at.peek() + 1) % count
    else if (event.key === 'ArrowUp' && count > 0) at.value = (at.peek() - 1 + count) % count
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={say('board.palette')} closeLabel={t('common.close')} class="palette" onClose={onClose}>
      <input
        ref={field}
        class="input"
        type="text"
        role="combobox"
        aria-label={say('board.paletteField')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.value.length > 0 ? `${id}-${at.value}` : undefined}
        autoComplete="off"
        spellcheck={false}
        placeholder={say('board.paletteField')}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
          at.value = 0
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} class="palette-list" role="listbox" aria-label={say('board.palette')}>
        {found.value.map((item, index) => (
          <button
            type="button"
            key={item.id}
            id={`${id}-${index}`}
            class="menu-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === at.value}
            onMouseDown={(event) => event.preventDefault()}
            onPointerMove={() => (at.value = index)}
            onClick={() => choose(index)}
          >
            {item.icon && <Icon name={item.icon} />}
            <span>{item.label}</span>
            {item.keys !== undefined && <kbd>{item.keys}</kbd>}
          </button>
        ))}
        {found.value.length === 0 && <p class="hint">{say('board.nothingFound')}</p>}
      </div>
    </Dialog>
  )
}
