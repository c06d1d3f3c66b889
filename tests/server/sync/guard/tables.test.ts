import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { applyGuarded } from '../../../../server/sync/guard/apply.ts'
import { TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { findWrongTable } from '../../../../server/sync/guard/tables.ts'
import {
  insertLines,
  moveLines,
  removeLines,
  setBackground,
  setHeader,
  setWidth,
} from '../../../../shared/text/table/edit.ts'
import { MAX_COLUMNS, MAX_ROWS, cellText, readTable, tablesIn } from '../../../../shared/text/table/model.ts'
import { writeContent } from '../../../../shared/text/table/value.ts'

/** A text with a table at the server and a person's copy; `send` gives what the door says of what the person does. */
function door() {
  const server = new Y.Doc()
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const cells = ['a', 'b'].map((insert) => ({ content: [{ insert }] }))
  doc.transact(() => writeContent(text, 0, [{ insert: { table: { rows: [{ cells }] } } }, { insert: '\n' }]))
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
  const table = (): Y.Map<unknown> => tablesIn(text)[0] as Y.Map<unknown>
  const send = (run: () => unknown): string => {
    const before = Y.encodeStateVector(doc)
    doc.transact(run)
    const bytes = Y.encodeStateAsUpdate(doc, before)
    const scan = scanUpdate(bytes, TEXT_LIMITS)
    const applied = applyGuarded(server, bytes, 'person', { scan, limits: TEXT_LIMITS })
    return applied.ok ? (findWrongTable(server, scan) ?? 'taken') : applied.reason
  }
  return { server, doc, text, table, send }
}

type Door = ReturnType<typeof door>
const rowsOf = (table: Door['table']): Y.Array<string> => table().get('rows') as Y.Array<string>
const names = (count: number): string[] => Array.from({ length: count }, (_none, at) => `n${at}`)

describe('what reaches a text with tables', () => {
  test('G20, G26: what people do passes', () => {
    const { doc, text, table, send } = door()
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([null]), captureTimeout: 0 })
    const shape = () => readTable(table())
    const first = () => ({ row: shape()?.rows[0] ?? '', column: shape()?.columns[0] ?? '' })
    const answers = [
      send(() => insertLines(table(), 'rows', 1, MAX_ROWS)),
      send(() => insertLines(table(), 'cols', 0, 3)),
      send(() => moveLines(table(), 'rows', 1, 3, -1)),
      send(() => removeLines(table(), 'cols', [first().column])),
      send(() => setHeader(table(), 'rows', true)),
      send(() => setWidth(table(), first().column, 99)),
      send(() => setBackground(table(), first().row, first().column, 'red')),
      send(() => setHeader(table(), 'rows', false)),
      send(() =>
        cellText(doc, shape()?.id ?? '', first().row, first().column).insert(0, 'hi', { bold: true }),
      ),
      send(() => table().set('later-version', 'x')),
      send(() => text.delete(0, 1)),
      send(() => undo.undo()),
      send(() => undo.redo()),
    ]
    expect(answers).toEqual(answers.map(() => 'taken'))
  })

  test.each([
    ['a list in the text', ({ text }) => text.insertEmbed(0, new Y.Array())],
    ['a text in the text', ({ text }) => text.insertEmbed(0, new Y.Text('x'))],
    ['a table in a cell', ({ doc }) => doc.getText('cell/t/r/c').insertEmbed(0, new Y.Map())],
    ['a map under a key', ({ table }) => table().set('more', new Y.Map())],
    ['a text under a key', ({ table }) => table().set('rows', new Y.Text('x'))],
    ['a list under another key', ({ table }) => table().set('list', new Y.Array())],
    ['a word instead of the rows', ({ table }) => table().set('rows', 'x')],
    ['an object as a value', ({ table }) => table().set('bg/a/b', { deep: [[[]]] })],
    ['a long word as a value', ({ table }) => table().set('x', 'x'.repeat(300))],
    ['a name with a slash', ({ table }) => table().set('id', 'a/b')],
    ['numbers as rows', ({ table }) => (table().get('rows') as Y.Array<unknown>).push([1, 2])],
    ['names that are none', ({ table }) => (table().get('cols') as Y.Array<unknown>).push(['a b'])],
    ['a type among rows', ({ table }) => (table().get('rows') as Y.Array<unknown>).push([new Y.Map()])],
    ['too many rows', ({ table }) => rowsOf(table).push(names(MAX_ROWS * 2))],
    [
      'too many columns, one by one',
      ({ table }) => {
        for (const name of names(MAX_COLUMNS * 2)) (table().get('cols') as Y.Array<string>).push([name])
      },
    ],
  ] as [string, (parts: Door) => unknown][])('G26: refused: %s', (_what, run) => {
    const parts = door()
    expect(parts.send(() => run(parts))).toMatch(/^table: /)
  })

  test('G5: cells with other names than cells have, and deep values, do not even reach the text', () => {
    for (const name of ['cell/t/r', 'cell/t/r/c/x', 'cell/t r/r/c', 'rows', `cell/${'t'.repeat(65)}/r/c`]) {
      const parts = door()
      expect(() => parts.send(() => parts.doc.getText(name).insert(0, 'x'))).toThrow('root')
    }
    const parts = door()
    let deep: unknown = 1
    for (let level = 0; level < 20; level += 1) deep = [deep]
    expect(() => parts.send(() => parts.table().set('x', deep))).toThrow('depth')
  })
})
