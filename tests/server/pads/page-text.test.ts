import { expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { createPads } from '../../../server/pads/pads.ts'
import { createPageTexts } from '../../../server/pads/page-text.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { richFormats } from '../../support/formats.ts'
import { startServer } from '../../support/server.ts'

/** A text of so many lines, and how often it was read. */
function textOf(lines: number) {
  const text = new Y.Doc().getText('text')
  text.insert(0, Array.from({ length: lines }, (_, at) => `line ${at}\n`).join(''))
  return { text, reads: jest.spyOn(text, 'toDelta') }
}

test('Page text: is made once for a revision, and anew for the next', () => {
  const texts = createPageTexts()
  const { text, reads } = textOf(3)
  const first = texts.html('x', text, 4)
  expect(texts.html('x', text, 4)).toBe(first)
  expect(reads).toHaveBeenCalledTimes(1)
  text.insert(0, 'new ')
  expect(texts.html('x', text, 5)).toContain('<p>new line 0</p>')
  expect(reads).toHaveBeenCalledTimes(2)
})

test('Page text: the same revision of another document of the name is another text', () => {
  const texts = createPageTexts()
  texts.html('x', textOf(1).text, 4)
  expect(texts.html('x', textOf(2).text, 4)).toContain('line 1')
})

test('Page text: is drawn with the formats in use, and anew when a plugin is switched', () => {
  let formats = coreFormats
  const texts = createPageTexts(undefined, () => formats)
  const text = new Y.Doc().getText('text')
  text.applyDelta([{ insert: 'a' }, { insert: '\n', attributes: { align: 'right' } }])
  expect(texts.html('x', text, 1)).toBe('<p>a</p>\n')
  formats = richFormats
  expect(texts.html('x', text, 1)).toBe('<p class="align-right">a</p>\n')
})

test('EM7: links that lead elsewhere open a tab of their own, wherever they stand; those within the text do not', () => {
  const text = new Y.Doc().getText('text')
  text.applyDelta([
    { insert: 'out', attributes: { link: 'https://example.org/' } },
    { insert: ' and ' },
    { insert: 'down', attributes: { link: '#L3' } },
    { insert: '\n', attributes: { list: { kind: 'bullet', level: 1 } } },
  ])
  const html = createPageTexts().html('x', text, 1)
  expect(html.match(/<a [^>]*>/g)).toEqual([
    '<a href="https://example.org/" rel="noopener noreferrer nofollow" target="_blank">',
    '<a href="#L3">',
  ])
})

test('Page text: no more is kept than said; who was asked for longest ago goes first', () => {
  const pads = { a: textOf(2), b: textOf(2), c: textOf(2) }
  const size = createPageTexts().html('x', pads.a.text, 1).length
  const texts = createPageTexts(2 * size)
  for (const reads of Object.values(pads)) reads.reads.mockClear()
  for (const pad of ['a', 'b', 'a', 'c', 'a', 'b'] as const) texts.html(pad, pads[pad].text, 1)
  expect([pads.a, pads.b, pads.c].map(({ reads }) => reads.mock.calls.length)).toEqual([1, 2, 1])
})

test('Page text: a long text stands in chunks, with all its lines in order; a short one does not', () => {
  const texts = createPageTexts()
  const long = texts.html('long', textOf(1050).text, 1)
  expect(long.match(/<div class="chunk">/g)).toHaveLength(11)
  expect(long.match(/<p>line \d+<\/p>/g)).toEqual(
    Array.from({ length: 1050 }, (_, at) => `<p>line ${at}</p>`),
  )
  expect(texts.html('short', textOf(150).text, 1)).not.toContain('chunk')
})

test('Page text: a long list is cut too, and its numbers go on over the cuts', () => {
  const text = new Y.Doc().getText('text')
  const lines = Array.from({ length: 450 }, (_, at) => [
    { insert: `item ${at}` },
    { insert: '\n', attributes: { list: 'ordered', ...(at === 250 ? { start: 7 } : {}) } },
  ])
  text.applyDelta(lines.flat())
  const html = createPageTexts().html('x', text, 1)
  expect(html.match(/<ol[^>]*>/g)).toEqual([
    '<ol>',
    '<ol start="101">',
    '<ol start="201">',
    '<ol start="57">',
    '<ol start="157">',
  ])
  expect(html).toContain('<li value="7">item 250</li>')
  expect(html.match(/<div class="chunk">/g)).toHaveLength(5)
  expect(html.match(/item \d+/g)).toHaveLength(450)
})

test('Page text: each edit of a pad is in the page that is asked for after it', async () => {
  const server = await startServer()
  try {
    const { sync, store } = server
    const pads = createPads({ store, sync })
    await sync.withDocument('p/x', () => undefined, { create: true })
    const wanted: string[] = []
    for (const word of ['one', 'two', 'three']) {
      await sync.withDocument('p/x', (doc) => doc.getText('text').insert(0, `${word}\n`))
      wanted.unshift(`<p>${word}</p>`)
      const html = (await pads.html('x')) ?? ''
      expect(html.match(/<p>(one|two|three)<\/p>/g)).toEqual(wanted)
      expect(await pads.html('x')).toBe(html)
    }
    await sync.withDocument('p/x', (doc) => doc.getText('text').delete(0, 6))
    expect(await pads.html('x')).not.toContain('three')
  } finally {
    await server.stop()
  }
})
