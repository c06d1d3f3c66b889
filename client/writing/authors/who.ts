/** Says who wrote the words at the cursor (SPEC-writing W11); a pointer over them shows it, too. */
import { textOffset } from '../../editor/binding/blocks.ts'
import { runsBetween } from '../../editor/binding/items.ts'
import { t } from '../../i18n.ts'
import type { PadModel } from '../../pad/model.ts'
import type { Bench } from '../../pad/writing.ts'
import { toast } from '../../ui/toasts.tsx'
import { w } from '../words.ts'

/** Says it. */
export function sayWho({ model }: Bench): void {
  const author = authorAtCursor(model)
  if (author === undefined) {
    toast(w('who.nobody'), 'info')
    return
  }
  if (author === model.me.peek().author) {
    toast(w('who.you'), 'edit')
    return
  }
  const person = model.others.peek().find((one) => one.author === author)
  toast(w(person?.here ? 'who.here' : 'who.away', { name: person?.name || t('common.nameless') }), 'edit')
}

/** Whose the character before the cursor is, or after it at the beginning of a line; undefined: nobody's, or unknown. */
function authorAtCursor({ editorState, session }: PadModel): string | undefined {
  const state = editorState.peek()
  if (!state) return undefined
  const { $head } = state.selection
  const before = $head.parentOffset > 0
  const marks = (before ? $head.nodeBefore : $head.nodeAfter)?.marks ?? []
  const written: unknown = marks.find(({ type }) => type.name === 'author')?.attrs['value']
  if (typeof written === 'string') return written === '' ? undefined : written
  const at = textOffset(state.doc, $head.pos) - (before ? 1 : 0)
  const [run] = runsBetween(session.doc.getText('text'), Math.max(0, at), Math.max(0, at) + 1)
  return run && session.authorOf(run.client)
}
