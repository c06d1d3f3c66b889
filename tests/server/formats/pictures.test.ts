/** Pictures and notes in files (SPEC-formats F17, F18). */
import { afterAll, describe, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import {
  askedOf,
  rulesAskedOf,
  rulesToldBy,
  tableNames,
  tableOf,
  toldBy,
} from '../../../server/formats/portable.ts'
import { createPress } from '../../../server/formats/pdf/press.ts'
import { walk } from '../../../server/formats/walk.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { gifFile, jpegFile, pngFile, webpFile } from '../../support/picture-files.ts'
import { faults, partsOf } from './archives.ts'
import { withFigures } from './illustrated.ts'
import { bytesOf, sourceOf, textOf } from './sources.ts'

const KEY = 'p'.repeat(43)
const OTHER = '_'.repeat(43)
const PNG = pngFile(40, 20)
const formats = withFigures(coreFormats)
const content: Content = [
  { insert: 'A tree ' },
  { insert: { image: { key: KEY, alt: 'An <oak> & "ash"' } } },
  { insert: ' in the line' },
  { insert: { footnote: { text: 'Seen & <drawn>' } } },
  { insert: '.\n' },
  { insert: { image: { key: KEY, alt: 'Again', caption: 'At *home*', side: 'right', part: 0.5 } } },
  { insert: '\n' },
  { insert: { image: { key: OTHER, alt: 'not here' } } },
  { insert: '\nlast' },
  { insert: { footnote: { text: 'second' } } },
  { insert: '\n' },
]
const pictures = new Map([[KEY, { mime: 'image/png', bytes: PNG }]])
const source = sourceOf(content, { formats, pictures })
const BASE64 = PNG.toString('base64')

const press = createPress()
afterAll(() => press.close())

describe('F17, F18: pictures and notes', () => {
  test('html holds them in itself, and notes lead there and back', () => {
    const page = textOf('html', source)
    expect(page).toContain(`src="data:image/png;base64,${BASE64}"`)
    expect(page).toContain('alt="An &lt;oak&gt; &amp; &quot;ash&quot;"')
    expect(page).toMatch(
      /<figure style="margin: 1em 0; text-align: end"><img [^>]*width: 50%[^>]*><figcaption>At \*home\*<\/figcaption>/,
    )
    expect(page).toContain('not here')
    expect(page).toContain('<a href="#note-1" id="note-ref-1" role="doc-noteref">1</a>')
    expect(page).toMatch(/<li id="note-1">Seen &amp; &lt;drawn&gt; <a href="#note-ref-1"/)
    expect(page).toMatch(/<li id="note-2">second/)
  })

  test('md refers to both, and has each once at the end', () => {
    const text = textOf('md', source)
    expect(text).toContain('![An \\<oak\\> & "ash"][picture-pppppppppp] in the line[^1].')
    expect(text).toContain('*At \\*home\\**')
    expect(text).toContain('[^2]: second')
    expect(text.split(`[picture-pppppppppp]: data:image/png;base64,${BASE64}`)).toHaveLength(2)
    expect(text).toContain('not here')
  })

  test('txt has the words, and the notes at the end', () => {
    expect(textOf('txt', source)).toBe(
      'A tree An <oak> & "ash" in the line[1].\nAgain (At *home*)\nnot here\nlast[2]\n\n[1] Seen & <drawn>\n[2] second\n',
    )
  })

  test('json has what is there', () => {
    expect(textOf('json', source)).toContain('{"footnote":{"text":"Seen & <drawn>"}}')
  })

  test.each(['docx', 'odt', 'epub'])('%s holds each picture once, named, and is well formed', (type) => {
    const file = bytesOf(type, source)
    const parts = partsOf(file)
    const files = Object.entries(unzipSync(file)).filter(([path]) => path.endsWith(`${KEY}.png`))
    expect(files.map(([, bytes]) => Buffer.compare(Buffer.from(bytes), PNG))).toEqual([0])
    for (const [path, text] of parts)
      if (/\.(xml|rels|xhtml|opf)$/.test(path)) expect([path, faults(text)]).toEqual([path, []])
    const all = [...parts].filter(([path]) => !path.endsWith('.png')).map(([, text]) => text)
    for (const words of ['An &lt;oak&gt; &amp; &quot;ash&quot;', 'At *home*', 'Seen &amp; &lt;drawn&gt;'])
      expect([words, all.some((text) => text.includes(words))]).toEqual([words, true])
  })

  test('docx has real footnotes, odt real notes; where there are none, no part of them', () => {
    const word = partsOf(bytesOf('docx', source))
    expect(word.get('word/document.xml')).toContain('<w:footnoteReference w:id="2"/>')
    expect(word.get('word/footnotes.xml')).toContain('Seen &amp; &lt;drawn&gt;')
    expect(word.get('[Content_Types].xml')).toContain('<Default Extension="png" ContentType="image/png"/>')
    expect(partsOf(bytesOf('docx', sourceOf([{ insert: 'x\n' }]))).has('word/footnotes.xml')).toBe(false)
    const open = partsOf(bytesOf('odt', source))
    expect(open.get('content.xml')).toContain('text:note-class="footnote"')
    expect(open.get('META-INF/manifest.xml')).toContain(`Pictures/${KEY}.png`)
  })

  test('pdf draws every kind that is kept', async () => {
    const kinds = {
      'image/png': PNG,
      'image/jpeg': jpegFile(),
      'image/webp': webpFile(),
      'image/gif': gifFile(),
    }
    const keys = Object.keys(kinds).map((_, at) => String(at).repeat(43))
    const all = new Map(
      Object.entries(kinds).map(([mime, bytes], at) => [
        keys[at] ?? '',
        { mime, bytes: new Uint8Array(bytes) },
      ]),
    )
    const each = keys.flatMap((key) => [{ insert: { image: { key, caption: 'one' } } }, { insert: '\n' }])
    const data = bytesOf(
      'pdf',
      sourceOf([...each, ...content], {
        formats,
        pictures: new Map<string, { mime: string; bytes: Uint8Array }>([...all, ...pictures]),
      }),
    )
    const made = Buffer.from(await press.press(data)).toString('latin1')
    expect(made.startsWith('%PDF-1.7')).toBe(true)
    expect(made.split('/Subtype /Image').length - 1).toBeGreaterThanOrEqual(5)
  }, 60_000)

  test('F14: the thread draws what the rules say on the server', () => {
    const names = structuredClone(tableNames(formats))
    const rules = structuredClone(rulesToldBy(formats, rulesAskedOf(content, names)))
    const table = tableOf(names, toldBy(formats, askedOf(content, names)), rules)
    expect(walk(content, { formats: table, pictures })).toEqual(walk(content, { formats, pictures }))
    expect(rules.flatMap(({ picture }) => picture?.key ?? [])).toEqual([KEY, KEY, OTHER])
  })
})
