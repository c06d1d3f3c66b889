/** AbiWord itself, where it is the only program for old documents (SPEC-formats F48, F67). */
import { afterAll, expect, test } from '@jest/globals'
import { sections } from '../../../bench/formats/document.ts'
import { makeFile } from '../../../server/formats/converted.ts'
import { createConverter } from '../../../server/formats/converter.ts'
import { createExporter } from '../../../server/formats/exporter.ts'
import { createImporter } from '../../../server/formats/importer.ts'
import { convertedKindOf } from '../../../server/formats/read/old.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { coreFormats, extendFormats } from '../../../shared/text/formats.ts'
import { linesOf } from '../../../shared/text/lines.ts'
import { tableOfEmbed } from '../../../shared/text/table/value.ts'
import { bytesOf, sourceOf } from './sources.ts'

const LIMIT = 180_000
const formats = extendFormats(coreFormats, { imports: { table: () => undefined } })
const troubles: unknown[] = []
const log = { warn: (_line: string, facts?: Record<string, unknown>) => void troubles.push(facts?.['why']) }
const office = createConverter({ soffice: 'soffice', abiword: null }, log)
const abiword = createConverter({ soffice: null, abiword: 'abiword' }, log)
const importer = createImporter({ formats: () => formats, converter: abiword })
afterAll(() => importer.close())

const cell = (insert: string) => ({ content: [{ insert }] })
const TEXT: Content = [
  ...sections(3),
  { insert: { table: { columns: [{}, {}], rows: [{ cells: [cell('Wind 😀'), cell('hourly')] }] } } },
  { insert: '\n' },
  { insert: 'behind the table 🌍\n' },
]

interface Shape {
  headings: string[]
  items: string[]
  rows: number
  words: string
}

/** Lines that are headings, words of items, rows of tables, all words. */
function shape(content: Content): Shape {
  const lines = linesOf(content, formats).map(({ attributes, inserts }) => ({
    attributes,
    words: inserts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join(''),
  }))
  return {
    headings: lines.filter(({ attributes }) => attributes['header']).map(({ words }) => words),
    items: lines.filter(({ attributes }) => attributes['list']).map(({ words }) => words),
    rows: content.flatMap(({ insert }) => tableOfEmbed(insert)?.rows ?? []).length,
    words: lines
      .map(({ words }) => words)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }
}

test.each(['doc', 'rtf'] as const)(
  'F48, F67: AbiWord reads %s; its headings, items, tables and signs are found',
  async (kind) => {
    const old = await office.write(bytesOf('docx', sourceOf(TEXT, { formats })), kind)
    expect(convertedKindOf(old)).toBe(kind)
    const { content } = await importer.read(old, `x.${kind}`, false)
    const [found, wanted] = [shape(content), shape(TEXT)]
    expect([found.headings, found.rows, found.words]).toEqual([wanted.headings, wanted.rows, wanted.words])
    // Of RTF's lists it knows only some.
    if (kind === 'doc') expect(found.items).toEqual(wanted.items)
    else expect(found.items.length).toBeGreaterThan(0)
    expect(JSON.stringify(content)).toContain('Wind 😀')
    expect(troubles).toEqual([])
  },
  LIMIT,
)

test(
  'F48: AbiWord makes rtf that LibreOffice reads; for doc, which it cannot make, the answer offers docx',
  async () => {
    const rtf = await abiword.write(bytesOf('docx', sourceOf(TEXT, { formats })), 'rtf')
    expect(convertedKindOf(rtf)).toBe('rtf')
    const other = createImporter({ formats: () => formats, converter: office })
    const { content } = await other.read(rtf, 'x.rtf', false)
    await other.close()
    const [found, wanted] = [shape(content), shape(TEXT)]
    // It moves signs beyond Unicode's first 65 536.
    const plain = (words: string): string => words.replaceAll(/[ 😀🌍]/gu, '')
    expect(plain(found.words)).toBe(plain(wanted.words))
    expect(found.headings).toEqual(wanted.headings.slice(0, found.headings.length))
    expect([found.headings.length > 1, found.rows]).toEqual([true, 1])
    expect(abiword.names).toEqual(['AbiWord'])
    const exporter = createExporter({ reader: NO_READER, formats: () => formats })
    await expect(makeFile({ exporter, converter: abiword }, WANTED)).rejects.toMatchObject({
      code: 'noFormat',
      status: 501,
    })
    await exporter.close()
  },
  LIMIT,
)

const WANTED = {
  pad: 'x',
  shown: 'x',
  revision: null,
  lang: '',
  rtl: false,
  type: 'doc',
  options: NO_OPTIONS,
}
const never = (): never => {
  throw new Error('nothing is to be read')
}
const NO_READER = { head: never, at: never, past: never, chat: never, people: never, settings: never }
