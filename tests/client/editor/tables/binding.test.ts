import { afterEach, describe, expect, test } from '@jest/globals'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import { cursorOf } from '../../../../client/editor/cursors.ts'
import { containerOf } from '../../../../client/editor/binding/places.ts'
import type { Insert } from '../../../../shared/text/delta.ts'
import { insertLines, moveLines, removeLines, setHeader } from '../../../../shared/text/table/edit.ts'
import { cellName, readTable, tablesIn } from '../../../../shared/text/table/model.ts'
import type { TableShape } from '../../../../shared/text/table/model.ts'
import { readContent, writeContent } from '../../../../shared/text/table/value.ts'
import { TestEditor, exchange } from '../../../support/editors.ts'

const editors: TestEditor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

const cells = (...words: string[]) => ({
  cells: words.map((insert) => ({ content: insert === '' ? [] : [{ insert }] })),
})
const CONTENT: Insert[] = [
  { insert: 'before\n' },
  { insert: { table: { rows: [cells('a', 'b'), cells('c', '')] } } },
  { insert: '\nafter\n' },
]

function people(count = 2, tables = true): TestEditor[] {
  const seed = new Y.Doc()
  seed.clientID = 1
  seed.transact(() => writeContent(seed.getText('text'), 0, CONTENT))
  return Array.from({ length: count }, (_none, at) => {
    const doc = new Y.Doc()
    doc.clientID = at + 2
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed), 'network')
    const editor = new TestEditor(doc, { tables })
    editors.push(editor)
    return editor
  })
}

function mapOf(editor: TestEditor): Y.Map<unknown> {
  const map = tablesIn(editor.text)[0]
  if (!map) throw new Error('no table')
  return map
}
function shapeOf(editor: TestEditor): TableShape {
  const shape = readTable(mapOf(editor))
  if (!shape) throw new Error('no cells')
  return shape
}
/** Where a cell's first line has its words. */
function inCell(editor: TestEditor, row: number, column: number): { pos: number; node: Node } {
  const { id, rows, columns } = shapeOf(editor)
  const found = containerOf(editor.state.doc, cellName(id, rows[row] ?? '', columns[column] ?? ''))
  if (!found) throw new Error('the cell is not shown')
  return { pos: found.start + 1, node: found.node }
}
function type(editor: TestEditor, row: number, column: number, words: string): void {
  const { pos, node } = inCell(editor, row, column)
  editor.dispatch(editor.state.tr.insertText(words, pos + (node.firstChild?.content.size ?? 0)))
}
/** The words of what is shown: lines by `|`, rows by `/`, cells by `,`. */
function shown({ state }: TestEditor): string {
  return state.doc.children
    .map((block) =>
      block.type.name === 'table'
        ? `[${block.children.map((row) => row.children.map((cell) => cell.textContent).join(',')).join('/')}]`
        : block.isTextblock
          ? block.textContent
          : '[?]',
    )
    .join('|')
}
/** Everybody has everything, sees the same, and sees what is there. */
function agreed(...all: TestEditor[]): string {
  exchange(all)
  for (const editor of all) {
    expect(editor.errors).toEqual([])
    editor.state.doc.check()
    expect(editor.state.doc.eq(editor.wanted())).toBe(true)
  }
  expect(new Set(all.map(shown)).size).toBe(1)
  return shown(all[0] as TestEditor)
}

describe('TV1: a table in the one document', () => {
  test('rows, cells and lines are shown; without the code for tables, a block that loses nothing', () => {
    const [a] = people()
    expect(shown(a as TestEditor)).toBe('before|[a,b/c,]|after')
    const [plain] = people(1, false) as [TestEditor]
    expect(shown(plain)).toBe('before|[?]|after')
    plain.type(0, 'x')
    plain.type(plain.text.length - 1, 'y')
    expect(readContent(plain.text)[1]).toEqual(readContent((a as TestEditor).text)[1])
    expect(plain.errors).toEqual([])
  })

  test('TB6: of two tables with one id the first is shown, the other when that one goes', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const undo = [a, b].map(({ doc, text }) => new Y.UndoManager(text, { trackedOrigins: new Set([doc]) }))
    for (const { doc, text } of [a, b]) doc.transact(() => text.delete(7, 2), doc)
    for (const one of undo) one.undo()
    expect(agreed(a, b)).toBe('before|[a,b/c,]|[?]||after')
    a.dispatch(a.state.tr.delete(8, 8 + a.state.doc.child(1).nodeSize))
    expect(agreed(a, b)).toBe('before|[a,b/c,]||after')
  })
})

describe('TV3: what a person does in a cell', () => {
  test('a key is one character in that cell and nothing else', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    a.outbox = []
    type(a, 1, 1, 'x')
    expect(a.outbox).toHaveLength(1)
    expect(a.outbox[0]?.length).toBeLessThan(70)
    type(a, 1, 1, 'y')
    expect(a.outbox[1]?.length).toBeLessThan(26)
    expect(agreed(a, b)).toBe('before|[a,b/c,xy]|after')
  })

  test('lines and formats in cells, at once with the text around the table', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const { pos } = inCell(a, 0, 0)
    const { tr, schema } = a.state
    tr.split(pos + 1)
    tr.insertText('2', pos + 3)
    const bold = schema.marks['bold']?.create()
    if (bold) tr.addMark(pos, pos + 1, bold)
    tr.insertText('!', 1)
    a.dispatch(tr)
    type(b, 0, 0, 'Z')
    expect(agreed(a, b)).toBe('!before|[a2Z,b/c,]|after')
    const { id, rows, columns } = shapeOf(b)
    expect(b.doc.getText(cellName(id, rows[0] ?? '', columns[0] ?? '')).toDelta()).toEqual([
      { insert: 'a', attributes: { bold: true } },
      { insert: '\n2Z' },
    ])
  })

  test('steps that take rows or cells away are taken back, and nothing of the cells is lost', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const first = inCell(a, 0, 1).pos
    const second = inCell(a, 1, 0).pos
    a.dispatch(a.state.tr.delete(first, second + 1))
    agreed(a, b)
    const table = a.state.doc.child(1)
    expect([table.childCount, ...table.children.map((row) => row.childCount)]).toEqual([2, 2, 2])
    const row = table.child(0)
    a.dispatch(a.state.tr.delete(9, 9 + row.nodeSize))
    expect(agreed(a, b)).toContain('[a,')
  })

  test('a copied table is a table of its own with the same words', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    a.dispatch(a.state.tr.insert(a.state.doc.content.size, a.state.doc.child(1)))
    type(a, 0, 0, '!')
    expect(agreed(a, b)).toBe('before|[a!,b/c,]|after|[a,b/c,]')
    expect(new Set(tablesIn(a.text).map((map) => map.get('id'))).size).toBe(2)
  })
})

describe('TV2: what others do to a table', () => {
  test('TB5: every row of the table of merges, seen in the editor', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    a.binding.edit(() => insertLines(mapOf(a), 'rows', 1, 1))
    b.binding.edit(() => insertLines(mapOf(b), 'cols', 1, 1))
    type(a, 1, 0, 'R')
    type(b, 0, 1, 'C')
    type(b, 1, 0, '!')
    expect(agreed(a, b)).toBe('before|[a,C,b/R,,/c!,,]|after')
    type(a, 1, 1, 'AA')
    type(b, 1, 1, 'BB')
    expect(agreed(a, b)).toBe('before|[a,C,b/R,AABB,/c!,,]|after')
    a.binding.edit(() => removeLines(mapOf(a), 'rows', [shapeOf(a).rows[1] ?? '']))
    type(b, 1, 0, 'late')
    expect(agreed(a, b)).toBe('before|[a,C,b/c!,,]|after')
    a.history.undo()
    expect(agreed(a, b)).toBe('before|[a,C,b/Rlate,AABB,/c!,,]|after')
  })

  test('rows and cells that stay are the same nodes, and the cursor stays in its cell when the row moves', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const { pos } = inCell(b, 0, 1)
    b.dispatch(b.state.tr.setSelection(TextSelection.create(b.state.doc, pos + 1)))
    const kept = b.state.doc.child(1).child(1)
    a.binding.edit(() => insertLines(mapOf(a), 'rows', 0, 1))
    agreed(a, b)
    expect(b.state.doc.child(1).child(2)).toBe(kept)
    expect(b.state.selection.$head.parent.textContent).toBe('b')
    a.binding.edit(() => moveLines(mapOf(a), 'rows', 2, 2, -1))
    expect(agreed(a, b)).toBe('before|[,/c,/a,b]|after')
    expect(b.state.selection.$head.parent.textContent).toBe('b')
    expect(b.state.selection.$head.parentOffset).toBe(1)
  })

  test('TV5: a caret in a cell is told as a place of the cell, and what is composed in one waits for nobody else', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const { pos } = inCell(a, 1, 0)
    a.dispatch(a.state.tr.setSelection(TextSelection.create(a.state.doc, pos + 1)))
    const place = cursorOf(a.state, { text: a.text, held: (text) => a.binding.heldOf(text) })
    const relative = Y.createRelativePositionFromJSON(place.head)
    const found = Y.createAbsolutePositionFromRelativePosition(relative, b.doc)
    expect([found?.type.toJSON(), found?.index]).toEqual(['c', 1])
    a.composing = true
    type(b, 0, 0, '1')
    type(b, 1, 0, '2')
    b.type(0, '3')
    exchange([a, b])
    expect(shown(a)).toBe('3before|[a1,b/c,]|after')
    a.composing = false
    a.binding.release()
    expect(agreed(a, b)).toBe('3before|[a1,b/c2,]|after')
  })
})

describe('TV4: undo', () => {
  test('one step an action: cells, order, headers, the table itself; never what others did', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    type(a, 0, 0, 'A')
    a.binding.edit(() => {
      insertLines(mapOf(a), 'rows', 2, 2)
      setHeader(mapOf(a), 'rows', true)
    })
    a.dispatch(a.state.tr.delete(8, 8 + a.state.doc.child(1).nodeSize))
    expect(agreed(a, b)).toBe('before|after')
    a.history.undo()
    expect(agreed(a, b)).toBe('before|[aA,b/c,/,/,]|after')
    type(b, 0, 0, 'B')
    exchange([a, b])
    a.history.undo()
    expect(agreed(a, b)).toBe('before|[aAB,b/c,]|after')
    expect(shapeOf(a).headerRow).toBe(false)
    a.history.undo()
    expect(agreed(a, b)).toBe('before|[aB,b/c,]|after')
    a.history.redo()
    a.history.redo()
    a.history.redo()
    expect(agreed(a, b)).toBe('before|after')
  })

  test('formats outside of what was undone stay in cells too', () => {
    const [a, b] = people() as [TestEditor, TestEditor]
    const mark = (editor: TestEditor, from: number, to: number, on: boolean): void => {
      const { pos } = inCell(editor, 0, 0)
      const bold = editor.state.schema.marks['bold']
      if (!bold) throw new Error('no bold')
      const { tr } = editor.state
      editor.dispatch(
        on ? tr.addMark(pos + from, pos + to, bold.create()) : tr.removeMark(pos + from, pos + to, bold),
      )
    }
    type(a, 0, 0, 'bcdef')
    exchange([a, b])
    mark(a, 0, 3, true)
    exchange([a, b])
    mark(b, 1, 2, false)
    exchange([a, b])
    a.history.undo()
    agreed(a, b)
    const line = a.state.doc.child(1).child(0).child(0).child(0)
    expect(line.textContent).toBe('abcdef')
    expect(line.lastChild?.text).toMatch(/def$/)
    expect(line.lastChild?.marks).toEqual([])
  })
})
