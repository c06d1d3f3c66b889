/** Quotations in quotations: what they are in files, and that they come back. */
import { expect, test } from '@jest/globals'
import { sourceOf as nodesAsSource } from '../../../server/formats/importer.ts'
import { readFile } from '../../../server/formats/read/read.ts'
import { walk } from '../../../server/formats/walk.ts'
import { contentToHtml } from '../../../shared/text/html.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { linesOf } from '../../../shared/text/lines.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import { bytesOf, sourceOf, textOf } from './sources.ts'

const line = (text: string, attributes: Insert['attributes'] = {}): Insert[] => [
  { insert: text },
  { insert: '\n', attributes: { blockquote: true, ...attributes } },
]
const CONTENT: Content = [
  ...line('first said'),
  ...line('who was answered', { indent: 1 }),
  ...line('who had begun', { indent: 2 }),
  ...line('a title', { indent: 1, header: 2 }),
  ...line('an item', { list: 'bullet' }),
  ...line('below it', { list: 'bullet', indent: 1 }),
  ...line('first again'),
  { insert: 'nobody\n' },
  ...line('far in', { indent: 8 }),
]

const said = (content: Content): string[] =>
  linesOf(content)
    .map(
      ({ attributes, inserts }) =>
        `${JSON.stringify(Object.entries(attributes).sort(([a], [b]) => a.localeCompare(b)))} ${inserts.map(({ insert }) => String(insert)).join('')}`,
    )
    .filter((one) => one !== '[] ')

function back(type: string): Content {
  const found = readFile(Buffer.from(bytesOf(type, sourceOf(CONTENT))), `x.${type}`, false)
  return 'nodes' in found ? readHtml(nodesAsSource(found.nodes)) : found.content
}

test('F27: md writes as many signs as quotations', () => {
  expect(textOf('md', sourceOf(CONTENT)).split('\n')).toEqual([
    '> first said',
    '>',
    '> > who was answered',
    '> >',
    '> > > who had begun',
    '> >',
    '> > ## a title',
    '>',
    '> - an item',
    '>   - below it',
    '>',
    '> first again',
    '',
    'nobody',
    '',
    `${'> '.repeat(9)}far in`,
    '',
  ])
})

test('F27: html has them in one another, and no line of them is indented besides', () => {
  const html = textOf('html', sourceOf(CONTENT)).replace(/\n/g, '')
  expect(html).toContain(
    '<blockquote><p>first said</p><blockquote><p>who was answered</p><blockquote><p>who had begun</p></blockquote><h2>a title</h2></blockquote><ul>',
  )
  expect(html).not.toContain('class="indent-')
})

test.each(['html', 'epub', 'md'])('F27, P2: what %s has of quotations is read as it was', (type) => {
  expect(said(back(type))).toEqual(said(CONTENT))
})

test('P2: the clipboard brings them, too', () => {
  expect(said(readHtml(nodesAsSource(readFileOf(contentToHtml(CONTENT)))))).toEqual(said(CONTENT))
})

test('F27: documents have them further in, and nothing is lost on the way', () => {
  for (const type of ['docx', 'odt'])
    expect(said(back(type)).map((one) => one.replace(/^.* /, ''))).toEqual(
      said(CONTENT).map((one) => one.replace(/^.* /, '')),
    )
  expect(walk(CONTENT).map(({ kind }) => kind)).toEqual(['quote', 'paragraph', 'quote'])
})

function readFileOf(html: string) {
  const found = readFile(Buffer.from(html), 'x.html', false)
  if (!('nodes' in found)) throw new TypeError('HTML is nodes')
  return found.nodes
}
