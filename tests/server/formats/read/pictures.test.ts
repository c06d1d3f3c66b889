/** Pictures of files that come in (SPEC-formats F80). */
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import type { FileReading } from '../../../../server/formats/read/types.ts'
import { coreFormats, extendFormats } from '../../../../shared/text/formats.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { exif, jpegFile, jpegSegment, pngFile } from '../../../support/picture-files.ts'
import { bytesOf, sourceOf } from '../sources.ts'

const PNG = pngFile(40, 20)
const keyOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url')
const KEY = keyOf(PNG)
const formats = extendFormats(coreFormats, {
  exports: {
    image: {
      picture: (value) => ({
        caption: '',
        side: null,
        part: null,
        width: 40,
        height: 20,
        ...(value as { key: string; alt: string }),
      }),
    },
  },
  imports: {
    image: ({ tag, attribute }) =>
      tag === 'img' && attribute('data-picture') !== ''
        ? { key: attribute('data-picture').split(' ')[0], alt: attribute('alt') }
        : undefined,
  },
})

function embedsOf(found: FileReading): unknown[] {
  if (!('nodes' in found)) return []
  return readHtml(nodesAsSource(found.nodes), { formats }).flatMap(({ insert }) =>
    typeof insert === 'string' ? [] : [insert],
  )
}
const keysOf = ({ pictures }: FileReading): string[] => pictures.map(({ key }) => key)
const html = (body: string): FileReading =>
  readFile(Buffer.from(`<!doctype html><p>${body}</p>`), 'x.html', false)

describe('F80: pictures of files', () => {
  test.each(['html', 'md', 'docx', 'odt', 'epub'])(
    'what we write as %s is read with its pictures',
    (type) => {
      const content = [
        { insert: 'A tree ' },
        { insert: { image: { key: KEY, alt: 'An oak' } } },
        { insert: ' and again ' },
        { insert: { image: { key: KEY, alt: 'An oak' } } },
        { insert: '\n' },
      ]
      const pictures = new Map([[KEY, { mime: 'image/png', bytes: PNG }]])
      const found = readFile(
        Buffer.from(bytesOf(type, sourceOf(content, { formats, pictures }))),
        `x.${type}`,
        false,
      )
      expect(keysOf(found)).toEqual([KEY])
      expect(found.left.pictures).toBe(0)
      expect(embedsOf(found)).toEqual([
        { image: { key: KEY, alt: 'An oak' } },
        { image: { key: KEY, alt: 'An oak' } },
      ])
    },
  )

  test('F69: what we write as json is read with its pictures; what is none there is counted', () => {
    const content = [
      { insert: 'A tree ' },
      { insert: { image: { key: KEY, alt: 'An oak' } } },
      { insert: '\n' },
    ]
    const pictures = new Map([[KEY, { mime: 'image/png', bytes: PNG }]])
    const written = JSON.parse(
      Buffer.from(bytesOf('json', sourceOf(content, { formats, pictures }))).toString(),
    ) as object
    const found = readFile(Buffer.from(JSON.stringify(written)), 'x.json', false)
    expect(keysOf(found)).toEqual([KEY])
    expect('content' in found && found.content).toEqual(content)
    const spoilt = { ...written, pictures: { a: { type: 'image/png', bytes: 'bm9uZQ==' }, b: 7 } }
    expect(readFile(Buffer.from(JSON.stringify(spoilt)), 'x.json', false)).toMatchObject({
      pictures: [],
      left: { pictures: 2 },
    })
  })

  test('places and cameras are cut out before anything is kept', () => {
    const laden = jpegFile([jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(1)]))])
    const found = html(`<img src="data:image/jpeg;base64,${laden.toString('base64')}">`)
    expect(keysOf(found)).toEqual([keyOf(jpegFile())])
    expect(Buffer.from(found.pictures[0]?.bytes ?? []).includes('GPS')).toBe(false)
  })

  test('what is elsewhere, no picture, or a drawing with scripts stays behind and is counted', () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ).toString('base64')
    const addresses = [
      'https://elsewhere.example/x.png',
      'file:///etc/passwd',
      `data:image/svg+xml;base64,${svg}`,
      `data:image/png;base64,${svg}`,
      'data:text/html,<script>alert(1)</script>',
      'x.png',
      '',
    ]
    const found = html(addresses.map((one) => `<img src='${one}'>`).join(''))
    expect([found.pictures.length, found.left.pictures]).toEqual([0, addresses.length])
  })

  test('what says it is a kept picture without being in the file gets no bytes', () => {
    const found = html(`<img data-picture="${KEY} 40 20" src="https://elsewhere.example/x.png">`)
    expect(found.pictures).toEqual([])
  })
})
