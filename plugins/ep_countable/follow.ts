/**
 * Keeps counts in step with a text without holding anything up: a moment after a change, when the page has nothing else
 * to do, and a few milliseconds at a time while there is much to count.
 */
import { effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { Counter, NOTHING } from './count.ts'
import type { Counts } from './count.ts'

export interface Counted {
  /** The whole text. */
  text: Counts
  /** What is selected of it; null while nothing is. */
  selected: Counts | null
}

/** Ms from a change until it is counted; changes in between are counted with it. */
const REST = 250
/** Ms of counting at a time. */
const SLICE = 6

/** Follows the editor; `stop` ends it. */
export function followCounts(state: ReadonlySignal<Pick<EditorState, 'doc' | 'selection'> | null>): {
  counted: ReadonlySignal<Counted>
  stop: () => void
} {
  const counted = signal<Counted>({ text: NOTHING, selected: null })
  let language = document.documentElement.lang
  let counter = new Counter(language || 'en')
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  let work: { doc: Node; steps: Generator<void, Counts> } | undefined
  let shown: Pick<EditorState, 'doc' | 'selection'> | undefined

  function isShown(): boolean {
    const now = state.peek()
    if (now === null || shown?.doc !== now.doc) return false
    return (shown.selection.empty && now.selection.empty) || shown.selection.eq(now.selection)
  }

  function count(): void {
    timer = undefined
    const now = state.peek()
    if (now === null || over) return
    if (document.documentElement.lang !== language) {
      language = document.documentElement.lang
      counter = new Counter(language || 'en')
      work = undefined
    }
    const { doc, selection } = now
    if (work?.doc !== doc) work = { doc, steps: counter.steps(doc) }
    const end = performance.now() + SLICE
    let step = work.steps.next()
    while (step.done !== true) {
      if (performance.now() >= end) {
        timer = setTimeout(count)
        return
      }
      step = work.steps.next()
    }
    work = undefined
    shown = { doc, selection }
    counted.value = {
      text: step.value,
      selected: selection.empty
        ? null
        : counter.selection(
            doc,
            selection.ranges.map(({ $from, $to }) => ({ from: $from.pos, to: $to.pos })),
          ),
    }
  }

  const stop = effect(() => {
    if (state.value === null || timer !== undefined || isShown()) return
    if (shown === undefined) count()
    else timer = setTimeout(() => whenIdle(count), REST)
  })
  return {
    counted,
    stop() {
      over = true
      stop()
      clearTimeout(timer)
    },
  }
}

/** Calls when the page is idle, within a second; at once in browsers that do not say. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 1000 })
  else work()
}
