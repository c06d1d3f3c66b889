/** What listens while somebody types; put into the editor when the cursor first stands in a text that may be changed. */
import type { Plugin } from 'prosemirror-state'
import type { Bench } from '../pad/writing.ts'
import { announce } from '../ui/announce.ts'
import { lastChangePlugin } from './authors/last-change.ts'
import { lineHandle } from './lines/handle.ts'
import { writtenBy } from './lines/written-by.ts'
import { markdownOffer } from './markdown/offer.ts'
import { SLASH, slashSource } from './slash.ts'
import { openAt, suggestPlugin } from './suggest.ts'
import { suggestList } from './suggest-list.tsx'
import { w } from './words.ts'

const running = new WeakMap<Bench['model'], () => void>()

/** Puts it in, once; the answer takes it out. */
export function watchTyping(bench: Bench): () => void {
  const { model } = bench
  const before = running.get(model)
  if (before) return before
  const slash = slashSource(bench)
  const plugins: Plugin[] = [
    suggestPlugin({
      sources: () => [slash, ...model.parts.suggestions.parts.value.map(({ value }) => value)],
      oneStep: (work) => (model.editor.peek() ? model.editor.peek()?.oneStep(work) : work()),
      show: suggestList(),
    }),
    markdownOffer(model),
    lastChangePlugin(),
    lineHandle({
      mayWrite: () => model.mayWrite.peek(),
      writtenBy: ({ doc }, from, to) => writtenBy(model, doc, from, to),
      moved: (n) => announce(w('lines.moved', { n })),
    }),
  ]
  const offs = plugins.map((plugin) => model.parts.prosemirror.add('writing', plugin))
  const off = (): void => {
    running.delete(model)
    for (const one of offs) one()
  }
  running.set(model, off)
  return off
}

/** Opens the menu of what can be put in, as typing its sign does. */
export function openSlash(bench: Bench): void {
  watchTyping(bench)
  const editor = bench.model.editor.peek()
  if (!editor || !bench.model.mayWrite.peek()) return
  const { view } = editor
  view.focus()
  const { from, to } = view.state.selection
  editor.oneStep(() =>
    view.dispatch(openAt(view.state.tr.insertText(SLASH, from, to), SLASH, from).scrollIntoView()),
  )
}
