/** Pickers of emoji and of special characters (SPEC-writing W9). */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { language, t } from '../../i18n.ts'
import type { Bench } from '../../pad/writing.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { moveRoving, tidyRoving } from '../../ui/roving.ts'
import { mount } from '../mount.tsx'
import { maybe, w } from '../words.ts'
import { CHARACTERS, EMOJI } from './emoji.ts'
import { findSigns, signGroups } from './signs.ts'

/** Offers emoji. */
export function openEmoji(bench: Bench): void {
  open(bench, w('signs.emoji'), EMOJI)
}

/** Offers what keyboards lack. */
export function openCharacters(bench: Bench): void {
  open(bench, w('signs.characters'), CHARACTERS)
}

function open({ model }: Bench, title: string, list: string): void {
  mount((close) => (
    <Picker
      title={title}
      list={list}
      onClose={close}
      onPick={(sign) => {
        close()
        const editor = model.editor.peek()
        if (!editor || !model.mayWrite.peek()) return
        const { view } = editor
        editor.oneStep(() => view.dispatch(view.state.tr.insertText(sign).scrollIntoView()))
        view.focus()
      }}
    />
  ))
}

interface PickerProps {
  title: string
  list: string
  onPick: (sign: string) => void
  onClose: () => void
}

function Picker({ title, list, onPick, onClose }: PickerProps): JSX.Element {
  const typed = useSignal('')
  const field = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    if (grid.current) tidyRoving(grid.current, 'button')
  })
  const all = signGroups(list, language())
  const groups = typed.value.trim() === '' ? all : [{ id: '', signs: findSigns(all, typed.value) }]
  const first = groups[0]?.signs[0]
  return (
    <Dialog title={title} closeLabel={t('common.close')} class="signs" onClose={onClose}>
      <input
        ref={field}
        class="input"
        type="text"
        autocomplete="off"
        aria-label={w('signs.find')}
        placeholder={w('signs.find')}
        value={typed.value}
        onInput={(event) => (typed.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first && typed.value.trim() !== '') onPick(first.sign)
          else if (event.key === 'ArrowDown') grid.current?.querySelector('button')?.focus()
          else return
          event.preventDefault()
        }}
      />
      <div
        ref={grid}
        class="sign-groups"
        onKeyDown={(event) => grid.current && moveRoving(event, grid.current, 'button', 'row')}
      >
        {groups.map(({ id, signs }) => (
          <section key={id} aria-label={id === '' ? title : maybe(`signs.${id}`)}>
            {id !== '' && <h3>{maybe(`signs.${id}`)}</h3>}
            <div class="sign-grid">
              {signs.map(({ sign, name }) => (
                <button
                  key={sign}
                  type="button"
                  class="sign"
                  aria-label={name}
                  data-tip=""
                  data-sign={sign}
                  onClick={() => onPick(sign)}
                />
              ))}
            </div>
          </section>
        ))}
        <p class="nothing-found" role="status">
          {first ? '' : w('signs.none')}
        </p>
      </div>
    </Dialog>
  )
}
