/**
 * Documents against the schemas of their standards, by others' programs: Microsoft's own validator of Open XML
 * (@ooxml-tools/validate), and Jing with the grammar of OpenDocument that libjopendocument-java brings. That grammar is
 * of 1.2, which 1.3 only adds to; we write nothing it added, so all that differs is the number of the version.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { sections } from '../../../bench/formats/document.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { PadSource } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { anyContent } from '../../support/content.ts'
import { gifFile, jpegFile, pngFile } from '../../support/picture-files.ts'
import { partsOf } from './archives.ts'
import { gallerySource } from './gallery.ts'
import { tableOfSensors, withFigures } from './illustrated.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'

const LIMIT = 300_000
const JAVA = '/usr/share/java'
const folder = mkdtempSync(join(tmpdir(), 'inkpad-schema-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const formats = withFigures(pluginFormats)
const KEYS = ['p', 'j', 'g'].map((letter) => letter.repeat(43))
const PICTURES = new Map(
  [pngFile(40, 20), jpegFile(), gifFile()].map((bytes, at) => [
    KEYS[at] ?? '',
    { mime: ['image/png', 'image/jpeg', 'image/gif'][at] ?? '', bytes },
  ]),
)
const image = (at: number, more: object = {}): Content[number] => ({
  insert: { image: { key: KEYS[at] ?? '', ...more } },
})
const note = (text: string): Content[number] => ({ insert: { footnote: { text } } })
const ILLUSTRATED: Content = [
  { insert: 'A tree ' },
  image(0, { alt: 'An <oak> & "ash"' }),
  note('Seen & <drawn>'),
  { insert: '\n' },
  image(1, { alt: 'Again', caption: 'At *home*', side: 'right', part: 0.5 }),
  { insert: '\n' },
  image(2, { side: 'left' }),
  { insert: '\nitem ' },
  image(2),
  note(''),
  { insert: '\n', attributes: { list: 'ordered' } },
  { insert: 'quoted' },
  note('second'),
  { insert: '\n', attributes: { blockquote: true } },
]
const TABLE = tableOfSensors('עברית')
const ALL = [...everything, ...rich, ...TABLE, ...ILLUSTRATED, ...TABLE]
const EVERY_OPTION = { ...NO_OPTIONS, toc: true, cover: true, authors: true, lineNumbers: true }
const made = (type: string, content: Content, more: Partial<PadSource> = {}): Uint8Array =>
  bytesOf(type, sourceOf(content, { formats, people: PEOPLE, pictures: PICTURES, ...more }))

/** Texts by what they show. */
async function documents(type: string): Promise<Map<string, Uint8Array>> {
  const gallery = await gallerySource(type, pngFile(240, 160))
  const found = new Map<string, Uint8Array>([
    ['boards, contents and figures', bytesOf(type, gallery)],
    [
      'boards, contents and figures, from right to left',
      bytesOf(type, { ...gallery, rtl: true, options: EVERY_OPTION }),
    ],
    ['an empty text', made(type, [])],
    ['everything', made(type, ALL)],
    ['everything, with every option', made(type, ALL, { options: EVERY_OPTION })],
    [
      'everything, from right to left, on letter paper',
      made(type, ALL, { rtl: true, lang: 'ar', options: { ...EVERY_OPTION, paper: 'letter' } }),
    ],
    ['everything, in Japanese', made(type, ALL, { lang: 'ja', title: 'a < b & "c"' })],
    ['sections', made(type, sections(10))],
  ])
  fc.sample(fc.tuple(anyContent(20), fc.string({ unit: 'binary' })), { numRuns: 12, seed: 7 }).forEach(
    ([content, words], at) => {
      found.set(`random ${at}`, made(type, [...content, { insert: `${words}\n` }], { options: EVERY_OPTION }))
    },
  )
  return found
}

const VALIDATE = `
import { readFileSync } from 'node:fs'
import validate from '@ooxml-tools/validate'
const found = {}
for (const path of process.argv.slice(1))
  found[path] = (await validate(readFileSync(path), 'docx', 'Office2019')).map((one) => one.path.partUri + ' ' + one.path.xpath + ': ' + one.description)
process.stdout.write(JSON.stringify(found), () => process.exit(0))
`

/** What Microsoft's validator says of documents, by their names. */
function wordFaults(files: ReadonlyMap<string, Uint8Array>): Map<string, unknown> {
  const paths = new Map(
    [...files].map(([name, bytes], at) => {
      const path = join(folder, `${at}.docx`)
      writeFileSync(path, bytes)
      return [path, name]
    }),
  )
  const said = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', VALIDATE, '--', ...paths.keys()],
    {
      encoding: 'utf8',
      timeout: LIMIT,
      maxBuffer: 50_000_000,
    },
  )
  return new Map(
    Object.entries(JSON.parse(said) as Record<string, unknown>).map(([path, faults]) => [
      paths.get(path) ?? path,
      faults,
    ]),
  )
}

test(
  'F41: whatever the text, Microsoft’s validator finds nothing wrong in docx; what is out of order it does find',
  async () => {
    const files = await documents('docx')
    const parts = unzipSync(made('docx', ALL))
    const document = new TextDecoder().decode(parts['word/document.xml'])
    const turned = document.replace(/(<w:pStyle [^>]*\/>)(<w:numPr>.*?<\/w:numPr>)/, '$2$1')
    expect(turned).not.toBe(document)
    const found = wordFaults(
      files.set('out of order', zipSync({ ...parts, 'word/document.xml': strToU8(turned) })),
    )
    expect(found.get('out of order')).toEqual([expect.stringContaining('unexpected child element')])
    found.delete('out of order')
    for (const [name, faults] of found) expect([name, faults]).toEqual([name, []])
    expect(found.size).toBe(files.size - 1)
  },
  LIMIT,
)

/** The grammar of OpenDocument 1.2, of another's package. */
function grammar(): string {
  const jar = join(JAVA, 'jOpenDocument-1.3.jar')
  if (!existsSync(jar)) throw new Error('this test needs libjopendocument-java')
  const found = Object.values(
    unzipSync(readFileSync(jar), { filter: ({ name }) => name.endsWith('/OpenDocument-v1.2-schema.rng') }),
  )
  const path = join(folder, 'odf.rng')
  writeFileSync(path, found[0] ?? '')
  return path
}

/** What Jing says of parts of documents. */
function grammarFaults(schema: string, parts: ReadonlyMap<string, string>): string {
  const paths = [...parts].map(([name, xml]) => {
    const path = join(folder, name)
    // The one thing that 1.2 writes otherwise.
    writeFileSync(path, xml.replace('office:version="1.3"', 'office:version="1.2"'))
    return path
  })
  const { stdout, error } = spawnSync(
    'java',
    ['-cp', join(JAVA, 'jing.jar'), 'com.thaiopensource.relaxng.util.Driver', '-i', schema, ...paths],
    { encoding: 'utf8', timeout: LIMIT, maxBuffer: 50_000_000 },
  )
  if (error) throw new Error(`Java is needed for this test: ${error.message}`)
  return stdout.replaceAll(`${folder}/`, '')
}

test(
  'F44: whatever the text, every part of odt is as the grammar of OpenDocument has it; what is not, Jing finds',
  async () => {
    const schema = grammar()
    const parts = new Map<string, string>()
    const names: string[] = []
    for (const [name, bytes] of await documents('odt')) {
      for (const [path, xml] of partsOf(bytes))
        if (/^(?:content|styles|meta)\.xml$/.test(path)) parts.set(`${names.length}-${path}`, xml)
      names.push(name)
    }
    expect(parts.size).toBe(names.length * 3)
    expect(grammarFaults(schema, parts)).toBe('')
    const wrong = new Map([
      ['wrong.xml', (parts.get('1-content.xml') ?? '').replace('<text:p', '<text:table/><text:p')],
    ])
    expect(grammarFaults(schema, wrong)).toContain('text:table')
  },
  LIMIT,
)
