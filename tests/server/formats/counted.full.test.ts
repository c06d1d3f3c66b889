/** What pandoc counts in our files of a pad with several tables and pictures is what stands in the pad. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { sections } from '../../../bench/formats/document.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { isEmbed, linesOf } from '../../../shared/text/lines.ts'
import { tableOfEmbed } from '../../../shared/text/table/value.ts'
import { pngFile } from '../../support/picture-files.ts'
import { programsIn } from '../../support/programs.ts'
import { galleryFormats } from './gallery.ts'
import { bytesOf, sourceOf } from './sources.ts'

const LIMIT = 180_000
const folder = mkdtempSync(join(tmpdir(), 'inkpad-counted-'))
const run = programsIn(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KEYS = ['a', 'b', 'c'].map((letter) => letter.repeat(43))
const PICTURES = new Map(
  KEYS.map((key, at) => [key, { mime: 'image/png', bytes: pngFile(24 + at, 16, [], [70, 130, 90]) }]),
)
const image = (at: number, more: Record<string, unknown> = {}): Insert => ({
  insert: { image: { key: KEYS[at] ?? '', width: 24 + at, height: 16, alt: `Hill ${at}`, ...more } },
})
const cells = (...contents: Insert[][]) => ({ cells: contents.map((content) => ({ content })) })
const table = (more: Record<string, unknown>, ...rows: ReturnType<typeof cells>[]): Insert[] => [
  { insert: { table: { columns: [{}, {}], ...more, rows } } },
  { insert: '\n' },
]
const END: Insert = { insert: '\n' }
const [one, two, three] = [1, 2, 3].map((first) => sections(3, first))

/** Pictures alone, in words, with a caption, at a side, twice the same, in a cell; tables with and without headers. */
const CONTENT: Content = [
  ...(one ?? []),
  image(0),
  END,
  { insert: 'before ' },
  image(1),
  { insert: ' and after' },
  END,
  image(2, { caption: 'The station & its hill' }),
  END,
  ...table(
    { headerRow: true },
    cells([{ insert: 'Sensor' }], [{ insert: 'When' }]),
    cells([{ insert: 'Wind' }], [{ insert: 'hourly' }]),
  ),
  ...(two ?? []),
  image(0, { align: 'right', show: 30 }),
  END,
  ...table(
    {},
    cells([{ insert: 'a' }], [image(1)]),
    cells([{ insert: 'see ' }, { insert: 'there', attributes: { link: 'https://example.org/cell' } }], []),
  ),
  ...(three ?? []),
  ...table(
    { headerRow: true, headerColumn: true },
    cells([{ insert: 'x' }], [{ insert: 'y' }]),
    cells([{ insert: 'z' }], [{ insert: 'bold', attributes: { bold: true } }]),
  ),
]

type Counts = Record<string, number>
const MARKS = {
  bold: 'Strong',
  italic: 'Emph',
  underline: 'Underline',
  strike: 'Strikeout',
  code: 'Code',
  link: 'Link',
}

/** How much of each stands in a content, in pandoc's names. */
function standing(content: Content, counts: Counts = {}): Counts {
  const add = (kind: string): void => void (counts[kind] = (counts[kind] ?? 0) + 1)
  let lists: { kind: unknown; level: number }[] = []
  let before: Record<string, unknown> = {}
  for (const { attributes, inserts } of linesOf(content, galleryFormats)) {
    if ('header' in attributes) add('Header')
    if ('code-block' in attributes && !('code-block' in before)) add('CodeBlock')
    if ('blockquote' in attributes && !('blockquote' in before)) add('BlockQuote')
    const { list: kind, indent } = attributes
    const level = Number(indent ?? 0)
    lists =
      kind === undefined
        ? []
        : lists.filter((open) => open.level < level || (open.level === level && open.kind === kind))
    if (kind !== undefined && lists.at(-1)?.level !== level) {
      lists.push({ kind, level })
      add(kind === 'ordered' ? 'OrderedList' : 'BulletList')
    }
    before = attributes
    for (const { insert, attributes: marks = {} } of inserts) {
      for (const [name, kindOf] of Object.entries(MARKS)) if (name in marks) add(kindOf)
      if (!isEmbed(insert)) continue
      if ('image' in insert) add('Image')
      const value = tableOfEmbed(insert)
      if (!value) continue
      add('Table')
      for (const cell of value.rows.flatMap((row) => row.cells)) standing(cell.content, counts)
    }
  }
  return counts
}

/** What pandoc finds in a file. */
function found(path: string, from: string): Counts {
  const stdout = run('pandoc', '-f', from, '-t', 'json', path)
  const counts: Counts = {}
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look)
    else if (typeof value === 'object' && value !== null) {
      if ('t' in value && typeof value.t === 'string') counts[value.t] = (counts[value.t] ?? 0) + 1
      Object.values(value).forEach(look)
    }
  }
  look(JSON.parse(stdout))
  return counts
}

const STRUCTURE = ['Header', 'BulletList', 'OrderedList', 'Table', 'Image', 'Link', 'Strong', 'Strikeout']
const REST = ['Emph', 'Underline', 'Code', 'CodeBlock', 'BlockQuote']

test.each([
  ['docx', 'docx', [...STRUCTURE, ...REST]],
  ['odt', 'odt', STRUCTURE],
  ['html', 'html', [...STRUCTURE, ...REST]],
  ['epub', 'epub', [...STRUCTURE, ...REST]],
  ['md', 'gfm', [...STRUCTURE, 'Emph', 'Code', 'CodeBlock', 'BlockQuote']],
])(
  'F21, F22, F41, F44, F45, TB14: pandoc counts in %s what stands in the pad',
  (type, from, kinds) => {
    const path = join(folder, `counted.${type}`)
    writeFileSync(path, bytesOf(type, sourceOf(CONTENT, { formats: galleryFormats, pictures: PICTURES })))
    const counts = found(path, from)
    // Markdown has no captions: there one is a line in italics.
    const wanted = standing(CONTENT, type === 'md' ? { Emph: 1 } : {})
    expect([wanted['Table'], wanted['Image'], wanted['Header']]).toEqual([3, 5, 12])
    expect(kinds.map((kind) => [kind, counts[kind] ?? 0])).toEqual(kinds.map((kind) => [kind, wanted[kind]]))
  },
  LIMIT,
)
