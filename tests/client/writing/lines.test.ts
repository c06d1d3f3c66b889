import { expect, test } from '@jest/globals'
import { EditorState, TextSelection } from 'prosemirror-state'
import { moveRows } from '../../../client/editor/commands/move-rows.ts'
import { contentOfDoc, docOf } from '../../../client/editor/content.ts'
import { schema } from '../../../client/editor/schema.ts'
import { anchorOf, rowOfAnchor } from '../../../client/pad/anchors.ts'
import { rowsWith } from '../../../client/writing/lines/handle.ts'
import type { Content } from '../../../shared/text/delta.ts'

const open = (...content: Content) => EditorState.create({ doc: docOf(schema, content) })
const words = (state: EditorState) =>
  contentOfDoc(state.doc)
    .map(({ insert }) => (typeof insert === 'string' ? insert : '@'))
    .join('')
function moved(state: EditorState, rows: [number, number], to: number) {
  const tr = moveRows(state, rows, to)
  return tr && state.apply(tr)
}

test('W6: rows go up and down, several at once, with their formats; where they are they stay', () => {
  const state = open(
    { insert: 'a\nb' },
    { insert: '\n', attributes: { list: 'bullet' } },
    { insert: { divider: true } },
    { insert: '\nc\n' },
  )
  const at = (rows: [number, number], to: number) => {
    const after = moved(state, rows, to)
    return after && words(after)
  }
  expect([at([0, 1], 2), at([3, 4], 0), at([1, 3], 0), at([0, 2], 4), at([2, 3], 4)]).toEqual([
    'b\na\n@\nc\n',
    'c\na\nb\n@\n',
    'b\n@\na\nc\n',
    '@\nc\na\nb\n',
    'a\nb\nc\n@\n',
  ])
  const after = moved(state, [1, 2], 0)
  expect(after && contentOfDoc(after.doc).slice(0, 2)).toEqual([
    { insert: 'b' },
    { insert: '\n', attributes: { list: 'bullet' } },
  ])
  for (const [rows, to] of [
    [[1, 2], 1],
    [[1, 2], 2],
    [[0, 5], 0],
    [[0, 1], 9],
    [[-1, 0], 3],
  ] as const)
    expect(moveRows(state, rows, to)).toBeNull()
})

test('W6: the last line without its newline gets one when something goes below it, or it goes elsewhere', () => {
  const state = open({ insert: 'a\nb' })
  const down = moved(state, [0, 1], 2)
  const up = moved(state, [1, 2], 0)
  expect([down && words(down), up && words(up)]).toEqual(['b\na\n', 'b\na\n'])
})

test('W6: what others wrote is put down as theirs, what is marked stays so; the selection goes along', () => {
  const state = open(
    { insert: 'top\nmine' },
    { insert: 'theirs', attributes: { bold: true } },
    { insert: 'x', attributes: { author: 'a.old' } },
    { insert: '\n' },
  )
  const selected = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 7, 9)))
  const tr = moveRows(selected, [1, 2], 0, (_row, offset) =>
    offset < 4 ? { author: undefined, length: 4 - offset } : { author: 'a.bo', length: 99 },
  )
  const after = tr && selected.apply(tr)
  expect(after && contentOfDoc(after.doc)).toEqual([
    { insert: 'mine' },
    { insert: 'theirs', attributes: { author: 'a.bo', bold: true } },
    { insert: 'x', attributes: { author: 'a.old' } },
    { insert: '\ntop\n' },
  ])
  expect(after && [after.selection.from, after.selection.to]).toEqual([2, 4])
})

test('W6: a row that is selected takes the others that are selected along', () => {
  const state = open({ insert: 'a\nb\nc\nd\n' })
  const select = (from: number, to: number) =>
    state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
  expect(rowsWith(select(4, 8), 1)).toEqual([1, 3])
  expect(rowsWith(select(4, 7), 1)).toEqual([1, 2])
  expect(rowsWith(select(4, 8), 3)).toEqual([3, 4])
  expect(rowsWith(select(4, 4), 0)).toEqual([0, 1])
})

test('W7: a heading is named by its words, equal ones by a number too, other lines by theirs', () => {
  const heading = (text: string): Content => [{ insert: text }, { insert: '\n', attributes: { header: 1 } }]
  const { doc } = open(
    ...heading('Über uns: 2 Pläne!'),
    { insert: 'text\n' },
    ...heading('Über uns 2 Pläne'),
    ...heading('…'),
  )
  const parts = [0, 1, 2, 3].map((row) => anchorOf(doc, row))
  expect(parts).toEqual(['h-über-uns-2-pläne', 'L2', 'h-über-uns-2-pläne--2', 'L4'])
  for (const [row, part] of parts.entries()) {
    expect(rowOfAnchor(doc, `#${part}`)).toBe(row)
    expect(rowOfAnchor(doc, `#${encodeURIComponent(part)}`)).toBe(row)
  }
  expect(
    ['#h-none', '#h-über-uns-2-pläne--3', '', '#L0', '#%zz'].map((hash) => rowOfAnchor(doc, hash)),
  ).toEqual([null, null, null, null, null])
  expect(rowOfAnchor(doc, '#L99')).toBe(3)
})
