/** Who wrote the rows of a text that is open, from its Yjs items (SPEC-text T12). */
import type { Node } from 'prosemirror-model'
import { textSizeAt } from '../../editor/binding/blocks.ts'
import { runsBetween } from '../../editor/binding/items.ts'
import type { WrittenBy } from '../../editor/commands/move-rows.ts'
import type { PadModel } from '../../pad/model.ts'

/** Who wrote what of rows `from` to before `to`; one's own text is nobody's in particular. */
export function writtenBy({ session }: PadModel, doc: Node, from: number, to: number): WrittenBy {
  const text = session.doc.getText('text')
  let start = 0
  for (let index = 0; index < from; index += 1) start += textSizeAt(doc.children, index)
  const rows: { author: string | undefined; from: number; to: number }[][] = []
  for (let index = from; index < to; index += 1) {
    const size = textSizeAt(doc.children, index)
    let at = 0
    rows.push(
      runsBetween(text, start, start + size).map(({ length, client }) => {
        const author = session.authorOf(client)
        const run = { author: author === session.me.author ? undefined : author, from: at, to: at + length }
        at += length
        return run
      }),
    )
    start += size
  }
  return (row, offset) => {
    const run = rows[row - from]?.find((one) => offset >= one.from && offset < one.to)
    return run ? { author: run.author, length: run.to - offset } : { author: undefined, length: 1 }
  }
}
