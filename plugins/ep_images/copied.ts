/** Pictures that go from pad to pad with copied words (SPEC-text I7). */
import type { EditorView } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import { KIND, readPicture } from './value.ts'

/** Notes the selection's pictures, for other pads. */
export function noteCopied(context: ClientContext, view: EditorView): false {
  const { from, to } = view.state.selection
  const keys = new Set<string>()
  view.state.doc.nodesBetween(from, to, (node) => {
    const picture = node.isLeaf ? readPicture(context.formats.embedOf(node)?.[KIND]) : null
    if (picture) keys.add(picture.key)
  })
  if (keys.size > 0)
    context.pictures().then(
      (pictures) => pictures.copied([...keys]),
      () => undefined,
    )
  return false
}

/** Pasted words of ours bring the pictures among them that another pad of this browser has. */
export function bringCopied(context: ClientContext, html: string): void {
  if (!html.includes('data-inkpad=') || !html.includes(KIND)) return
  context.pictures().then(
    (pictures) => pictures.pasted(html),
    () => undefined,
  )
}
