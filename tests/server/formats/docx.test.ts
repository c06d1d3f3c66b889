import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import mammoth from 'mammoth'
import { uriOf } from '../../../server/formats/document/uri.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { FileOptions } from '../../../server/formats/types.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { anyContent } from '../../support/content.ts'
import { archiveText, faults, partsOf } from './archives.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'

const made = (content: Content, options: Partial<FileOptions> = {}, rtl = false): Uint8Array<ArrayBuffer> =>
  bytesOf(
    'docx',
    sourceOf(content, {
      formats: pluginFormats,
      options: { ...NO_OPTIONS, ...options },
      people: PEOPLE,
      rtl,
    }),
  )
const part = (bytes: Uint8Array, path: string): string => partsOf(bytes).get(path) ?? ''
const body = (content: Content, options: Partial<FileOptions> = {}): string =>
  part(made(content, options), 'word/document.xml')
const ALL = { toc: true, authors: true, lineNumbers: true, cover: true } as const

/** The order of CT_PPr's and CT_RPr's children in the schema (ECMA-376 part 1, annex A), as far as we write them. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr numPr suppressLineNumbers pBdr shd tabs bidi spacing ind contextualSpacing jc outlineLvl rPr sectPr'.split(
      ' ',
    ),
  'w:rPr': 'rStyle rFonts b bCs i iCs strike noProof color sz szCs u shd vertAlign rtl lang'.split(' '),
  'w:sectPr': 'footerReference type pgSz pgMar lnNumType titlePg bidi'.split(' '),
  'w:style': 'name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr'.split(' '),
  'w:lvl': 'start numFmt lvlText lvlJc pPr rPr'.split(' '),
}

test('F41: docx of a text with everything is the golden file (WRITE_GOLDEN=1 writes it)', () => {
  const file = join(import.meta.dirname, 'golden/everything.docx.golden')
  const text = archiveText(made([...everything, ...rich], ALL))
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
})

test('F10: the same text gives the same bytes, whenever and wherever', () => {
  expect(Buffer.compare(made(everything, ALL), made(structuredClone(everything), ALL))).toBe(0)
})

test('F41: whatever the text, every part is well-formed XML with its elements in the order of the schema', () => {
  fc.assert(
    fc.property(anyContent(20), fc.string({ unit: 'binary' }), fc.boolean(), (random, text, rtl) => {
      const content = [...random, { insert: `${text}\n` }]
      for (const [path, xml] of partsOf(made(content, ALL, rtl)))
        expect([path, faults(xml, ORDER)]).toEqual([path, []])
    }),
    { numRuns: 60 },
  )
  for (const [path, xml] of partsOf(made([...everything, ...rich], ALL)))
    expect([path, faults(xml, ORDER)]).toEqual([path, []])
})

describe('what a reader nobody here wrote finds', () => {
  test('F41: mammoth reads headings, lists, links, marks, quotations and code', async () => {
    const { value, messages } = await mammoth.convertToHtml(
      { buffer: Buffer.from(made(everything)) },
      {
        styleMap: [
          "p[style-name='Quote'] => blockquote > p:fresh",
          "p[style-name='Source Code'] => pre:separator('\n')",
          "r[style-name='Verbatim Char'] => code",
          'u => u',
        ],
      },
    )
    expect(messages.filter(({ message }) => !message.includes('Unrecognised paragraph style'))).toEqual([])
    expect(value).toContain('<h1>Weather &amp; &lt;station&gt;</h1>')
    expect(value).toContain('<strong>bold</strong> and <strong><em>both</em></strong>')
    expect(value).toContain('<u>under</u><s>struck</s> <code>co`de</code>')
    expect(value).toContain('<a href="https://example.org/a(b)?x=1&amp;copy=2">a link</a> no link.')
    expect(value).toContain('<ul><li>one<ol><li>deeper</li><li>deeper again</li></ol></li><li>two</li>')
    expect(value).toContain('<blockquote><p>said</p></blockquote>')
    expect(value).toContain('<pre>let a = `1`<br /><br />```</pre>')
    expect(value).toContain('<p>Sketch</p>')
  })
})

describe('what words become', () => {
  test('F40: colours, grounds, sizes, heights', () => {
    const xml = body(rich)
    expect(xml).toContain('<w:color w:val="B3261E"/></w:rPr><w:t xml:space="preserve">red')
    expect(xml).toContain('<w:shd w:val="clear" w:color="auto" w:fill="FFF0A3"/>')
    // 24 of a browser's 16 pixels is one and a half times our 11 points.
    expect(xml).toContain('<w:sz w:val="33"/><w:szCs w:val="33"/>')
    expect(xml).toContain('<w:vertAlign w:val="subscript"/>')
    expect(xml).toContain('<w:t xml:space="preserve">tab</w:t><w:tab/><w:t xml:space="preserve">here</w:t>')
  })

  test('F42: a line from right to left has its direction, its pieces and its side', () => {
    const xml = body(rich)
    expect(xml).toContain('<w:bidi/><w:jc w:val="left"/></w:pPr>')
    expect(xml).toContain('<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">שלום עולם</w:t>')
    expect(xml).toContain('<w:r><w:t xml:space="preserve"> and English</w:t></w:r>')
  })

  test('F42: a language has its East Asian font', () => {
    const styles = (lang: string): string =>
      part(bytesOf('docx', sourceOf(everything, { lang })), 'word/styles.xml')
    expect(styles('ja')).toContain('w:eastAsia="Yu Gothic"')
    expect(styles('zh-TW')).toContain('w:eastAsia="Microsoft JhengHei"')
    expect(styles('he')).toContain('w:bidi="he"')
  })
})

test('F42: each list with numbers begins anew, and where it is said', () => {
  const items = (...starts: (number | null)[]): Content =>
    starts.map((start): Insert => ({
      insert: `x${start ?? ''}\n`,
      attributes: { list: 'ordered', ...(start === null ? {} : { start }) },
    }))
  const xml = part(
    made([...items(null, null), { insert: 'text\n' }, ...items(null, 7)]),
    'word/numbering.xml',
  )
  const starts = [...xml.matchAll(/<w:startOverride w:val="(\d+)"/g)].map(([, start]) => start)
  expect(starts).toEqual(['1', '1', '7'])
})

test('F13: options: paper, contents with places, whose words, numbers of lines, a title page', () => {
  const plain = body([...everything, ...rich])
  expect(plain).toContain('<w:pgSz w:w="11906" w:h="16838"/>')
  expect(plain).not.toMatch(/TOC|lnNumType|titlePg|Written by/)
  const xml = body([...everything, ...rich], { ...ALL, paper: 'letter' })
  expect(xml).toContain('<w:pgSz w:w="12240" w:h="15840"/>')
  expect(xml).toContain('<w:hyperlink w:anchor="_Toc000002" w:history="1">')
  expect(xml).toContain('w:name="_Toc000002"')
  expect(xml.match(/<w:lnNumType /g)).toHaveLength(1)
  expect(xml.match(/<w:titlePg\/>/g)).toHaveLength(1)
  expect(xml).toContain('Revision 3 · 2023-11-14')
  expect(xml).toContain('Written by: ')
  expect(xml).toContain(' Mira &amp; &lt;co&gt; ')
})

test.each([
  ['https://example.org/a b?q="x"', 'https://example.org/a%20b?q=%22x%22'],
  ['https://example.org/ü%zz%41', 'https://example.org/%C3%BC%25zz%41'],
  ['../other pad', '../other%20pad'],
  ['https://[::1', null],
  ['http://host:99999999/', null],
])('F42: the address %j becomes %j, for Word refuses what is no URI', (link, uri) => {
  expect(uriOf(link)).toBe(uri)
})
