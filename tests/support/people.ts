/** A few Yjs clients that edit one pad and exchange updates, as fast-check draws it. */
import fc from 'fast-check'
import * as Y from 'yjs'

/** One thing somebody does; positions are fractions of the text's length. */
export type Act =
  | { do: 'type'; who: number; at: number; text: string }
  | { do: 'delete'; who: number; at: number; length: number }
  | { do: 'format'; who: number; at: number; length: number; key: string; value: unknown }
  | { do: 'embed'; who: number; at: number; value: object }
  | { do: 'table'; who: number; at: number }
  | { do: 'cell'; who: number; text: string }
  | { do: 'undo' | 'redo' | 'reopen' | 'meet'; who: number }

const who = fc.nat(2)
const at = fc.double({ min: 0, max: 1, noNaN: true })
const words = fc.constantFrom('a', 'Hello', ' world', '\n', '😀', 'é€', 'one\ntwo\n', 'x'.repeat(60))

export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('type' as const), who, at, text: words }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('delete' as const), who, at, length: fc.nat(9) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('format' as const),
      who,
      at,
      length: fc.nat(9),
      key: fc.constantFrom('bold', 'header', 'link', 'comment-1'),
      value: fc.constantFrom(true, null, 2, 'https://example.org/ü'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('embed' as const),
      who,
      at,
      value: fc.constantFrom({ divider: true }, { image: { src: 'a.png', alt: '"\\😀' } }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('table' as const), who, at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cell' as const), who, text: words }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('undo' as const, 'redo' as const, 'reopen' as const, 'meet' as const),
      who,
    }),
  },
)

export interface Person {
  author: string
  doc: Y.Doc
  undo: Y.UndoManager
}

export function personOf(author: string, state?: Uint8Array): Person {
  const doc = new Y.Doc()
  if (state) Y.applyUpdate(doc, state, 'load')
  return { author, doc, undo: new Y.UndoManager(doc.getText('text'), { captureTimeout: 0 }) }
}

/** Does one act in a person's document; `meet` and `reopen` are the caller's. */
export function perform(person: Person, step: Act): void {
  const { doc } = person
  const text = doc.getText('text')
  if (step.do === 'undo') person.undo.undo()
  if (step.do === 'redo') person.undo.redo()
  if (step.do === 'cell') doc.getText('cell/t1/r1/c1').insert(0, step.text)
  if (!('at' in step)) return
  const index = boundary(text, Math.floor(step.at * text.length))
  if (step.do === 'type') text.insert(index, step.text)
  if (step.do === 'embed') text.insertEmbed(index, step.value)
  if (step.do === 'table') text.insertEmbed(index, table())
  const length = 'length' in step ? boundary(text, Math.min(index + step.length, text.length)) - index : 0
  if (step.do === 'delete') text.delete(index, length)
  if (step.do === 'format' && length > 0) text.format(index, length, { [step.key]: step.value })
}

/** The same index, or the next when it would cut a character of two units in half, as no editor of ours does. */
function boundary(text: Y.Text, index: number): number {
  let at = 0
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    const part = typeof insert === 'string' ? insert : ' '
    if (index < at + part.length) {
      return (part.codePointAt(index - at - 1) ?? 0) > 0xffff ? index + 1 : index
    }
    at += part.length
  }
  return index
}

function table(): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  map.set('id', 't1')
  map.set('rows', Y.Array.from(['r1', 'r2']))
  map.set('cols', Y.Array.from(['c1']))
  map.set('widths', { c1: 120.5 })
  return map
}
