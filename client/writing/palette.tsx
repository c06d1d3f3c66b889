/** All that can be done in the page, found by a few letters (SPEC-text W1). */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { actionState, labelOf } from '../pad/actions.ts'
import type { Action } from '../pad/actions.ts'
import { keyNames } from '../pad/key-names.ts'
import type { Bench } from '../pad/writing.ts'
import { Dialog } from '../ui/dialog.tsx'
import { groupsOf } from './action-groups.ts'
import { fitting } from './match.ts'
import { mount } from './mount.tsx'
import { optionAfter, optionId } from './option-keys.ts'
import { OptionList } from './options.tsx'
import type { Option } from './options.tsx'
import { maybe, w } from './words.ts'

const LIST = 'palette-list'
let close: (() => void) | undefined

/** Opens the palette, or closes the open one. */
export function openPalette(bench: Bench): void {
  if (close) {
    close()
    return
  }
  close = mount((gone) => (
    <Palette
      bench={bench}
      onClose={() => {
        close = undefined
        gone()
      }}
    />
  ))
}

function Palette({ bench, onClose }: { bench: Bench; onClose: () => void }): JSX.Element {
  const { model, actions } = bench
  const typed = useSignal('')
  const active = useSignal(0)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])

  const all = [...actions.values()].filter(
    (action) => action.id !== 'palette' && (!action.writes || model.mayWrite.value),
  )
  const found = fitting(typed.value, all, (action) => [labelOf(action), furtherWords(action)])
  const groups = typed.value.trim() === '' ? groupsOf(all) : [{ title: '', actions: found }]
  const inOrder = groups.flatMap((group) => group.actions)
  const option = (action: Action): Option => ({
    id: action.id,
    label: labelOf(action),
    icon: action.icon,
    keys: action.keys && keyNames(action.keys),
    disabled: actionState(action, model).disabled,
  })
  const choose = (index: number): void => {
    const action = inOrder[index]
    if (!action || actionState(action, model).disabled) return
    onClose()
    action.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = optionAfter(event.key, active.value, inOrder.length)
    if (next !== null) active.value = next
    else if (event.key === 'Enter') choose(active.value)
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={w('palette.title')} closeLabel={t('common.close')} class="palette" onClose={onClose}>
      <input
        ref={field}
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={w('palette.field')}
        placeholder={w('palette.field')}
        aria-expanded="true"
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={inOrder.length > 0 ? optionId(LIST, active.value) : undefined}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value
          active.value = 0
        }}
        onKeyDown={onKeyDown}
      />
      <OptionList
        id={LIST}
        label={w('palette.title')}
        groups={groups.map((group) => ({ title: group.title, options: group.actions.map(option) }))}
        active={active.value}
        onChoose={choose}
        onPoint={(index) => (active.value = index)}
      />
      <p class="nothing-found" role="status">
        {inOrder.length === 0 ? w('palette.nothing', { words: typed.value }) : ''}
      </p>
    </Dialog>
  )
}

/** Words besides its name by which an action is found. */
export function furtherWords({ id, keywords, hint }: Action): string {
  return `${keywords?.() ?? maybe(`keywords.${id}`)} ${hint?.() ?? ''} ${id}`
}
