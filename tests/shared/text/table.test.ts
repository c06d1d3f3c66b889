import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import type { Insert } from '../../../shared/text/delta.ts'
import { bareText } from '../../../shared/text/plain.ts'
import {
  insertLines,
  moveLines,
  removeLines,
  roomFor,
  setBackground,
  setHeader,
  setWidth,
} from '../../../shared/text/table/edit.ts'
import { MAX_COLUMNS, MAX_ROWS, cellText, readTable, tablesIn } from '../../../shared/text/table/model.ts'
import type { TableShape } from '../../../shared/text/table/model.ts'
import { readContent, readTableValue, writeContent } from '../../../shared/text/table/value.ts'

const ROWS = [
  { cells: [{ content: [{ insert: 'a' }] }, { content: [{ insert: 'b' }] }] },
  { cells: [{ content: [{ insert: 'c' }] }, { content: [{ insert: 'd' }] }] },
]
const CONTENT: Insert[] = [
  { insert: 'before\n' },
  { insert: { table: { columns: [{}, {}], rows: ROWS } } },
  { insert: '\nafter\n' },
]

/** One person's document. */
interface Person {
  doc: Y.Doc
  map: () => Y.Map<unknown>
  shape: () => TableShape
  /** Writes at the end of a cell. */
  type: (row: number, column: number, text: string) => void
  /** The words of the cells. */
  grid: () => string
}

function person(client: number, from?: Y.Doc): Person {
  const doc = new Y.Doc()
  doc.clientID = client
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const text = doc.getText('text')
  const map = (): Y.Map<unknown> => {
    const found = tablesIn(text)[0]
    if (!found) throw new Error('no table')
    return found
  }
  const shape = (): TableShape => {
    const found = readTable(map())
    if (!found) throw new Error('no cells')
    return found
  }
  const cell = (row: number, column: number): Y.Text => {
    const { id, rows, columns } = shape()
    return cellText(doc, id, rows[row] ?? '', columns[column] ?? '')
  }
  return {
    doc,
    map,
    shape,
    type: (row, column, words) => {
      const text = cell(row, column)
      text.insert(text.length, words)
    },
    grid: () =>
      shape()
        .rows.map((_row, row) =>
          shape()
            .columns.map((_column, column) => cell(row, column).toJSON())
            .join(','),
        )
        .join('|'),
  }
}

function pair(): { a: Person; b: Person; merged: () => string } {
  const seed = new Y.Doc()
  seed.clientID = 1
  seed.transact(() => writeContent(seed.getText('text'), 0, CONTENT))
  const a = person(2, seed)
  const b = person(3, seed)
  return {
    a,
    b,
    merged: () => {
      const [one, two] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)]
      Y.applyUpdate(a.doc, two)
      Y.applyUpdate(b.doc, one)
      expect(a.grid()).toBe(b.grid())
      return a.grid()
    },
  }
}

describe('TB5: what two people do to one table at once', () => {
  test('j1: a row here, a column there: they cross in a cell of their own', () => {
    const { a, b, merged } = pair()
    insertLines(a.map(), 'rows', 1, 1)
    insertLines(b.map(), 'cols', 1, 1)
    expect(merged()).toBe('a,,b|,,|c,,d')
  })

  test('j2: both insert a column at the same place: both, whole', () => {
    const { a, b, merged } = pair()
    insertLines(a.map(), 'cols', 1, 1)
    a.type(0, 1, 'A')
    a.type(1, 1, 'A')
    insertLines(b.map(), 'cols', 1, 1)
    b.type(0, 1, 'B')
    b.type(1, 1, 'B')
    expect(merged()).toBe('a,A,B,b|c,A,B,d')
  })

  test('j3: what is typed in a cell stays while rows and columns are put in', () => {
    const { a, b, merged } = pair()
    insertLines(a.map(), 'rows', 0, 1)
    insertLines(a.map(), 'cols', 0, 1)
    b.type(1, 1, '!')
    expect(merged()).toBe(',,|,a,b|,c,d!')
  })

  test('j4: a row goes while somebody types in it: the row goes, undo has the words', () => {
    const { a, b, merged } = pair()
    const undo = new Y.UndoManager(a.doc, { trackedOrigins: new Set(['a']) })
    a.doc.transact(() => removeLines(a.map(), 'rows', [a.shape().rows[1] ?? '']), 'a')
    b.type(1, 0, '!')
    expect(merged()).toBe('a,b')
    undo.undo()
    expect(merged()).toBe('a,b|c!,d')
  })

  test('j5: both write first in the same cell, which nobody made: both are there', () => {
    const { a, b, merged } = pair()
    insertLines(a.map(), 'rows', 2, 1)
    merged()
    a.type(2, 0, 'AAA')
    b.type(2, 0, 'BBB')
    expect(merged()).toBe('a,b|c,d|AAABBB,')
  })

  test('a deleted table comes back whole by a late undo, into a document that was stored and loaded since', () => {
    const { a, b, merged } = pair()
    const undo = new Y.UndoManager(a.doc, { trackedOrigins: new Set(['a']) })
    a.doc.transact(() => a.doc.getText('text').delete(0, a.doc.getText('text').length), 'a')
    b.type(1, 0, '!')
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc))
    const stored = new Y.Doc()
    Y.applyUpdate(stored, Y.encodeStateAsUpdate(a.doc))
    const loaded = new Y.Doc()
    Y.applyUpdate(loaded, Y.encodeStateAsUpdate(stored))
    expect(tablesIn(loaded.getText('text'))).toEqual([])
    undo.undo()
    Y.applyUpdate(loaded, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(loaded)))
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(loaded))
    expect(merged()).toBe('a,b|c!,d')
    expect(readContent(loaded.getText('text'))).toEqual(readContent(a.doc.getText('text')))
  })

  test('TB3: both move the same row: it is there once', () => {
    const { a, b, merged } = pair()
    moveLines(a.map(), 'rows', 1, 1, -1)
    moveLines(b.map(), 'rows', 1, 1, -1)
    expect(merged()).toBe('c,d|a,b')
    expect(a.shape().rows).toHaveLength(2)
  })

  test('one moves a row, one takes it away and one looks after widths: nothing is damaged', () => {
    const { a, b, merged } = pair()
    moveLines(a.map(), 'rows', 0, 0, 1)
    const column = b.shape().columns[0] ?? ''
    setWidth(b.map(), column, 120)
    setHeader(b.map(), 'rows', true)
    setBackground(b.map(), b.shape().rows[0] ?? '', column, 'blue')
    expect(merged()).toBe('c,d|a,b')
    expect(a.shape()).toMatchObject({ headerRow: true })
    expect(a.shape().widths.get(column)).toBe(120)
    expect([...a.shape().looks.values()]).toEqual([{ background: 'blue' }])
  })
})

describe('TB4: limits', () => {
  test('a table grows to its limits and no further, and never loses its last row', () => {
    const { a } = pair()
    insertLines(a.map(), 'rows', 2, 5000)
    expect(a.shape().rows).toHaveLength(MAX_ROWS)
    insertLines(a.map(), 'cols', 0, 5000)
    expect(a.shape().columns).toHaveLength(20)
    expect([roomFor(a.map(), 'rows'), roomFor(a.map(), 'cols')]).toEqual([0, 0])
    expect(removeLines(a.map(), 'rows', a.shape().rows)).toBe(false)
  })
})

describe('TB7: a table as a value', () => {
  test('what was written is read again, formats and looks included', () => {
    const doc = new Y.Doc()
    const value = {
      columns: [{ width: 90 }, {}],
      rows: [
        {
          cells: [
            {
              content: [{ insert: 'Head', attributes: { bold: true } }],
              background: 'grey',
              align: 'center',
            },
            { content: [{ insert: 'one\ntwo' }, { insert: '\n', attributes: { list: 'bullet' } }] },
          ],
        },
        { cells: [{ content: [] }, { content: [{ insert: { image: 'x' } }] }] },
      ],
      headerRow: true,
    }
    doc.transact(() => writeContent(doc.getText('text'), 0, [{ insert: { table: value } }, { insert: '\n' }]))
    expect(readContent(doc.getText('text'))).toEqual([{ insert: { table: value } }, { insert: '\n' }])
  })

  test('from anywhere: rows are filled up, what is wrong is left out, limits hold', () => {
    expect(readTableValue(null)).toBeNull()
    expect(readTableValue({ rows: [] })).toBeNull()
    expect(readTableValue({ rows: [{ cells: [] }] })).toBeNull()
    const table = { table: { rows: [] } }
    expect(
      readTableValue({
        columns: [{ width: 1e9 }, { width: 50 }],
        rows: [
          { cells: [{ content: [{ insert: 'a', attributes: { bold: {}, x: 1 } }, { insert: table }, 7] }] },
          null,
          { cells: [{ background: 'url(x)', align: 'up', content: 'no' }, {}] },
        ],
        headerRow: 'yes',
      }),
    ).toEqual({
      columns: [{}, { width: 50 }],
      rows: [
        { cells: [{ content: [{ insert: 'a', attributes: { x: 1 } }] }, { content: [] }] },
        { cells: [{ content: [] }, { content: [] }] },
        { cells: [{ content: [] }, { content: [] }] },
      ],
    })
    const huge = readTableValue({
      rows: Array.from({ length: 5000 }, () => ({ cells: Array.from({ length: 300 }, () => ({})) })),
    })
    expect([huge?.rows.length, huge?.columns.length]).toEqual([200, MAX_COLUMNS])
  })

  test('TB8: the words of the cells count as words of the text', () => {
    expect(bareText(CONTENT)).toBe('before\na\nb\nc\nd\n\nafter\n')
  })
})
