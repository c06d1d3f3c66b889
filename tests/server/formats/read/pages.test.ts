/** SPEC-formats F76: pages made of pieces are a text again. */
import { expect, test } from '@jest/globals'
import { sourceOf } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import type { Insert } from '../../../../shared/text/delta.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { zipOf } from './archives.ts'

interface Piece {
  text: string
  /** In points. */
  x?: number
  y: number
  width?: number
  page?: number
  size?: number
  bold?: boolean
}

const NAMES = ['office', 'text', 'drawing', 'style', 'xsl-fo-compatible', 'svg-compatible']
  .map((name) => {
    const prefix = { drawing: 'draw', 'xsl-fo-compatible': 'fo', 'svg-compatible': 'svg' }[name] ?? name
    return `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`
  })
  .join(' ')

/** An archive as LibreOffice makes it of pages: pieces in any order. */
function pagesOf(pieces: readonly Piece[]): Buffer {
  const styles = pieces.map(
    ({ size = 11, bold }, at) =>
      `<style:style style:name="T${at}" style:family="text"><style:text-properties fo:font-size="${size}pt"${bold ? ' fo:font-weight="bold"' : ''}/></style:style>`,
  )
  const frames = pieces.map(
    ({ text, x = 72, y, width = 400, page = 1 }, at) =>
      `<draw:frame text:anchor-type="page" text:anchor-page-number="${page}" svg:x="${x / 72}in" svg:y="${y / 72}in" svg:width="${width / 72}in" svg:height="0.2in"><draw:text-box><text:p><text:span text:style-name="T${at}">${text}</text:span></text:p></draw:text-box></draw:frame>`,
  )
  const content = `<office:document-content ${NAMES}><office:automatic-styles>${styles.join('')}</office:automatic-styles><office:body><office:text>${frames.reverse().join('')}<text:p/></office:text></office:body></office:document-content>`
  return zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    { name: 'content.xml', content },
  ])
}

function read(...pieces: Piece[]): readonly Insert[] {
  const found = readFile(pagesOf(pieces), 'x.odt', false)
  if (!('nodes' in found)) throw new Error('no nodes')
  return readHtml(sourceOf(found.nodes), {})
}
const line = (text: string, attributes?: Insert['attributes']): Insert[] => [
  { insert: text },
  attributes ? { insert: '\n', attributes } : { insert: '\n' },
]

test('F76: full lines that follow closely are one paragraph, a divided word is whole again, a short line ends it', () => {
  expect(
    read(
      { text: 'The wind was mea-', y: 100 },
      { text: 'sured on the hill', y: 113 },
      { text: 'every day.', y: 126, width: 60 },
      { text: 'Another one.', y: 139 },
    ),
  ).toEqual([...line('The wind was measured on the hill every day.'), ...line('Another one.')])
})

test('F76: larger letters are headings, the largest first; pieces beside each other are one line', () => {
  expect(
    read(
      { text: 'Station', y: 60, size: 22, width: 90 },
      { text: 'Parts', y: 90, size: 15, width: 50 },
      { text: 'Two', y: 120, width: 20, bold: true },
      { text: 'sensors', y: 121, x: 96, width: 380 },
    ),
  ).toEqual([
    ...line('Station', { header: 1 }),
    ...line('Parts', { header: 2 }),
    { insert: 'Two', attributes: { bold: true } },
    ...line(' sensors'),
  ])
})

test('F76: columns are read one after the other, numbers of pages are left out, pages follow each other', () => {
  const column = (name: string, x: number): Piece[] =>
    [0, 1, 2, 3, 4].map((at) => ({ text: `${name}${at}`, x, y: 100 + at * 40, width: 150 }))
  const lines = read(
    { text: 'Across', y: 60, width: 450 },
    ...column('a', 72),
    ...column('b', 350),
    { text: '3 / 4', y: 780, width: 20, x: 280 },
    { text: 'Next', y: 60, page: 2 },
  )
    .map(({ insert }) => insert)
    .join('')
  expect(lines).toBe('Across\na0\na1\na2\na3\na4\nb0\nb1\nb2\nb3\nb4\nNext\n')
})

test('F76: lines with a sign before them are items', () => {
  expect(
    read(
      { text: 'Bring:', y: 100, width: 40 },
      { text: '•', y: 113, width: 5 },
      { text: 'a lamp', x: 90, y: 113, width: 40 },
      { text: '• a map', y: 126, width: 60 },
    ),
  ).toEqual([...line('Bring:'), ...line('a lamp', { list: 'bullet' }), ...line('a map', { list: 'bullet' })])
})
