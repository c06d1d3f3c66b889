/**
 * What programs nobody here wrote find in our files: pandoc, LibreOffice, poppler, qpdf, tidy, epubcheck. A program that
 * is not there fails its test with its name: nothing is left out in silence.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sections } from '../../../bench/formats/document.ts'
import * as Y from 'yjs'
import { makeFile } from '../../../server/formats/converted.ts'
import { createConverter } from '../../../server/formats/converter.ts'
import { createExporter } from '../../../server/formats/exporter.ts'
import type { PadReader } from '../../../server/formats/source.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { createPress } from '../../../server/formats/pdf/press.ts'
import { sourceOf as nodesAsSource } from '../../../server/formats/importer.ts'
import { convertedKindOf } from '../../../server/formats/read/old.ts'
import { readFile } from '../../../server/formats/read/read.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { linesOf } from '../../../shared/text/lines.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import { tableOfSensors } from './illustrated.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'
import { programsIn } from '../../support/programs.ts'

const LIMIT = 180_000
const folder = mkdtempSync(join(tmpdir(), 'inkpad-proof-'))
const run = programsIn(folder)
const press = createPress()
const PROFILE = `-env:UserInstallation=file://${folder}/profile`
afterAll(async () => {
  await press.close()
  rmSync(folder, { recursive: true, force: true })
})

const TEN = sections(10)
const all: Content = [...everything, ...rich]
const options = { ...NO_OPTIONS, toc: true, cover: true, authors: true, lineNumbers: true }
const file = async (type: string, content: Content, name: string, all = false): Promise<string> => {
  const source = sourceOf(content, { formats: pluginFormats, people: PEOPLE, ...(all ? { options } : {}) })
  const path = join(folder, `${name}.${type}`)
  const written = bytesOf(type, source)
  writeFileSync(path, type === 'pdf' ? await press.press(written) : written)
  return path
}

/** How many of each kind of element pandoc finds. */
function counted(path: string, from: string): Record<string, number> {
  const counts: Record<string, number> = {}
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      if ('t' in value && typeof value.t === 'string') counts[value.t] = (counts[value.t] ?? 0) + 1
      Object.values(value).forEach(walk)
    }
  }
  walk(JSON.parse(run('pandoc', '-f', from, '-t', 'json', path)))
  return counts
}

describe('documents', () => {
  test.each([
    [
      'docx',
      'docx',
      [
        'Header',
        'Strong',
        'Emph',
        'Underline',
        'Strikeout',
        'Link',
        'Code',
        'BulletList',
        'OrderedList',
        'CodeBlock',
        'BlockQuote',
      ],
    ],
    ['odt', 'odt', ['Header', 'Strong', 'Strikeout', 'Link', 'BulletList', 'OrderedList']],
    [
      'epub',
      'epub',
      [
        'Header',
        'Strong',
        'Emph',
        'Underline',
        'Strikeout',
        'Link',
        'Code',
        'BulletList',
        'OrderedList',
        'CodeBlock',
        'BlockQuote',
      ],
    ],
    [
      'html',
      'html',
      [
        'Header',
        'Strong',
        'Emph',
        'Underline',
        'Strikeout',
        'Link',
        'Code',
        'BulletList',
        'OrderedList',
        'CodeBlock',
        'BlockQuote',
      ],
    ],
  ])(
    'F41, F44, F45: pandoc finds in %s all that was written',
    async (type, from, kinds) => {
      const found = counted(await file(type, TEN, 'ten'), from)
      const wanted: Record<string, number> = {
        Header: 11,
        Strong: 50,
        Emph: 50,
        Underline: 50,
        Strikeout: 50,
        Link: 50,
        Code: 50,
        BulletList: 30,
        OrderedList: 10,
        CodeBlock: 4,
        BlockQuote: 3,
      }
      expect(kinds.map((kind) => [kind, found[kind] ?? 0])).toEqual(kinds.map((kind) => [kind, wanted[kind]]))
    },
    LIMIT,
  )

  test.each(['docx', 'odt'])(
    'F41, F44: LibreOffice opens %s, and its pages hold every word in every script',
    async (type) => {
      const path = await file(type, all, `office-${type}`, true)
      run(
        'soffice',
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        path,
      )
      const text = run('pdftotext', join(folder, `office-${type}.pdf`), '-')
      for (const words of [
        'Weather & <station>',
        'Contents',
        'to do',
        'fourth',
        'ninth',
        'Sketch',
        'centred',
        'let a = `1`',
        'Written by',
        '日本語',
        'Mira',
      ])
        expect(text).toContain(words)
      expect(text).toMatch(/4\.\s+fourth/)
      expect(text).toMatch(/9\.\s+ninth/)
    },
    LIMIT,
  )

  test(
    'F45: epubcheck finds nothing to complain of',
    async () => {
      for (const [name, content] of [
        ['ten', TEN],
        ['all', all],
      ] as const) {
        const jar = '/usr/share/java/epubcheck.jar'
        expect(existsSync(jar)).toBe(true)
        run('java', '-jar', jar, '--failonwarnings', await file('epub', content, `check-${name}`, true))
      }
    },
    LIMIT,
  )

  test('F21: tidy finds no error in html', async () => {
    run(
      'tidy',
      '-q',
      '-e',
      '--show-warnings',
      'no',
      '--drop-empty-elements',
      'no',
      await file('html', all, 'tidy'),
    )
  })
})

/** Lines with what they are, as our reader finds them. */
function linesIn(path: string): string[] {
  const found = readFile(readFileSync(path), path, false)
  const read =
    'nodes' in found ? readHtml(nodesAsSource(found.nodes), { formats: pluginFormats }) : found.content
  return linesOf(read, pluginFormats).map(
    ({ attributes, inserts }) =>
      `${JSON.stringify(attributes)} ${inserts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')}`,
  )
}

test.each([
  ['LibreOffice', 'docx'],
  ['LibreOffice', 'odt'],
  ['pandoc', 'docx'],
  ['pandoc', 'odt'],
  ['pandoc', 'epub'],
])(
  'F66, F67, F68: what %s makes as %s is read as what it is',
  async (program, type) => {
    const from = await file('html', everything, `from-${program}-${type}`)
    const path = join(folder, `from-${program}-${type}.${type}`)
    const filter = type === 'docx' ? 'docx:MS Word 2007 XML' : type
    if (program === 'pandoc') run('pandoc', from, '-o', path)
    else run('soffice', PROFILE, '--headless', '--convert-to', filter, '--outdir', folder, from)
    const lines = linesIn(path)
    for (const line of [
      '{"header":1} Weather & <station>',
      '{} # no heading, 1. no item',
      '{"list":"bullet"} one',
      '{"indent":1,"list":"ordered"} deeper',
      '{"indent":1,"list":"ordered"} deeper again',
      '{"list":"bullet"} two',
    ])
      expect(lines).toContain(line)
    expect(lines.some((line) => /"code-block":(?:true|"js")/.test(line) && line.includes('let a'))).toBe(true)
  },
  LIMIT,
)

test.each(['doc', 'rtf'] as const)(
  'F48: LibreOffice makes %s of a pad, and what it reads of it is the pad again',
  async (kind) => {
    const lines: string[] = []
    const converter = createConverter(
      { soffice: 'soffice', abiword: null },
      { warn: (line) => void lines.push(line) },
    )
    const made = await converter.write(bytesOf('docx', sourceOf(TEN)), kind)
    expect(convertedKindOf(made)).toBe(kind)
    const again = await converter.read(made, kind)
    const found = readFile(Buffer.from(again ?? []), 'x.docx', false)
    expect(JSON.stringify(found)).toContain('Section 10')
    expect(found.kind).toBe('docx')
    expect(lines).toEqual([])
  },
  LIMIT,
)

const TABLE = tableOfSensors('When')

test.each(['docx', 'odt', 'epub', 'html'] as const)(
  'TB14: pandoc finds the table in %s',
  async (type) => {
    const path = await file(type, [...TABLE, ...TEN], 'table')
    expect(counted(path, type === 'html' ? 'html' : type)['Table']).toBe(1)
  },
  LIMIT,
)

test(
  'TB14: a table in pages is a table for who cannot see them, and LibreOffice opens the one in odt',
  async () => {
    const path = await file('pdf', [...TABLE, ...TEN], 'table-pages')
    run('qpdf', '--check', path)
    const structure = run('pdfinfo', '-struct', path)
    for (const tag of ['Table', 'TR', 'TH', 'TD']) expect(structure).toMatch(new RegExp(`\\b${tag}\\b`))
    const odt = await file('odt', [...TABLE, ...TEN], 'table-odt')
    run('soffice', PROFILE, '--headless', '--convert-to', 'pdf', odt)
    expect(run('pdftotext', join(folder, 'table-odt.pdf'), '-')).toContain('Sensor')
    if (process.env['INKPAD_PICTURES']) {
      run('pdftoppm', '-png', '-r', '60', '-l', '1', path, join(process.env['INKPAD_PICTURES'], 'table-pdf'))
      run(
        'pdftoppm',
        '-png',
        '-r',
        '60',
        '-l',
        '1',
        join(folder, 'table-odt.pdf'),
        join(process.env['INKPAD_PICTURES'], 'table-odt'),
      )
    }
  },
  LIMIT,
)

test(
  'F76: LibreOffice reads pages; their words, headings and order are found again',
  async () => {
    const converter = createConverter({ soffice: 'soffice', abiword: null }, { warn: () => {} })
    const pages = readFileSync(await file('pdf', TEN, 'read-again'))
    const odt = await converter.read(pages, 'pdf')
    const found = readFile(Buffer.from(odt ?? []), 'x.odt', false)
    const content = 'nodes' in found ? readHtml(nodesAsSource(found.nodes), {}) : []
    const said = (of: Content): string[] =>
      linesOf(of).flatMap(({ attributes, inserts }) =>
        attributes['header'] === undefined ? [] : inserts.map(({ insert }) => String(insert)).join(''),
      )
    expect(said(content)).toEqual(said(TEN))
  },
  LIMIT,
)

test(
  'F48: where pages cannot be made by us LibreOffice makes them; without it the answer is that they cannot',
  async () => {
    const none = createPress({}, () =>
      spawn(process.execPath, ['-e', ''], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    )
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'made by another\n')
    const reader: PadReader = {
      head: async () => ({ revision: 1, id: '1 g' }),
      at: async () => ({ updates: [Y.encodeStateAsUpdate(doc)], clients: new Map(), created: 0, time: 0 }),
      past: async () => ({ base: [], time: 0, steps: [] }),
      chat: async () => [],
      people: async () => [],
      settings: async () => NO_PAD_SETTINGS,
    }
    const exporter = createExporter({ reader, formats: () => coreFormats, press: none })
    const pdf = {
      pad: 'x',
      shown: 'x',
      revision: null,
      lang: '',
      rtl: false,
      type: 'pdf',
      options: NO_OPTIONS,
    }
    const made = (soffice: string | null) =>
      makeFile({ exporter, converter: createConverter({ soffice, abiword: null }, { warn: () => {} }) }, pdf)
    await expect(made(null)).rejects.toMatchObject({ code: 'noFormat', status: 501 })
    const { file: bytes, mime } = await made('soffice')
    writeFileSync(join(folder, 'fallback.pdf'), bytes)
    expect(mime).toBe('application/pdf')
    expect(run('pdftotext', 'fallback.pdf', '-')).toContain('made by another')
    await exporter.close()
  },
  LIMIT,
)

describe('pages', () => {
  let path: string
  beforeAll(async () => {
    path = await file('pdf', [...all, ...TEN], 'pages', true)
  })

  test('F46: qpdf finds no fault', () => {
    expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found')
  })

  test('F46: every font is embedded and every letter has its Unicode', () => {
    const fonts = run('pdffonts', path).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(3)
    for (const font of fonts) expect(font).toMatch(/yes yes yes/)
  })

  test('F46: tagged, titled, on the paper that was chosen', () => {
    const facts = run('pdfinfo', path)
    expect(facts).toMatch(/Title:\s+weather/)
    expect(facts).toMatch(/Tagged:\s+yes/)
    expect(facts).toMatch(/Page size:\s+595/)
  })

  test.each([
    ['Greek', 'Ελληνικά'],
    ['Cyrillic', 'Русский'],
    ['Hebrew', 'עברית'],
    ['Arabic', 'العربية'],
    ['Chinese', '中文'],
    ['Japanese', '日本語'],
    ['emoji', '😀'],
    ['Latin', 'Größe, ñandú, Łódź, œuvre'],
  ])('F46: %s can be selected as it was written', async (_script, words) => {
    const one = await file('pdf', [{ insert: `${words}\n` }], 'script')
    // Marks of direction are poppler's own.
    expect(run('pdftotext', one, '-').replace(/[\u200e\u200f\u202a-\u202e]/g, '')).toContain(words)
  })
})

test('F22: pandoc reads our Markdown as what it is', async () => {
  const found = counted(await file('md', TEN, 'ten'), 'gfm')
  expect(found).toMatchObject({
    Header: 11,
    Strong: 50,
    Emph: 50,
    Strikeout: 50,
    CodeBlock: 4,
    BlockQuote: 3,
    OrderedList: 10,
  })
  expect(readFileSync(await file('md', TEN, 'ten'), 'utf8')).toContain('```js')
})
