/** The bar that finds and replaces, above the text at its end; on a phone under the header (SPEC-writing W3, W4). */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n.ts'
import { keyNames } from '../../pad/key-names.ts'
import type { Bench } from '../../pad/writing.ts'
import { announce } from '../../ui/announce.ts'
import { Button, ToolButton } from '../../ui/button.tsx'
import { mount } from '../mount.tsx'
import { w } from '../words.ts'
import { startFinder } from './finder.ts'
import type { Finder } from './finder.ts'
import { selectedWords } from './places.ts'
import type { Query } from './search.ts'
import { createSearcher } from './searcher.ts'

interface Open {
  finder: Finder
  /** Puts the focus into the field, with the words of the selection when there are any. */
  enter: (replacing: boolean) => void
}

let open: Open | undefined
/** What was looked for last, for the next time. */
let last = ''

/** Opens the bar, or goes into its field. */
export function openFind(bench: Bench): void {
  start(bench, false)
}

/** Opens the bar with its second field. */
export function openReplace(bench: Bench): void {
  start(bench, true)
}

/** Goes on from where one stands. */
export function findNext(bench: Bench): void {
  if (open) open.finder.go(1)
  else start(bench, false)
}

/** Goes back from where one stands. */
export function findPrevious(bench: Bench): void {
  if (open) open.finder.go(-1)
  else start(bench, false)
}

function start({ model }: Bench, replacing: boolean): void {
  const state = model.editorState.peek()
  const words = (state && selectedWords(state)) || ''
  if (open) {
    if (words !== '') open.finder.query.value = { ...open.finder.query.peek(), words }
    open.enter(replacing)
    return
  }
  const finder = startFinder(model, createSearcher(), words || last)
  const begun: Open = { finder, enter: () => undefined }
  open = begun
  mount((gone) => (
    <FindBar
      finder={finder}
      mayWrite={() => model.mayWrite.value}
      replacing={replacing}
      ready={(enter) => (begun.enter = enter)}
      onClose={() => {
        last = finder.query.peek().words
        open = undefined
        finder.leave()
        finder.stop()
        gone()
      }}
    />
  ))
}

interface FindBarProps {
  finder: Finder
  mayWrite: () => boolean
  replacing: boolean
  ready: (enter: Open['enter']) => void
  onClose: () => void
}

type Flag = Exclude<keyof Query, 'words'>
const FLAGS: readonly [Flag, 'find.exact' | 'find.whole' | 'find.pattern', string][] = [
  ['exact', 'find.exact', 'Aa'],
  ['whole', 'find.whole', 'ab|'],
  ['pattern', 'find.pattern', '.*'],
]

function FindBar({ finder, mayWrite, replacing, ready, onClose }: FindBarProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null)
  const second = useSignal(replacing)
  useLayoutEffect(() => {
    const enter = (both: boolean): void => {
      if (both) second.value = true
      field.current?.focus({ preventScroll: true })
      field.current?.select()
    }
    ready(enter)
    enter(replacing)
  }, [])
  const query = finder.query.value
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  const replaceAll = async (): Promise<void> => {
    const count = await finder.replaceAll()
    announce(w('find.replaced', { n: count }))
  }
  return (
    <div class="find-bar island" role="search" aria-label={t('write.find')} onKeyDown={onKeyDown}>
      <div class="find-row">
        <input
          ref={field}
          class="input"
          type="text"
          autocomplete="off"
          spellcheck={false}
          aria-label={t('write.find')}
          placeholder={t('write.find')}
          value={query.words}
          onInput={(event) => (finder.query.value = { ...query, words: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            finder.go(event.shiftKey ? -1 : 1)
          }}
        />
        <span class="find-count" role="status">
          {resultOf(finder)}
        </span>
        <ToolButton
          label={t('write.findPrevious')}
          icon="chevron-up"
          keys={keyNames('Mod-Shift-g')}
          onClick={() => finder.go(-1)}
        />
        <ToolButton
          label={t('write.findNext')}
          icon="chevron-down"
          keys={keyNames('Mod-g')}
          onClick={() => finder.go(1)}
        />
        <ToolButton label={t('common.close')} icon="close" onClick={onClose} />
      </div>
      <div class="find-row find-flags">
        {FLAGS.map(([flag, label, sign]) => (
          <button
            key={flag}
            type="button"
            class="tool find-flag"
            aria-label={w(label)}
            aria-pressed={query[flag]}
            data-tip=""
            data-sign={sign}
            onClick={() => (finder.query.value = { ...query, [flag]: !query[flag] })}
          />
        ))}
        {mayWrite() && !second.value && (
          <Button kind="quiet" size="small" onClick={() => (second.value = true)}>
            {t('write.replace')}
          </Button>
        )}
      </div>
      {mayWrite() && second.value && (
        <div class="find-row find-replace">
          <input
            class="input"
            type="text"
            autocomplete="off"
            aria-label={w('find.instead')}
            placeholder={w('find.instead')}
            value={finder.instead.value}
            onInput={(event) => (finder.instead.value = event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void finder.replace()
            }}
          />
          <Button size="small" disabled={finder.count.value === 0} onClick={() => void finder.replace()}>
            {w('find.replaceOne')}
          </Button>
          <Button size="small" disabled={finder.count.value === 0} onClick={() => void replaceAll()}>
            {w('find.replaceAll')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** What was found, in words. */
function resultOf(finder: Finder): string {
  const problem = finder.problem.value
  if (finder.query.value.words === '') return ''
  if (problem !== null) return w(problem === 'bad' ? 'find.bad' : 'find.slow')
  const count = finder.count.value
  if (count === 0) return w('find.none')
  const all = `${count}${finder.more.value ? '+' : ''}`
  const at = finder.at.value
  return at > 0 ? w('find.of', { at, all }) : w('find.all', { all })
}
