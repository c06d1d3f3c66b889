/** Finding and replacing in the text that is open, as signals for the bar (SPEC-writing W3, W4). */
import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { PadModel } from '../../pad/model.ts'
import { highlightPlugin, highlightsOf, show } from './highlights.ts'
import { linesOf, rangeAfter, rangeBefore, rangeOf, replaceRanges } from './places.ts'
import type { Query } from './search.ts'
import type { Searcher } from './searcher.ts'

/** Ms after a change of the text before it is searched again. */
const REST = 200

export interface Finder {
  readonly query: Signal<Query>
  readonly instead: Signal<string>
  /** How many there are, and which one it is, from 1; 0 for none. */
  readonly count: ReadonlySignal<number>
  readonly at: ReadonlySignal<number>
  /** There are more than are counted. */
  readonly more: ReadonlySignal<boolean>
  /** Why nothing is found. */
  readonly problem: ReadonlySignal<'bad' | 'slow' | null>
  /** Goes to the next one (1) or the one before (-1), round the ends. */
  go(way: 1 | -1): void
  /** Replaces the one somebody stands at, and goes to the next. */
  replace(): Promise<void>
  /** Replaces all at once; how many. */
  replaceAll(): Promise<number>
  /** Selects the one somebody stands at, and gives the text the focus. */
  leave(): void
  stop(): void
}

/** Starts finding. */
export function startFinder(model: PadModel, searcher: Searcher, words: string): Finder {
  const query = signal<Query>({ words, exact: false, whole: false, pattern: false })
  const instead = signal('')
  const more = signal(false)
  const problem = signal<'bad' | 'slow' | null>(null)
  const shown = computed(() => (model.editorState.value ? highlightsOf(model.editorState.value) : null))
  const view = (): EditorView | undefined => model.editor.peek()?.view
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  const off = model.parts.prosemirror.add(
    'writing',
    highlightPlugin(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void search(false), REST)
    }),
  )

  /** Searches the text; `moves`: the first one after the cursor comes into sight. */
  async function search(moves: boolean): Promise<void> {
    const editor = view()
    if (!editor || stopped) return
    const { doc } = editor.state
    const lines = linesOf(doc)
    const result = await searcher.search(lines.texts, query.peek())
    const now = view()
    if (result === null || !now || stopped) return
    // Somebody wrote meanwhile: what was found is of a text that is gone.
    if (now.state.doc !== doc) return search(moves)
    problem.value = typeof result === 'string' ? result : null
    more.value = typeof result !== 'string' && result.more
    const ranges = typeof result === 'string' ? [] : result.hits.map((hit) => rangeOf(lines, hit))
    const before = highlightsOf(now.state)
    const place = before.ranges[before.current]?.from ?? now.state.selection.from
    const current = moves ? rangeAfter(ranges, place) : ranges.findIndex(({ from }) => from === place)
    now.dispatch(show(now.state.tr, ranges, current))
    if (moves && current >= 0) bringIntoSight(now, ranges[current]?.from ?? 0)
  }

  const stopQuery = effect(() => {
    if (query.value && model.editor.value) void search(true)
  })

  function go(way: 1 | -1): void {
    const editor = view()
    if (!editor) return
    const { ranges, current } = highlightsOf(editor.state)
    if (ranges.length === 0) return
    const { from, to } = editor.state.selection
    const next =
      current >= 0
        ? (current + way + ranges.length) % ranges.length
        : way > 0
          ? rangeAfter(ranges, from)
          : rangeBefore(ranges, to)
    editor.dispatch(show(editor.state.tr, ranges, next))
    bringIntoSight(editor, ranges[next]?.from ?? 0)
  }

  /** Searches again with the words to put in, so that nothing is replaced that is not there any more. */
  async function change(all: boolean): Promise<number> {
    const editor = view()
    if (!editor || !model.mayWrite.peek()) return 0
    const { doc } = editor.state
    const lines = linesOf(doc)
    const result = await searcher.search(lines.texts, query.peek(), instead.peek())
    const now = view()
    if (result === null || typeof result === 'string' || !now || now.state.doc !== doc) return 0
    const { ranges, current } = highlightsOf(now.state)
    const changes = result.hits.map((hit) => ({ ...rangeOf(lines, hit), with: hit.with ?? '' }))
    const chosen = all ? changes : changes.filter(({ from }) => from === ranges[current]?.from)
    const tr = replaceRanges(now.state, chosen)
    if (!tr) {
      if (!all) go(1)
      return 0
    }
    const end = tr.mapping.map(chosen.at(-1)?.to ?? 0)
    model.editor.peek()?.oneStep(() => now.dispatch(all ? tr : atPlace(tr, end)))
    clearTimeout(timer)
    await search(!all)
    return chosen.length
  }

  return {
    query,
    instead,
    count: computed(() => shown.value?.ranges.length ?? 0),
    at: computed(() => (shown.value?.current ?? -1) + 1),
    more,
    problem,
    go,
    async replace() {
      const editor = view()
      if (editor && highlightsOf(editor.state).current < 0) go(1)
      else await change(false)
    },
    replaceAll: () => change(true),
    leave() {
      const editor = view()
      if (!editor) return
      const { ranges, current } = highlightsOf(editor.state)
      const range = ranges[current]
      if (range)
        editor.dispatch(
          editor.state.tr.setSelection(TextSelection.create(editor.state.doc, range.from, range.to)),
        )
      editor.focus()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      stopQuery()
      searcher.stop()
      off()
    },
  }
}

/** The cursor behind what was replaced, so that the next one is found from there. */
function atPlace(tr: ReturnType<typeof show>, pos: number): ReturnType<typeof show> {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(pos)))
}

/** ProseMirror itself scrolls only while the text has the focus. */
function bringIntoSight(view: EditorView, pos: number): void {
  const { node } = view.domAtPos(pos, 1)
  const element = node instanceof Element ? node : node.parentElement
  element?.scrollIntoView({ block: 'center', inline: 'nearest' })
}
