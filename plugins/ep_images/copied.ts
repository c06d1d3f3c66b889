/** Pictures that go from pad to pad with copied words (SPEC-text I7). */
import type { EditorState } from 'prosemirror-state'
import type { ClientContext } from '../../shared/plugin.ts'
import { KIND, readPicture } from './value.ts'

/** Notes the pictures in a selection, for other pads. */
export function noteCopied(context: ClientContext, { doc, selection }: EditorState): void {
  const { from, to } = selection
  const keys = new Set<string>()
  doc.nodesBetween(from, to, (node) => {
    const picture = node.isLeaf ? readPicture(context.formats.embedOf(node)?.[KIND]) : null
    if (picture) keys.add(picture.key)
  })
  if (keys.size > 0)
    context.pictures().then(
      (pictures) => pictures.copied([...keys]),
      () => undefined,
    )
}

/** Pasted words of ours bring the pictures among them that another pad of this browser has. */
export function bringCopied(context: ClientContext, html: string): void {
  context.pictures().then(
    (pictures) => pictures.pasted(html),
    () => undefined,
  )
}
