/** The list of headings: live, with the one a person is at marked. */
import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Node } from 'prosemirror-model'
import type { ClientContext, Fields } from '../../shared/plugin.ts'
import { MOST_HEADINGS, headingOf, headingsOf, sameHeadings } from './outline.ts'
import type { Heading } from './outline.ts'
import { rowInSight } from './place.ts'

/** Ms after the last change until the list follows. */
const REST = 200
/** Ms it may lag behind a text in which somebody always types. */
const LAG = 1000

interface ContentsProps<F extends Fields> {
  context: ClientContext<F>
  onGo: (row: number) => void
}

/** Arrow keys lead from one heading to the next; Enter or a press goes there. */
export function Contents<F extends Fields>({ context, onGo }: ContentsProps<F>): JSX.Element {
  const headings = useSignal<readonly Heading[]>([])
  const current = useSignal(-1)
  const read = useRef<Node | null>(null)
  /** When the text went away from what the list says, as `performance.now()`. */
  const since = useRef<number | null>(null)
  const list = useRef<HTMLOListElement>(null)

  const find = (): void => {
    const view = context.view.peek()
    const row = view && rowInSight(view)
    if (row !== null) current.value = headingOf(headings.peek(), row)
  }
  const readText = (): void => {
    const doc = context.state.peek()?.doc
    since.current = null
    if (!doc || doc === read.current) return
    read.current = doc
    const now = headingsOf(doc)
    if (!sameHeadings(now, headings.peek())) headings.value = now
  }
  useSignalEffect(() => {
    const state = context.state.value
    if (read.current === null) readText()
    let rest = 0
    if (state?.doc !== read.current) {
      const now = performance.now()
      since.current ??= now
      rest = Math.max(0, Math.min(REST, since.current + LAG - now))
    }
    const timer = setTimeout(() => {
      readText()
      find()
    }, rest)
    return () => clearTimeout(timer)
  })
  useEffect(() => {
    let frame = 0
    const later = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        find()
      })
    }
    document.addEventListener('scroll', later, { capture: true, passive: true })
    later()
    return () => {
      document.removeEventListener('scroll', later, { capture: true })
      cancelAnimationFrame(frame)
    }
  }, [])
  // The marked one is kept in sight while the text scrolls.
  useSignalEffect(() => {
    const item = list.current?.children[current.value]
    item?.scrollIntoView({ block: 'nearest' })
  })

  if (headings.value.length === 0)
    return (
      <div class="contents-empty">
        <p>{context.t('empty')}</p>
        <p class="hint">{context.t('empty.hint')}</p>
      </div>
    )
  const first = Math.max(0, current.value)
  return (
    <nav class="contents" aria-label={context.t('title')}>
      <ol ref={list} onKeyDown={(event) => moveFocus(event, list.current)}>
        {headings.value.map(({ row, depth, text }, index) => (
          <li key={index} data-depth={depth}>
            <button
              type="button"
              data-first={index === first ? '' : undefined}
              tabIndex={index === first ? 0 : -1}
              aria-current={index === current.value ? 'location' : undefined}
              title={text}
              dir="auto"
              onClick={() => onGo(row)}
            >
              {text}
            </button>
          </li>
        ))}
      </ol>
      {headings.value.length === MOST_HEADINGS && (
        <p class="hint">{context.t('most', { n: MOST_HEADINGS })}</p>
      )}
    </nav>
  )
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const buttons = [...(list?.querySelectorAll('button') ?? [])]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  const next = to === undefined ? undefined : buttons[to]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}
