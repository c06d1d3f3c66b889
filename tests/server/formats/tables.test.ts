import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { attributedText } from '../../../server/formats/etherpad-text.ts'
import { authored, putContent } from '../../../server/formats/into-pad.ts'
import { markdownBlocks } from '../../../server/formats/markdown.ts'
import { sourceOf } from '../../../server/formats/importer.ts'
import { htmlNodes } from '../../../server/formats/read/html.ts'
import { markdownNodes } from '../../../server/formats/read/markdown.ts'
import { takenContent } from '../../../server/formats/read/content.ts'
import { plainBlocks } from '../../../server/formats/txt.ts'
import { walk } from '../../../server/formats/walk.ts'
import { writtenContent } from '../../../server/formats/written.ts'
import { coreFormats, extendFormats } from '../../../shared/text/formats.ts'
import type { Content, Embed, Insert } from '../../../shared/text/delta.ts'
import { normalise } from '../../../shared/text/lines.ts'
import { contentToHtml } from '../../../shared/text/html.ts'
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import { tablesIn } from '../../../shared/text/table/model.ts'
import { readFile } from '../../../server/formats/read/read.ts'
import { bytesOf, sourceOf as sourceFor, textOf } from './sources.ts'
import { readContent, tableOfEmbed, writeContent } from '../../../shared/text/table/value.ts'

const TABLE = {
  columns: [{ width: 120 }, {}],
  rows: [
    {
      cells: [
        { content: [{ insert: 'Name' }] },
        { content: [{ insert: 'Says' }], align: 'right', background: 'blue' },
      ],
    },
    {
      cells: [
        { content: [{ insert: 'Ada', attributes: { bold: true } }] },
        { content: [{ insert: 'a|b\nsecond' }], align: 'right' },
      ],
    },
    { cells: [{ content: [] }, { content: [{ insert: 'x' }], align: 'right' }] },
  ],
  headerRow: true,
}
const CONTENT: Content = [{ insert: 'before\n' }, { insert: { table: TABLE } }, { insert: '\nafter\n' }]
const on = extendFormats(coreFormats, { imports: { table: () => undefined } })

/** The table in what was read, and the words around it. */
function read(nodes: readonly HtmlNode[], formats = on): { table: unknown; words: string } {
  const content = readHtml(sourceOf(nodes), { formats })
  return {
    table: content.find(({ insert }) => typeof insert !== 'string')?.insert,
    words: content.map(({ insert }) => (typeof insert === 'string' ? insert : '#')).join(''),
  }
}

function withoutAuthor({ insert, attributes: { author: _author, ...rest } = {} }: Insert): Insert {
  return { insert, attributes: rest }
}

describe('TB14: tables in files', () => {
  test('TB12: text has the columns below each other', () => {
    expect(plainBlocks(walk(CONTENT))).toBe(
      'before\nName | Says\n-----+-------------\nAda  | a|b / second\n     | x\nafter\n',
    )
  })

  test('Markdown is a table of GFM that our reader reads again', () => {
    const lines = markdownBlocks(walk(CONTENT))
    expect(lines).toEqual([
      'before',
      '',
      '| Name | Says |',
      '| --- | --: |',
      '| **Ada** | a\\|b<br>second |',
      '|  | x |',
      '',
      'after',
    ])
    const { table, words } = read(markdownNodes(lines.join('\n')).nodes)
    expect(words).toBe('before\n#\nafter\n')
    const rows = TABLE.rows.map(({ cells }) => ({
      cells: cells.map(({ content, align }: { content: unknown; align?: string }) =>
        align ? { content, align } : { content },
      ),
    }))
    expect(table).toEqual({ table: { ...TABLE, columns: [{}, {}], rows } })
  })

  test('TB10, TB11: HTML, and the way back; with the plugin off the rows are lines', () => {
    const html = contentToHtml(CONTENT, { styles: true })
    expect(html).toContain('<th scope="col">Name</th>')
    expect(html).toContain('data-background="blue"')
    const { nodes } = htmlNodes(html)
    expect(read(nodes).table).toEqual({ table: { ...TABLE, columns: [{}, {}] } })
    expect(read(nodes, coreFormats).words).toContain('Name\tSays\n')
  })

  test.each(['docx', 'odt'])('%s has a table, which its reader reads again', (type) => {
    const bytes = Buffer.from(bytesOf(type, sourceFor(CONTENT, { formats: on })))
    const found = readFile(bytes, `x.${type}`, false)
    const { table, words } = read('nodes' in found ? found.nodes : [])
    expect(words.replace(/\n+/g, '\n')).toBe('before\n#\nafter\n')
    const value = tableOfEmbed(table as Embed)
    expect(
      value?.rows.map(({ cells }) =>
        cells.map(({ content }) => content.map(({ insert }) => String(insert)).join('')),
      ),
    ).toEqual([
      ['Name', 'Says'],
      ['Ada', 'a|b\nsecond'],
      ['', 'x'],
    ])
    expect(value?.headerRow).toBe(true)
    // A header's weight is its style's (F43): nobody made these words bold.
    expect(value?.rows[0]?.cells[0]?.content).toEqual([{ insert: 'Name' }])
    expect(value?.rows[1]?.cells[0]?.content).toMatchObject([{ insert: 'Ada', attributes: { bold: true } }])
  })

  test.each(['docx', 'odt'])('%s says which column is a header, which its reader reads again', (type) => {
    for (const headerColumn of [true, false]) {
      const content = [{ insert: { table: { ...TABLE, headerRow: false, headerColumn } } }, { insert: '\n' }]
      const bytes = Buffer.from(bytesOf(type, sourceFor(content, { formats: on })))
      const found = readFile(bytes, `x.${type}`, false)
      const value = tableOfEmbed(read('nodes' in found ? found.nodes : []).table as Embed)
      expect([value?.headerColumn === true, value?.headerRow === true]).toEqual([headerColumn, false])
    }
  })

  test('pdf gets a table no wider than the page, with its header and grounds', () => {
    const wide = { ...TABLE, columns: [{ width: 900 }, {}] }
    const [, data = ''] = textOf('pdf', sourceFor([{ insert: { table: wide } }, { insert: '\n' }])).split(
      '\n',
    )
    const { blocks } = JSON.parse(data) as { blocks: { k: string; widths: (number | null)[] }[] }
    const [table] = blocks
    expect(table).toMatchObject({
      k: 'table',
      head: true,
      rows: [[{ fill: '#f1f2f5' }, { fill: '#d9e8f7' }], {}, {}],
    })
    expect(table?.widths[0]).toBeLessThan(450)
    expect(table?.widths[1]).toBeNull()
  })

  test('Etherpad gets a line a row', () => {
    const { text } = attributedText(CONTENT)
    expect(text).toBe('before\nName\tSays\nAda\ta|b second\n\tx\nafter\n')
  })

  test('TB7: json is read again without loss, authors of cells too', () => {
    const doc = new Y.Doc()
    doc.clientID = 7
    doc.transact(() => writeContent(doc.getText('text'), 0, CONTENT))
    const written = writtenContent(doc.getText('text'), (client) => (client === 7 ? 'a.one' : undefined))
    const taken = takenContent(JSON.parse(JSON.stringify(written)))
    const { content, wrote } = authored(taken ?? [], new Map([['a.one', 'a.two']]), null)
    expect([...wrote]).toEqual(['a.one'])
    const other = new Y.Doc()
    putContent(other, content, 'replace', 1_000_000)
    expect(tablesIn(other.getText('text'))).toHaveLength(1)
    const back = readContent(other.getText('text'))
    const plain = (content: Content): Content =>
      normalise(content.map(withoutAuthor)).map((one) =>
        typeof one.insert === 'string' ? one : { ...one, insert: plainTable(one.insert) },
      )
    const plainTable = (insert: Embed): Embed => {
      const { table } = insert as { table: typeof TABLE }
      const rows = table.rows.map(({ cells }) => ({
        cells: cells.map((cell) => ({ ...cell, content: plain(cell.content) })),
      }))
      return { table: { ...table, rows } }
    }
    expect(plain(back)).toEqual(plain(CONTENT))
    expect(JSON.stringify(back)).toContain('"insert":"Name","attributes":{"author":"a.two"}')
  })

  test('hostile values become tables that are right, or none', () => {
    const rows = Array.from({ length: 3000 }, () => ({ cells: [{ content: [{ insert: 5 }] }, null] }))
    const taken = takenContent([
      { insert: { table: { rows } } },
      { insert: { table: 'x' } },
      { insert: '\n' },
    ])
    expect(taken).toHaveLength(2)
    const value = tableOfEmbed(taken?.[0]?.insert ?? '')
    expect([value?.rows.length, value?.rows[0]?.cells]).toEqual([1000, [{ content: [] }, { content: [] }]])
  })
})
