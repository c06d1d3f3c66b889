/** Pickers of emoji and of special characters (SPEC-writing W9). */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { language, t } from '../../i18n.ts'
import { storage } from '../../pad/page-plugins.ts'
import type { Bench } from '../../pad/writing.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { moveRoving, tidyRoving } from '../../ui/roving.ts'
import { toast } from '../../ui/toasts.tsx'
import { mount } from '../mount.tsx'
import { maybe, w } from '../words.ts'
import { CHARACTERS } from './characters.ts'
import { habitsIn, keepHabit } from './habits.ts'
import { findSigns, inTone, signGroups, signsOf, TONE_COUNT } from './signs.ts'
import type { Sign, SignGroup } from './signs.ts'

/** Group of those used last. */
const RECENT = 'recent'
/** Shows a colour of skin. */
const HAND = { sign: '✋', skin: true }

/** Offers emoji. */
export async function openEmoji(bench: Bench): Promise<void> {
  await offerEmoji(bench).catch(() => toast(t('write.unavailable'), 'warning'))
}

/** Their list is fetched with them. */
async function offerEmoji(bench: Bench): Promise<void> {
  const { groups } = (await import('./emoji.json', { with: { type: 'json' } })).default
  const all = groups.map(({ id, signs }) => ({ id, signs: signsOf(signs, language()) }))
  const known = new Map(all.flatMap(({ signs }) => signs).map((one) => [one.sign, one]))
  const recent = habitsIn(storage()).recent.flatMap((sign) => known.get(sign) ?? [])
  open(bench, w('signs.emoji'), recent.length > 0 ? [{ id: RECENT, signs: recent }, ...all] : all, true)
}

/** Offers what keyboards lack. */
export function openCharacters(bench: Bench): void {
  open(bench, w('signs.characters'), signGroups(CHARACTERS, language()), false)
}

function open({ model }: Bench, title: string, groups: readonly SignGroup[], emoji: boolean): void {
  mount((close) => (
    <Picker
      title={title}
      groups={groups}
      emoji={emoji}
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
  groups: readonly SignGroup[]
  /** They have colours of skin and are remembered. */
  emoji: boolean
  onPick: (sign: string) => void
  onClose: () => void
}

function Picker({ title, groups: all, emoji, onPick, onClose }: PickerProps): JSX.Element {
  const typed = useSignal('')
  const tone = useSignal(emoji ? habitsIn(storage()).tone : 0)
  const field = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    if (grid.current) tidyRoving(grid.current, 'button')
  })
  // Those used last are among the others, too.
  const whole = useMemo(() => all.filter(({ id }) => id !== RECENT), [all])
  const searching = typed.value.trim() !== ''
  const groups = searching ? [{ id: '', signs: findSigns(whole, typed.value) }] : all
  const first = groups[0]?.signs[0]
  const pick = (one: Sign): void => {
    if (emoji) keepHabit(storage(), one.sign, tone.value)
    onPick(inTone(one, tone.value))
  }
  return (
    <Dialog title={title} closeLabel={t('common.close')} class="signs" onClose={onClose}>
      <div class="sign-search">
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
            if (event.key === 'Enter' && first && searching) pick(first)
            else if (event.key === 'ArrowDown') grid.current?.querySelector('button')?.focus()
            else return
            event.preventDefault()
          }}
        />
        {emoji && (
          <select
            class="input sign-tone"
            aria-label={w('signs.tone')}
            value={tone.value}
            onChange={(event) => {
              tone.value = Number(event.currentTarget.value)
              keepHabit(storage(), null, tone.value)
            }}
          >
            {Array.from({ length: TONE_COUNT }, (_, at) => (
              <option key={at} value={at}>
                {inTone(HAND, at)}
              </option>
            ))}
          </select>
        )}
      </div>
      {emoji && !searching && <Jumps groups={all} grid={() => grid.current} />}
      <div
        ref={grid}
        class="sign-groups"
        onKeyDown={(event) => grid.current && moveRoving(event, grid.current, 'button', 'row')}
      >
        {groups.map((group) => (
          <Group key={group.id} group={group} title={title} tone={tone.value} onPick={pick} />
        ))}
        <p class="nothing-found" role="status">
          {first ? '' : w('signs.none')}
        </p>
      </div>
    </Dialog>
  )
}

interface GroupProps {
  group: SignGroup
  /** What it is called when it has no name. */
  title: string
  tone: number
  onPick: (sign: Sign) => void
}

function Group({ group: { id, signs }, title, tone, onPick }: GroupProps): JSX.Element {
  return (
    <section data-group={id} aria-label={id === '' ? title : maybe(`signs.${id}`)}>
      {id !== '' && <h3>{maybe(`signs.${id}`)}</h3>}
      <div class="sign-grid">
        {signs.map((one) => (
          <button
            key={one.sign}
            type="button"
            class="sign"
            aria-label={one.name}
            data-tip=""
            data-sign={inTone(one, tone)}
            onClick={() => onPick(one)}
          />
        ))}
      </div>
    </section>
  )
}

/** Buttons that lead to the groups. */
function Jumps({
  groups,
  grid,
}: {
  groups: readonly SignGroup[]
  grid: () => HTMLElement | null
}): JSX.Element {
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (row.current) tidyRoving(row.current, 'button')
  })
  return (
    <div
      ref={row}
      class="sign-jumps"
      role="toolbar"
      aria-label={w('signs.groups')}
      onKeyDown={(event) => row.current && moveRoving(event, row.current, 'button', 'row')}
    >
      {groups.map(({ id, signs }) => (
        <button
          key={id}
          type="button"
          class="sign"
          aria-label={maybe(`signs.${id}`)}
          data-sign={id === RECENT ? '🕘' : signs[0]?.sign}
          onClick={() => grid()?.querySelector(`[data-group="${id}"]`)?.scrollIntoView({ block: 'start' })}
        />
      ))}
    </div>
  )
}
