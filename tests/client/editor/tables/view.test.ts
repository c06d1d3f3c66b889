/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import type { Node } from 'prosemirror-model'
import { Decoration, DecorationSet } from 'prosemirror-view'
import * as Y from 'yjs'
import { cellAuthors, noCells } from '../../../../client/editor/cell-authors.ts'
import { documentView } from '../../../../client/editor/chunks/views.ts'
import { createEditor } from '../../../../client/editor/editor.ts'
import type { Editor } from '../../../../client/editor/types.ts'
import { insertLines, setAlignment, setHeader, setWidth } from '../../../../shared/text/table/edit.ts'
import { cellText, readTable, tablesIn } from '../../../../shared/text/table/model.ts'
import { writeContent } from '../../../../shared/text/table/value.ts'

const made: Editor[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.destroy()
  document.body.replaceChildren()
})

const cells = (...words: string[]) => ({ cells: words.map((insert) => ({ content: [{ insert }] })) })

const SMALL = [cells('Name', 'City'), cells('Ada', 'London')]

async function open(
  rows = SMALL,
): Promise<{ editor: Editor; map: Y.Map<unknown>; doc: Y.Doc; errors: unknown[] }> {
  const doc = new Y.Doc()
  doc.clientID = 7
  const text = doc.getText('text')
  doc.transact(() =>
    writeContent(text, 0, [{ insert: { table: { rows, headerRow: true } } }, { insert: '\nafter\n' }]),
  )
  const place = document.createElement('div')
  document.body.append(place)
  const errors: unknown[] = []
  const editor = createEditor({
    place,
    text,
    authors: { authorOf: () => 'a.1', person: (name) => ({ name, colour: '1' }), me: () => 'a.1' },
    readOnly: false,
    authorStyle: 'tint',
    label: 'Text',
    onState: () => undefined,
    onCursor: () => undefined,
    onError: (error) => errors.push(error),
  })
  made.push(editor)
  await editor.tables()
  const [map] = tablesIn(text)
  if (!map) throw new Error('no table')
  return { editor, map, doc, errors }
}

const all = (editor: Editor, selector: string): Element[] => [...editor.view.dom.querySelectorAll(selector)]
const words = (cell: Element | undefined): globalThis.Node | null | undefined =>
  cell?.querySelector('.by')?.firstChild

test('TV6: a table says what it is, its headers too', async () => {
  const { editor, map, errors } = await open()
  const roles = (): string =>
    all(editor, 'table, tbody, tr, th, td')
      .map((one) => `${one.getAttribute('role') ?? '-'}${one.hasAttribute('scope') ? '!' : ''}`)
      .join(' ')
  expect(roles()).toBe('table rowgroup row columnheader! columnheader! row cell cell')
  map.doc?.transact(() => setHeader(map, 'cols', true))
  expect(roles()).toBe('table rowgroup row columnheader! columnheader! row rowheader! cell')
  expect(errors).toEqual([])
})

test('TV6: widths, rows and looks change while every other element, and the text typed into, stays', async () => {
  const { editor, map, errors } = await open()
  const table = all(editor, 'table')[0]
  const [first, second] = all(editor, 'tr')
  const shape = readTable(map)
  if (!(table instanceof HTMLElement) || !shape) throw new Error('no table')
  const style = (name: string): string => table.style.getPropertyValue(name)
  expect([style('--columns'), style('--least')]).toEqual(['', '216px'])

  const typed = words(second?.children[1])
  let pos = -1
  editor.state.doc.descendants((node, at) => {
    if (node.text === 'London') pos = at + node.nodeSize
  })
  // As a browser that has put the letter in itself leaves it.
  documentView(editor.view).markDirty(pos - 'London'.length, pos)
  editor.view.dispatch(editor.state.tr.insertText('x', pos))
  expect(second?.children[1]?.textContent).toBe('Londonx')
  expect(words(second?.children[1])).toBe(typed)

  map.doc?.transact(() => {
    setWidth(map, shape.columns[0] ?? '', 120)
    setAlignment(map, shape.rows[1] ?? '', shape.columns[0] ?? '', 'right')
    insertLines(map, 'rows', 2, 1)
  })
  expect([style('--columns'), style('--least')]).toEqual(['120px minmax(108px, 1fr)', '228px'])
  expect(all(editor, 'table')[0]).toBe(table)
  expect(all(editor, 'tr').slice(0, 2)).toEqual([first, second])
  expect(all(editor, 'tr')).toHaveLength(3)
  expect(words(second?.children[1])).toBe(typed)
  expect(all(editor, 'td.align-right')).toHaveLength(1)
  expect(errors).toEqual([])
})

test('TV6: what was drawn in a cell is what it was when all is read anew, so that nothing has to be compared', async () => {
  const { editor } = await open()
  const table = editor.state.doc.child(0)
  let drawings = 0
  let colour = 'red'
  const draw = () => (line: Node, pos: number) => {
    drawings += 1
    return { pos, size: line.nodeSize, within: [Decoration.inline(0, 1, { class: colour })] }
  }
  const drawn = noCells()
  const rowOf = (set: DecorationSet): DecorationSet =>
    (set as unknown as { children: DecorationSet[] }).children[2] ?? DecorationSet.empty
  const once = cellAuthors(table, drawn, draw)
  expect(drawings).toBe(4)
  expect(rowOf(cellAuthors(table, drawn, draw))).toBe(rowOf(once))
  expect(drawings).toBe(4)
  const again = noCells(drawn)
  expect(rowOf(cellAuthors(table, again, draw))).toBe(rowOf(once))
  expect(drawings).toBe(8)
  colour = 'blue'
  expect(rowOf(cellAuthors(table, noCells(again), draw))).not.toBe(rowOf(once))
})

test('TV7: ordered lists in cells have their numbers, counted in each cell by itself', async () => {
  const { editor, doc, map } = await open()
  const shape = readTable(map)
  if (!shape) throw new Error('no table')
  const cell = (row: number, column: number): Y.Text =>
    cellText(doc, shape.id, shape.rows[row] ?? '', shape.columns[column] ?? '')
  const item = (words: string) => [{ insert: words }, { insert: '\n', attributes: { list: 'ordered' } }]
  const numbers = (): string =>
    all(editor, 'td .line, th .line')
      .map((line) => `${line.getAttribute('data-number') ?? '-'}${line.textContent}`)
      .join(' ')
  cell(1, 0).applyDelta([...item('one'), ...item('two')])
  cell(1, 1).applyDelta(item('other'))
  expect(numbers()).toBe('-Name -City 1one 2two -Ada 1other -London')
  cell(1, 0).applyDelta([{ retain: 3 }, { insert: 'x' }, { retain: 1, attributes: { list: null } }])
  expect(numbers()).toBe('-Name -City -onex 1two -Ada 1other -London')
  cell(1, 1).insert(0, 'an')
  doc.getText('text').insert(0, 'before\n')
  expect(numbers()).toBe('-Name -City -onex 1two -Ada 1another -London')
})

test('TV7: the margin bar says in cells too who wrote a line', async () => {
  const { editor } = await open()
  editor.setAuthorStyle('bar')
  expect(all(editor, 'th .line.by-line, td .line.by-line')).toHaveLength(4)
  expect(all(editor, 'td .by')).toHaveLength(0)
  editor.setAuthorStyle('tint')
  expect(all(editor, '.by-line')).toHaveLength(0)
  expect(all(editor, 'td .by')).toHaveLength(2)
})

test('TV6: a key in a table of 200 rows, here or elsewhere, changes the words of its line and no other element', async () => {
  const rows = Array.from({ length: 200 }, (_none, at) =>
    cells(`a${at}`, `b${at}`, `c${at}`, `d${at}`, `e${at}`),
  )
  const { editor, doc, map, errors } = await open(rows)
  const shape = readTable(map)
  if (!shape) throw new Error('no table')
  let pos = 0
  editor.state.doc.descendants((node, at) => {
    if (node.text === 'c100') pos = at + node.nodeSize
  })
  const changed = async (work: () => void): Promise<string[]> => {
    const seen: MutationRecord[] = []
    const observer = new MutationObserver((records) => seen.push(...records))
    observer.observe(editor.view.dom, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
    work()
    await Promise.resolve()
    seen.push(...observer.takeRecords())
    observer.disconnect()
    return seen.map(({ type, target }) => `${type} ${target.textContent}`)
  }
  const own = await changed(() => editor.view.dispatch(editor.state.tr.insertText('x', pos)))
  expect(own).toEqual(['characterData c100x'])
  const theirs = await changed(() =>
    cellText(doc, shape.id, shape.rows[101] ?? '', shape.columns[2] ?? '').insert(2, 'y'),
  )
  expect(theirs).toEqual(['characterData c1y01'])
  expect(errors).toEqual([])
})
