/** What goes out comes back: each format against the text it was made of, up to what it cannot say. */
import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import type { Content, Insert } from '../../../../shared/text/delta.ts'
import { contentOf, linesOf, normalise } from '../../../../shared/text/lines.ts'
import type { Line } from '../../../../shared/text/lines.ts'
import { plainText } from '../../../../shared/text/plain.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { anyContent } from '../../../support/content.ts'
import { pluginFormats, rich } from '../rich.ts'
import { everything } from '../sample.ts'
import { bytesOf, sourceOf } from '../sources.ts'

function back(type: string, content: Content): Insert[] {
  const bytes = Buffer.from(bytesOf(type, sourceOf(content, { formats: pluginFormats })))
  const found = readFile(bytes, `x.${type}`, false)
  expect(found.kind).toBe(type)
  return 'nodes' in found
    ? normalise(readHtml(nodesAsSource(found.nodes), { formats: pluginFormats }))
    : found.content
}

/** A content with its lines changed, without authors, and without what has no words here. */
function but(content: Content, change: (line: Line) => Partial<Line> | null): Insert[] {
  const lines = linesOf(content, pluginFormats).flatMap((line): Line[] => {
    const changed = change(line)
    return changed === null ? [] : [{ ...line, ...changed }]
  })
  return normalise(
    contentOf(lines).map(({ insert, attributes = {} }) => {
      const { author: _author, ...rest } = attributes
      return { insert, attributes: rest }
    }),
  )
}

const said = (line: Line): string =>
  line.inserts.map(({ insert }) => (typeof insert === 'string' ? insert : JSON.stringify(insert))).join('')
/** Embeds as the words that documents have of them. */
function words({ inserts }: Line): Insert[] {
  return inserts.map((one) => {
    if (typeof one.insert === 'string') return one
    const [value] = Object.values(one.insert)
    const { title, name } = value as { title?: string; name?: string }
    return { ...one, insert: title ?? name ?? '' }
  })
}
const unlinked = (inserts: readonly Insert[]): Insert[] =>
  inserts.map(({ insert, attributes = {} }) => {
    const { link, ...rest } = attributes
    return {
      insert,
      attributes: typeof link === 'string' && link.startsWith('javascript') ? rest : attributes,
    }
  })

/** What every document loses: the language of code, a quotation round a list, an embed's kind. */
const documents = (content: Content): Insert[] =>
  but(content, (line) => {
    const { 'code-block': code, start: _start, ...attributes } = line.attributes
    if (line.block && said(line) === '{"divider":true}') return {}
    const kept: Line['attributes'] = code === undefined ? attributes : { ...attributes, 'code-block': true }
    return { inserts: unlinked(words(line)), attributes: kept, block: false }
  })

const FIRST = linesOf(everything).findIndex((line) => said(line) === 'fourth')

describe('documents', () => {
  test.each(['docx', 'odt', 'epub'])(
    'F66, F67, F68: %s: every line of a text comes back as what it was',
    (type) => {
      const wanted = documents(everything)
      const strip = (content: Content): string[] =>
        linesOf(content, pluginFormats).map((line) => {
          const { start: _start, blockquote, direction: _direction, ...kind } = line.attributes
          const quote = kind['list'] === undefined && blockquote === true ? { blockquote } : {}
          return `${JSON.stringify({ ...kind, ...quote })} ${said(line)}`
        })
      expect(strip(back(type, everything)).map(plainCode)).toEqual(strip(wanted).map(plainCode))
      expect(FIRST).toBeGreaterThan(0)
    },
  )

  /** A book tells the language of code, documents do not. */
  const plainCode = (line: string): string => line.replace(/"code-block":"\w+"/, '"code-block":true')

  test.each(['docx', 'odt'])('F66, F67: %s: marks, colours, grounds, sides, directions come back', (type) => {
    const made = back(type, rich)
    const marks = made.filter(({ insert }) => typeof insert === 'string' && insert !== '\n')
    const of = (text: string): Insert['attributes'] =>
      marks.find(({ insert }) => typeof insert === 'string' && insert.includes(text))?.attributes
    expect(of('red')).toEqual({ color: '#b3261e' })
    expect(of('marked')).toEqual({ background: '#fff0a3' })
    expect(of('large')).toEqual({ size: 24 })
    expect(marks.map(({ attributes }) => attributes?.['script']).filter(Boolean)).toEqual(['sub', 'super'])
    expect(marks.find(({ attributes }) => attributes?.['script'] === 'super')?.attributes).toEqual({
      bold: true,
      italic: true,
      script: 'super',
      strike: true,
      underline: true,
    })
    const line = (text: string): Line['attributes'] | undefined =>
      linesOf(made, pluginFormats).find((one) => said(one).includes(text))?.attributes
    expect(line('centred')).toEqual({ align: 'center' })
    expect(line('right')).toEqual({ align: 'right' })
    expect(line('justified')).toEqual({ align: 'justify' })
    expect(line('שלום')).toMatchObject({ direction: 'rtl' })
    expect(of('tab')).toBeUndefined()
    expect(linesOf(made, pluginFormats).map(said)).toContain('tab\there')
    expect(linesOf(made, pluginFormats).map(said)).toContain('中文，日本語 😀')
  })

  test.each(['docx', 'odt'])('F66, F67: %s: numbers that begin elsewhere and jump come back', (type) => {
    const items: Content = [
      { insert: 'a' },
      { insert: '\n', attributes: { list: 'ordered', start: 4 } },
      { insert: 'b' },
      { insert: '\n', attributes: { list: 'ordered' } },
      { insert: 'c' },
      { insert: '\n', attributes: { list: 'ordered', start: 9 } },
      { insert: 'words\n' },
      { insert: 'd' },
      { insert: '\n', attributes: { list: 'ordered' } },
    ]
    expect(back(type, items)).toEqual(normalise(items))
  })

  test.each(['docx', 'odt', 'epub'])('F66, F67, F68: %s: whatever the text, its words come back', (type) => {
    fc.assert(
      fc.property(anyContent(15), (content) => {
        const squeeze = (text: string): string => text.replace(/[\s\u00a0]+/g, '')
        const own = linesOf(content, pluginFormats).flatMap(({ inserts, block }) =>
          block ? [] : inserts.map(({ insert }) => (typeof insert === 'string' ? insert : '')),
        )
        const read = back(type, content).map(({ insert }) => (typeof insert === 'string' ? insert : ''))
        const without = squeeze(read.join('')).replace(/\[(?:board|mention|strange)\]/g, '')
        expect(without).toBe(squeeze(own.join('')))
      }),
      { numRuns: 40 },
    )
  })
})

describe('texts', () => {
  test('F69: json comes back as it was, known or not', () => {
    fc.assert(
      fc.property(anyContent(20), (content) => {
        const clean = normalise(
          content.map(({ insert, attributes = {} }) => ({
            insert,
            attributes: Object.fromEntries(
              Object.entries(attributes).filter(
                ([name, value]) => !name.startsWith('comment-') && value !== 'javascript:alert(1)',
              ),
            ),
          })),
        )
        expect(back('json', content)).toEqual(clean)
      }),
      { numRuns: 100 },
    )
  })

  test('F70: etherpad comes back: words, marks, lists, headings, tasks', () => {
    const made = back('etherpad', [...everything, ...rich])
    const lines = linesOf(made, pluginFormats).map(
      (line) => `${JSON.stringify(line.attributes)} ${said(line)}`,
    )
    expect(lines).toContain('{"header":1} Weather & <station>')
    expect(lines).toContain('{"indent":1,"list":"ordered"} deeper')
    expect(lines).toContain('{"list":"unchecked"} to do')
    expect(lines).toContain('{"list":"checked"} done')
    expect(lines).toContain('{"code-block":true} let a = `1`')
    expect(lines).toContain('{"align":"center"} centred')
    const of = (text: string): Insert['attributes'] => made.find(({ insert }) => insert === text)?.attributes
    expect(of('bold')).toMatchObject({ bold: true, author: 'a.aaaaaaaaaaaaaaaa' })
    expect(of('a link')).toEqual({ link: 'https://example.org/a(b)?x=1&copy=2' })
    expect(of('red')).toMatchObject({ color: 'red' })
  })

  test('F63, F71: plain text comes back in whatever letters it is written', () => {
    const text = 'Größe — naïve\nsecond\n'
    const latin = Buffer.from('Gr\xf6\xdfe \x97 na\xefve\r\nsecond\r', 'latin1')
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      latin,
    ])
      expect(readFile(bytes, 'x.txt', false)).toMatchObject({ kind: 'txt', content: [{ insert: text }] })
  })

  test('F65: md: lines, empty lines, lists, tasks, marks, links and code come back', () => {
    const made = back('md', everything)
    const lines = linesOf(made, pluginFormats).map(
      (line) => `${JSON.stringify(line.attributes)} ${said(line)}`,
    )
    expect(lines.slice(0, 4)).toEqual([
      '{"header":1} Weather & <station>',
      '{} Plain, bold and both, understruck co`de a link no link.',
      '{} # no heading, 1. no item',
      '{"list":"bullet"} one',
    ])
    expect(lines).toContain('{"indent":1,"list":"ordered"} deeper again')
    expect(lines).toContain('{"list":"unchecked"} to do')
    expect(lines).toContain('{"list":"checked"} done')
    expect(lines).toContain('{"list":"ordered","start":4} fourth')
    expect(lines).toContain('{"code-block":"js"} ```')
    expect(made.find(({ insert }) => insert === 'both')?.attributes).toEqual({ bold: true, italic: true })
    expect(made.find(({ insert }) => insert === 'under')?.attributes).toEqual({ underline: true })
    expect(plainText(made)).toContain('---\n')
  })

  test('F64: html: everything that has a place in HTML comes back', () => {
    const made = back('html', [...everything, ...rich])
    const of = (text: string): Insert['attributes'] => made.find(({ insert }) => insert === text)?.attributes
    expect(of('red')).toEqual({ color: 'red' })
    expect(of('a link')).toEqual({ link: 'https://example.org/a(b)?x=1&copy=2' })
    // A tab is kept by a style sheet, and style sheets are not read.
    expect(linesOf(made, pluginFormats).map((line) => said(line).replace('tab here', 'tab\there'))).toEqual(
      linesOf([...everything, ...rich], pluginFormats).map((line) =>
        line.block && said(line) !== '{"divider":true}'
          ? 'Sketch'
          : said({ ...line, inserts: line.block ? line.inserts : words(line) }),
      ),
    )
  })
})
