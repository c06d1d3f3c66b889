/** Counts at the foot of the text. They follow a moment after the last key, when the page has nothing else to do. */
import { computed, effect, signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { EditorState } from 'prosemirror-state'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import { Counter, NOTHING } from './count.ts'
import type { Counts } from './count.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Ms after the last change until it is counted. */
const REST = 250

export function client(context: ClientContext<Fields>): Off {
  const counted = signal<{ counts: Counts; selected: boolean }>({ counts: NOTHING, selected: false })
  let counter = new Counter(document.documentElement.lang || 'en')
  let language = document.documentElement.lang
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown: Pick<EditorState, 'doc' | 'selection'> | undefined

  function count(): void {
    timer = undefined
    const state = context.state.peek()
    if (!state) return
    if (document.documentElement.lang !== language) {
      language = document.documentElement.lang
      counter = new Counter(language || 'en')
    }
    const { doc, selection } = state
    const selected = !selection.empty
    shown = { doc, selection }
    counted.value = {
      selected,
      counts: selected ? counter.document(doc, selection.from, selection.to) : counter.document(doc),
    }
  }
  const stop = effect(() => {
    const state = context.state.value
    if (!state) return
    const same = shown?.doc === state.doc && shown.selection.eq(state.selection)
    if (same || (shown?.doc === state.doc && shown.selection.empty && state.selection.empty)) return
    if (shown === undefined) {
      count()
      return
    }
    clearTimeout(timer)
    timer = setTimeout(count, REST)
  })

  const number = computed(() => new Intl.NumberFormat(document.documentElement.lang || 'en'))
  function sentence(): string[] {
    const { counts, selected } = counted.value
    const { words, characters, lines, readingTime, wordsPerMinute } = context.settings()
    const say = (key: string, n: number): string =>
      context.t(selected ? `selected.${key}` : key, { n, number: number.value.format(n) })
    const parts: string[] = []
    if (words) parts.push(say('words', counts.words))
    if (characters) parts.push(say('characters', counts.characters))
    if (lines) parts.push(say('lines', counts.lines))
    if (readingTime && counts.words > 0)
      parts.push(context.t('minutes', { n: Math.max(1, Math.round(counts.words / wordsPerMinute)) }))
    return parts
  }

  function Foot(): JSX.Element | null {
    const parts = sentence()
    if (parts.length === 0) return null
    const { counts } = counted.value
    return (
      <p
        class="countable"
        title={context.t('withoutSpaces', {
          n: counts.withoutSpaces,
          number: number.value.format(counts.withoutSpaces),
        })}
      >
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </p>
    )
  }
  context.foot(() => <Foot />)
  return () => {
    stop()
    clearTimeout(timer)
  }
}
