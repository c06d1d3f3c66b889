/** Counts at the foot of the text; pressed, it tells everything that is counted. */
import { computed, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { Counts } from './count.ts'
import { followCounts } from './follow.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Rows of the details, by keys of the translations. */
const ROWS = ['words', 'characters', 'withoutSpaces', 'paragraphs', 'lines'] as const

export function client(context: ClientContext<Fields>): Off {
  const { counted, stop } = followCounts(context.state)
  const open = signal(false)
  const number = computed(() => new Intl.NumberFormat(document.documentElement.lang || 'en'))

  /** `key` is for minutes, with `.hours` for an hour and more. */
  function readingTime(key: string, { words }: Counts): string {
    const all = words === 0 ? 0 : Math.max(1, Math.round(words / context.settings().wordsPerMinute))
    const [hours, minutes] = [Math.floor(all / 60), all % 60]
    return hours === 0
      ? context.t(key, { n: minutes })
      : context.t(`${key}.hours`, { hours: number.value.format(hours), n: minutes })
  }

  function sentence(): string[] {
    const { text, selected } = counted.value
    const counts = selected ?? text
    const { words, characters, lines, readingTime: time } = context.settings()
    const say = (key: string, n: number): string =>
      context.t(selected ? `selected.${key}` : key, { n, number: number.value.format(n) })
    const parts: string[] = []
    if (words) parts.push(say('words', counts.words))
    if (characters) parts.push(say('characters', counts.characters))
    if (lines) parts.push(say('lines', counts.lines))
    if (time && counts.words > 0) parts.push(readingTime('minutes', counts))
    return parts
  }

  function Foot(): JSX.Element | null {
    const button = useRef<HTMLButtonElement>(null)
    const parts = sentence()
    if (parts.length === 0) return null
    return (
      <>
        <button
          ref={button}
          type="button"
          class="countable"
          aria-haspopup="dialog"
          aria-expanded={open.value}
          title={context.t('details')}
          onClick={() => (open.value = !open.value)}
        >
          {parts.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </button>
        {open.value && <Details opener={() => button.current} />}
      </>
    )
  }

  function Details({ opener }: { opener: () => HTMLElement | null }): JSX.Element {
    const table = useRef<HTMLTableElement>(null)
    // So that screen readers read it, and Escape is meant for it.
    useEffect(() => table.current?.focus({ preventScroll: true }), [])
    const { Popover } = context.ui
    const { text, selected } = counted.value
    const columns = selected ? [selected, text] : [text]
    return (
      <Popover
        class="countable-details"
        role="dialog"
        label={context.t('details')}
        side="above"
        anchor={() => opener()?.getBoundingClientRect() ?? null}
        onClose={() => (open.value = false)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          open.value = false
          opener()?.focus({ preventScroll: true })
        }}
      >
        <table ref={table} tabIndex={-1}>
          {selected && (
            <thead>
              <tr>
                <td />
                <th scope="col">{context.t('ofSelection')}</th>
                <th scope="col">{context.t('ofText')}</th>
              </tr>
            </thead>
          )}
          <tbody>
            {ROWS.map((key) => (
              <tr key={key}>
                <th scope="row">{context.t(`row.${key}`)}</th>
                {columns.map((counts, at) => (
                  <td key={at}>{number.value.format(counts[key])}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{context.t('row.readingTime')}</th>
              {columns.map((counts, at) => (
                <td key={at}>{readingTime('row.minutes', counts)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </Popover>
    )
  }
  context.foot(() => <Foot />)
  return stop
}
