import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parse } from 'parse5'
import type { DefaultTreeAdapterMap } from 'parse5'
import * as Y from 'yjs'
import { CORE_LINES, CORE_MARKS } from '../../../server/formats/marks.ts'
import { walk } from '../../../server/formats/walk.ts'
import { writtenContent } from '../../../server/formats/written.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { contentOf, linesOf, normalise } from '../../../shared/text/lines.ts'
import { plainText } from '../../../shared/text/plain.ts'
import { anyContent } from '../../support/content.ts'
import { richFormats } from '../../support/formats.ts'
import { sourceOf, textOf } from './sources.ts'

const TYPES = ['txt', 'html', 'md', 'json', 'etherpad']
const write = (type: string, content: Content, formats = coreFormats): string =>
  textOf(type, sourceOf(content, { formats }))

/** Blocks stand alone, and a kind of list nobody knows is none. */
function clean(content: Content): Insert[] {
  return contentOf(
    linesOf(content).map((line) => {
      const { list, ...attributes } = line.attributes
      if (line.block) return { ...line, attributes: {} }
      return list === 'odd' ? { ...line, attributes } : line
    }),
  )
}

describe('the walk', () => {
  test("F2, F3: every format of the core's table is handled", () => {
    const inline = [...coreFormats.inline.keys(), ...coreFormats.many.keys()]
    expect(Object.keys(CORE_MARKS).sort()).toEqual(inline.sort())
    expect([...CORE_LINES].sort()).toEqual([...coreFormats.line.keys()].sort())
  })

  test('F3: a format that draws itself comes with its element and CSS; off, it is not seen', () => {
    const content: Content = [
      { insert: 'x', attributes: { color: '#112233', script: 'sub' } },
      { insert: '\n', attributes: { align: 'center' } },
    ]
    const html = write('html', content, richFormats)
    expect(html).toContain('<sub>x</sub>')
    expect(html).toContain('style="color: #112233"')
    expect(html).toContain('style="text-align: center"')
    expect(write('md', content, richFormats)).toBe('<sub>x</sub>\n')
    expect(write('html', content)).toContain('<p>x</p>')
    expect(write('json', content)).toContain('{"attributes":{"color":"#112233","script":"sub"},"insert":"x"}')
  })

  test('F1: neighbours that look the same are one run, whoever wrote them', () => {
    const content: Content = [
      { insert: 'a', attributes: { author: 'a.1' } },
      { insert: 'b', attributes: { author: 'a.2', glow: 1 } },
      { insert: '\n' },
    ]
    expect(walk(content)).toMatchObject([{ runs: [{ text: 'ab', marks: { author: null } }] }])
    expect(walk(content, { authors: true })).toMatchObject([
      {
        runs: [
          { text: 'a', marks: { author: 'a.1' } },
          { text: 'b', marks: { author: 'a.2' } },
        ],
      },
    ])
  })
})

describe('all writers', () => {
  test.each(TYPES)(
    'F10: %s is the same for the same text, in one line end form, and never throws',
    (type) => {
      fc.assert(
        fc.property(anyContent(), (content) => {
          const one = write(type, content)
          expect(write(type, structuredClone(content))).toBe(one)
          expect(one.endsWith('\n')).toBe(true)
          expect(one).not.toContain('\r')
        }),
        { numRuns: 150 },
      )
    },
  )
})

test('F20: txt says what getText says', () => {
  fc.assert(
    fc.property(anyContent(30), (content) => {
      expect(write('txt', clean(content))).toBe(plainText(clean(content)))
    }),
    { numRuns: 300 },
  )
})

type Node = DefaultTreeAdapterMap['node']

function wordsOf(node: Node, out: string[] = []): string[] {
  if (node.nodeName === '#text' && 'value' in node) out.push(node.value)
  if (node.nodeName === 'head') return out
  if ('childNodes' in node) for (const child of node.childNodes) wordsOf(child, out)
  return out
}

function tagsOf(node: Node, out: Set<string> = new Set()): Set<string> {
  out.add(node.nodeName)
  if ('attrs' in node) for (const { name } of node.attrs) expect(name).not.toMatch(/^on/)
  if ('childNodes' in node) for (const child of node.childNodes) tagsOf(child, out)
  return out
}

describe('html', () => {
  const bare = (text: string): string => text.replace(/\s/g, '')

  test('F21: parsed, the page says the same words, and holds no element of anybody else', () => {
    const known = new Set(
      '#document #documentType #text html head meta title style body main p br hr h1 h2 ul ol li label input pre code blockquote a strong em u s figure span'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(anyContent(20), (content) => {
        const page = parse(write('html', content))
        const words = linesOf(content)
          .flatMap(({ inserts }) => inserts)
          .map(({ insert }) =>
            typeof insert === 'string' ? insert : 'divider' in insert ? '' : `[${Object.keys(insert)[0]}]`,
          )
        expect(bare(wordsOf(page).join(''))).toBe(bare(words.join('')))
        expect([...tagsOf(page)].filter((tag) => !known.has(tag))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('F21: lines are broken, direction is said, addresses are checked, nothing is fetched', () => {
    const html = write('html', [
      { insert: 'שלום', attributes: { link: 'javascript:alert(1)' } },
      { insert: '\n' },
      { insert: 'x'.repeat(100) },
      { insert: '\n' },
    ])
    expect(html).toContain('<p dir="auto">')
    expect(html).not.toMatch(/javascript|src=|<link|<script|url\(/)
    expect(Math.max(...html.split('\n').map((line) => line.length))).toBeLessThan(250)
  })
})

describe('who wrote', () => {
  test("F5: a run's author is its client's, unless the text says another; the text is what Yjs says", () => {
    const doc = new Y.Doc()
    doc.clientID = 7
    const text = doc.getText('text')
    text.applyDelta([
      { insert: 'one ', attributes: { bold: true } },
      { insert: 'two', attributes: { author: 'a.other' } },
      { insert: '\n', attributes: { header: 1 } },
      { insert: { divider: true } },
      { insert: '\n' },
    ])
    text.delete(0, 1)
    const second = new Y.Doc()
    second.clientID = 8
    Y.applyUpdate(second, Y.encodeStateAsUpdate(doc))
    second.getText('text').insert(0, 'by eight ')
    const content = writtenContent(second.getText('text'), (client) => (client === 7 ? 'a.seven' : undefined))
    expect(content).toEqual([
      { insert: 'by eight ', attributes: { author: '' } },
      { insert: 'ne ', attributes: { author: 'a.seven', bold: true } },
      { insert: 'two', attributes: { author: 'a.other' } },
      { insert: '\n', attributes: { header: 1 } },
      { insert: { divider: true }, attributes: { author: 'a.seven' } },
      { insert: '\n' },
    ])
  })

  test('F5: without authors it is what toDelta gives', () => {
    fc.assert(
      fc.property(anyContent(20), fc.nat(), (content, at) => {
        const doc = new Y.Doc()
        const text = doc.getText('text')
        text.applyDelta([...content])
        if (text.length > 3) text.delete(at % (text.length - 2), 2)
        const plain = (from: Content): Insert[] =>
          normalise(
            from.map(({ insert, attributes }) => ({ insert, attributes: { ...attributes, author: null } })),
          )
        expect(plain(writtenContent(text, () => 'a.x'))).toEqual(plain(text.toDelta() as Content))
      }),
      { numRuns: 150 },
    )
  })
})
