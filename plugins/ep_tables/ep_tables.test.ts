/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { Plugin, TextSelection } from 'prosemirror-state'
import { readTable, tablesIn } from '../../shared/text/table/model.ts'
import type { TableShape } from '../../shared/text/table/model.ts'
import { tableOfEmbed, tableValue } from '../../shared/text/table/value.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { until } from '../../tests/support/wait.ts'
import { placeOfBar } from './bar-place.ts'
import { CellSelection, selectedCells } from './cell-selection.ts'
import { cellStart, inTable } from './cells.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

interface Clipboard {
  text?: string
  html?: string
}

interface TablePage extends PluginEditor {
  /** What is shown: lines by `|`, rows by `/`, cells by `,`; the words of a cell with formats in brackets. */
  shown: () => string
  /** Puts the cursor, or from one cell to another a selection, in. */
  at: (row: number, column: number, place?: 'start' | 'end') => void
  cells: (from: [number, number], to: [number, number]) => void
  paste: (data: Clipboard) => boolean
  copy: () => { text: string; html: string }
  key: (key: string, more?: KeyboardEventInit) => boolean
  shape: () => TableShape
}

/** A text with all that edits tables, and a table out of these rows; cells by `,`. */
async function open(...rows: string[]): Promise<TablePage> {
  const own = await pluginEditor({ declaration, client, english }, [{ insert: 'before\n' }])
  page = own
  const { editor, model } = own
  own.run('tableRowAbove')
  await until('the code for tables', () => model.parts.prosemirror.parts.value.length > 0)
  editor.setPlugins([
    new Plugin({ props: { handleScrollToSelection: () => true } }),
    ...model.parts.prosemirror.parts.value.map(({ value }) => value),
  ])
  const { view } = editor
  const table = (): { pos: number } => {
    let pos = 0
    for (const node of view.state.doc.children) {
      if (node.type.name === 'table') return { pos }
      pos += node.nodeSize
    }
    throw new Error('no table')
  }
  const placeOf = (row: number, column: number, place: 'start' | 'end'): number => {
    const { pos } = table()
    const node = view.state.doc.nodeAt(pos)
    const start = node ? cellStart(node, pos, { row, column }) : undefined
    const cell = start === undefined ? null : view.state.doc.nodeAt(start)
    if (start === undefined || !cell) throw new Error(`no cell ${row},${column}`)
    return place === 'start' ? start + 2 : start + cell.nodeSize - 2
  }
  const it: TablePage = {
    ...own,
    shown: () =>
      view.state.doc.children
        .map((block) =>
          block.type.name === 'table'
            ? `[${block.children
                .map((row) =>
                  row.children.map((cell) => cell.children.map((one) => one.textContent).join('~')).join(','),
                )
                .join('/')}]`
            : block.textContent,
        )
        .join('|'),
    at: (row, column, place = 'end') => own.select(placeOf(row, column, place)),
    cells(from, to) {
      const [a, b] = [placeOf(...from, 'start'), placeOf(...to, 'start')]
      const { doc, tr } = view.state
      view.dispatch(tr.setSelection(CellSelection.between(doc, a, b)))
    },
    paste({ text = '', html = '' }) {
      const data: Record<string, string> = { ...(html ? { 'text/html': html } : {}), 'text/plain': text }
      const clipboardData = {
        types: Object.keys(data),
        getData: (type: string) => data[type] ?? '',
        files: [],
      }
      const event = Object.assign(new Event('paste', { cancelable: true }), { clipboardData })
      view.dom.dispatchEvent(event)
      return event.defaultPrevented
    },
    copy() {
      const { dom, text } = view.serializeForClipboard(view.state.selection.content())
      return { text, html: dom.innerHTML }
    },
    key(key, more = {}) {
      const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more })
      return view.someProp('handleKeyDown', (take) => take(view, event)) === true
    },
    shape() {
      const found = readTable(tablesIn(own.session.doc.getText('text'))[0])
      if (!found) throw new Error('no table')
      return found
    },
  }
  if (rows.length > 0) {
    it.paste({ text: rows.map((row) => row.replaceAll(',', '\t')).join('\n') })
    expect(it.shown()).toContain(`[${rows.join('/')}]`)
  }
  return it
}

const spot = ({ editor }: TablePage): string => {
  const at = inTable(editor.state)
  return at ? `${at.from.row},${at.from.column}-${at.to.row},${at.to.column}` : 'outside'
}

test('TB12: text with as many tabs in every line becomes a table, one step to undo; other text stays text', async () => {
  const it = await open()
  it.select(7)
  expect(it.paste({ text: 'a\tb\r\nc\td\r\n' })).toBe(true)
  expect(it.shown()).toBe('before|[a,b/c,d]|')
  expect(spot(it)).toBe('0,0-0,0')
  it.editor.undo()
  expect(it.shown()).toBe('before')
  it.paste({ text: 'a\tb\nc' })
  expect(it.shown()).not.toContain('[')
})

test('TB11, TB12: a table of a web page; its words win over its text', async () => {
  const it = await open()
  it.select(7)
  it.paste({
    html: '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>',
    text: 'A\tB',
  })
  expect(it.shown()).toBe('before|[A,B/1,2]|')
  expect(spot(it)).toBe('0,0-0,0')
  expect(it.shape().headerRow).toBe(true)
})

test('TE5: Tab goes on, makes a row behind the last, and back; arrows at an edge go to the next cell and out', async () => {
  const it = await open('a,b', 'c,d')
  it.at(0, 0)
  const walk = (...keys: [string, KeyboardEventInit?][]): string => {
    for (const [key, more] of keys) expect(it.key(key, more)).toBe(true)
    return spot(it)
  }
  expect(walk(['Tab'])).toBe('0,1-0,1')
  expect(it.editor.state.selection.empty).toBe(false)
  expect(walk(['Tab'], ['Tab'], ['Tab'])).toBe('2,0-2,0')
  expect(it.shown()).toBe('before|[a,b/c,d/,]|')
  expect(walk(['Tab', { shiftKey: true }])).toBe('1,1-1,1')
  it.at(1, 0)
  expect(walk(['ArrowRight'])).toBe('1,1-1,1')
  expect(walk(['ArrowLeft'])).toBe('1,0-1,0')
  it.at(0, 0, 'start')
  expect(walk(['ArrowLeft'])).toBe('outside')
  expect(it.editor.state.selection.$head.parent.textContent).toBe('before')
  it.at(2, 1)
  expect(walk(['ArrowRight'])).toBe('outside')
  // In the midst of the words an arrow is the browser's.
  it.at(0, 0, 'start')
  expect(it.key('ArrowRight')).toBe(false)
})

test('TE5: Backspace at a cell’s beginning and Delete at its end join nothing', async () => {
  const it = await open('a,b', 'c,d')
  it.at(0, 1, 'start')
  expect(it.key('Backspace')).toBe(true)
  it.at(0, 1, 'end')
  expect(it.key('Delete')).toBe(true)
  expect(it.shown()).toBe('before|[a,b/c,d]|')
})

test('TE4: Shift and arrows select cells, Delete empties them, Mod-A takes more each time', async () => {
  const it = await open('a,b,c', 'd,e,f')
  it.at(0, 0)
  const shift = { shiftKey: true }
  expect([it.key('ArrowRight', shift), it.key('ArrowDown', shift)]).toEqual([true, true])
  expect([spot(it), selectedCells(it.editor.state).length]).toEqual(['0,0-1,1', 4])
  it.key('ArrowUp', shift)
  expect(spot(it)).toBe('0,0-0,1')
  it.key('Delete')
  expect(it.shown()).toBe('before|[,,c/d,e,f]|')
  it.editor.undo()
  expect(it.shown()).toBe('before|[a,b,c/d,e,f]|')
  it.at(1, 1)
  const all = { ctrlKey: true }
  it.key('a', all)
  expect(it.editor.state.selection).toBeInstanceOf(TextSelection)
  it.key('a', all)
  expect(spot(it)).toBe('0,0-1,2')
  it.key('a', all)
  expect(it.editor.state.selection.from).toBe(0)
})

test('TE4: a selection over the table’s edge takes the whole table; one over cells is of cells', async () => {
  const it = await open('a,b', 'c,d')
  const { view } = it.editor
  const select = (from: number, to: number): void =>
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)))
  it.at(0, 0)
  const inside = view.state.selection.from
  select(2, inside)
  expect(view.state.selection.content().content.content.map((node) => node.type.name)).toContain('table')
  it.at(1, 1)
  const other = view.state.selection.from
  select(inside, other)
  expect(view.state.selection).toBeInstanceOf(CellSelection)
})

test('TE6: the bar runs as the page does, whichever way the text runs', async () => {
  document.documentElement.dir = 'ltr'
  const it = await open('a,b', 'c,d')
  it.editor.view.dom.parentElement?.setAttribute('dir', 'rtl')
  it.at(0, 0)
  const bar = (): HTMLElement | null | undefined =>
    it.editor.view.dom.parentElement?.querySelector('.ep-tables-bar')
  await until('the bar', () => !!bar())
  expect(bar()?.dir).toBe('ltr')
})
test('TE7: menus select whole rows and columns, of all that is selected', async () => {
  const it = await open('a,b,c', 'd,e,f', 'g,h,i')
  it.at(1, 1)
  it.run('tableSelectRow')
  await until('a row', () => spot(it) === '1,0-1,2')
  it.at(1, 1)
  it.run('tableSelectColumn')
  await until('a column', () => spot(it) === '0,1-2,1')
  it.cells([0, 1], [1, 2])
  it.run('tableSelectRow')
  await until('two rows', () => spot(it) === '0,0-1,2')
  expect(selectedCells(it.editor.state)).toHaveLength(6)
})

test('TE7: with "Select more cells" a tap selects up to its cell, until Done, Escape or the selection goes', async () => {
  const it = await open('a,b,c', 'd,e,f')
  const { view } = it.editor
  const tap = (index: number): boolean => {
    const event = new MouseEvent('mousedown', { bubbles: true, cancelable: true })
    view.dom.querySelectorAll('td, th')[index]?.dispatchEvent(event)
    return event.defaultPrevented
  }
  const bar = (): string | undefined => view.dom.parentElement?.querySelector('.ep-tables-bar')?.textContent
  const begin = async (): Promise<void> => {
    it.at(0, 1)
    it.run('tableSelectMore')
    await until('the cell', () => view.state.selection instanceof CellSelection)
    expect(spot(it)).toBe('0,1-0,1')
  }
  await begin()
  // A plugin that comes meanwhile ends nothing.
  it.editor.setPlugins([new Plugin({}), ...it.model.parts.prosemirror.parts.value.map(({ value }) => value)])
  expect([tap(5), spot(it)]).toEqual([true, '0,1-1,2'])
  expect([tap(3), spot(it)]).toEqual([true, '0,0-1,1'])
  await until('how many', () => bar() === '4 cells selectedDone')
  view.dom.parentElement?.querySelector<HTMLElement>('.ep-tables-bar button')?.click()
  await until('the tools', () => bar() === 'RowsColumnsCells')
  expect(spot(it)).toBe('0,0-1,1')
  await begin()
  expect([it.key('Escape'), it.key('Escape')]).toEqual([true, false])
  await begin()
  it.at(1, 0)
  expect(it.key('Escape')).toBe(false)
})

test('TE2: rows and columns are put in, moved, made headers and deleted, each one step; the last takes the table along', async () => {
  const it = await open('a,b', 'c,d')
  const does = (id: string): string => {
    it.run(id)
    return it.shown().replace('before|', '')
  }
  it.at(0, 0)
  // What a button does waits for the code that edits tables, which is there.
  const after = async (id: string): Promise<string> => {
    const before = it.editor.state
    does(id)
    await until('a change', () => it.editor.state !== before)
    return it.shown().replace('before|', '')
  }
  expect(await after('tableRowBelow')).toBe('[a,b/,/c,d]|')
  expect(spot(it)).toBe('1,0-1,0')
  expect(await after('tableRowUp')).toBe('[,/a,b/c,d]|')
  expect(await after('tableColumnAfter')).toBe('[,,/a,,b/c,,d]|')
  expect(await after('tableColumnOn')).toBe('[,,/a,b,/c,d,]|')
  expect(await after('tableColumnRemove')).toBe('[,/a,b/c,d]|')
  await after('tableHeaderRow')
  await after('tableHeaderColumn')
  expect(it.shape()).toMatchObject({ headerRow: true, headerColumn: true })
  it.editor.undo()
  it.editor.undo()
  it.editor.undo()
  expect(it.shown()).toBe('before|[,,/a,b,/c,d,]|')
  it.cells([0, 0], [2, 0])
  expect(await after('tableRowRemove')).toBe('')
  it.editor.undo()
  expect(it.shown()).toBe('before|[,,/a,b,/c,d,]|')
})

test('TE3: columns become wider by keys, from what they are drawn as, and narrower to 40 pixels', async () => {
  const it = await open('a,b', 'c,d')
  it.at(0, 1)
  const after = async (id: string): Promise<number | undefined> => {
    const before = it.editor.state
    it.run(id)
    await until('a change', () => it.editor.state !== before)
    return it.shape().widths.get(it.shape().columns[1] ?? '')
  }
  const first = (await after('tableWider')) ?? 0
  expect(await after('tableWider')).toBe(first + 24)
  expect(await after('tableNarrower')).toBe(first)
  const cell = it.editor.view.dom.querySelector('table')
  expect(cell?.style.getPropertyValue('--columns')).toBe(`minmax(108px, 1fr) ${first}px`)
})

test('TB13: copied cells are a table in HTML, tabs in text, and ours beside it; one cell is its lines', async () => {
  const it = await open('a,b,c', 'd,e,f')
  it.cells([0, 1], [1, 2])
  const { text, html } = it.copy()
  expect(text.trimEnd()).toBe('b\tc\ne\tf')
  expect(html).toContain(
    '<table><tbody><tr><td>b</td><td>c</td></tr><tr><td>e</td><td>f</td></tr></tbody></table>',
  )
  it.at(0, 0)
  it.editor.view.dispatch(
    it.editor.state.tr.setSelection(
      TextSelection.create(
        it.editor.state.doc,
        it.editor.state.selection.$head.start(),
        it.editor.state.selection.$head.end(),
      ),
    ),
  )
  expect(it.copy().text).toBe('a')
})

test('TB13: cells go into cells from where the cursor is, the table grows; another pad has them with their formats', async () => {
  const it = await open('a,b', 'c,d')
  it.cells([0, 0], [1, 1])
  const { html, text } = it.copy()
  it.at(1, 1)
  it.paste({ html, text })
  expect(it.shown()).toBe('before|[a,b,/c,a,b/,c,d]|')
  expect(tablesIn(it.session.doc.getText('text'))).toHaveLength(1)
  it.editor.undo()
  expect(it.shown()).toBe('before|[a,b/c,d]|')
  it.close()
  const other = await open()
  other.select(7)
  other.paste({ html, text })
  expect(other.shown()).toBe('before|[a,b/c,d]|')
})

test('TB13: a table among lines becomes lines in a cell', async () => {
  const it = await open('a,b', 'c,d')
  it.at(0, 0)
  it.paste({
    html: '<p>x</p><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table><p>y</p>',
  })
  expect(it.shown()).toBe('before|[ax~1\t2~3\t4~y,b/c,d]|')
})

test('TB7: what stands in the text is read as the value it is', async () => {
  const it = await open('a,b', 'c,d')
  const [map] = tablesIn(it.session.doc.getText('text'))
  const value = map && tableValue(map, (text) => text.toDelta() as never)
  expect(value?.rows.map(({ cells }) => cells.map(({ content }) => content))).toEqual([
    [[{ insert: 'a' }], [{ insert: 'b' }]],
    [[{ insert: 'c' }], [{ insert: 'd' }]],
  ])
  expect(tableOfEmbed({ table: value as never })).toEqual(value)
})

test('TE6: the bar is above the table, else at the top of what is seen, never over the cell or the edge of a phone', () => {
  const box = (top: number, bottom: number, left = 20, right = 380) => ({ top, bottom, left, right })
  const seen = box(100, 800, 0, 390)
  const size = { width: 360, height: 48 }
  const place = (table: ReturnType<typeof box>, cell: ReturnType<typeof box>) =>
    placeOfBar({ table, cell, seen }, size)
  expect(place(box(300, 600), box(340, 380))).toEqual({ top: 248, left: 20 })
  expect(place(box(-2000, 3000), box(400, 440))).toEqual({ top: 104, left: 20 })
  expect(place(box(-2000, 3000), box(120, 160))).toEqual({ top: 164, left: 20 })
  expect(place(box(120, 600), box(120, 160))).toEqual({ top: 164, left: 20 })
  expect(place(box(300, 600, 60), box(340, 380)).left).toBe(26)
  expect(place(box(300, 600, -500), box(340, 380)).left).toBe(0)
})
