/** Where others changed the text last, since the cursor first stood in it (SPEC-writing W12). */
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { isFromText } from '../../editor/binding/binding.ts'
import type { Bench } from '../../pad/writing.ts'
import { toast } from '../../ui/toasts.tsx'
import { w } from '../words.ts'

const key = new PluginKey<number | null>('last-change')

/** Remembers the end of the last change that came from elsewhere. */
export function lastChangePlugin(): Plugin<number | null> {
  return new Plugin<number | null>({
    key,
    state: { init: () => null, apply: (tr, before) => next(tr, before) },
  })
}

function next(tr: Transaction, before: number | null): number | null {
  if (!tr.docChanged) return before
  if (!isFromText(tr)) return before === null ? null : tr.mapping.map(before)
  let end = before === null ? null : tr.mapping.map(before)
  for (const [index, map] of tr.mapping.maps.entries())
    map.forEach((_oldStart, _oldEnd, _newStart, newEnd) => (end = tr.mapping.slice(index + 1).map(newEnd)))
  return end
}

/** Puts the cursor there. */
export function jumpToLastChange({ model }: Bench): void {
  const view = model.editor.peek()?.view
  if (!view) return
  const place = key.getState(view.state) ?? null
  if (place === null) {
    toast(w('last.none'), 'info')
    return
  }
  const { doc, tr } = view.state
  view.focus()
  view.dispatch(
    tr.setSelection(TextSelection.near(doc.resolve(Math.min(place, doc.content.size)))).scrollIntoView(),
  )
}
