/** Rules of plugins for files (SPEC-formats F15) and for reading (F16). */
import { describe, expect, test } from '@jest/globals'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { exportedContent, readStandIn } from '../../../shared/text/exported.ts'
import { coreFormats, extendFormats, flagFormat } from '../../../shared/text/formats.ts'
import { normalise } from '../../../shared/text/lines.ts'
import type { FormatAdditions } from '../../../shared/text/formats.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import type { SourceNode } from '../../../shared/text/reader/source.ts'

const line = (text: string, attributes: Insert['attributes'] = {}): Insert[] => [
  { insert: text },
  { insert: '\n', attributes },
]
const poll = (value: unknown): Content => {
  const { question, answers } = value as { question: string; answers: string[] }
  return [...line(question, { header: 3 }), ...answers.flatMap((one) => line(one, { list: 'bullet' }))]
}
const table = (more: FormatAdditions) => extendFormats(coreFormats, more)
const POLL = { poll: { question: 'Tea?', answers: ['yes', 'no'] } }

describe('for files', () => {
  test('F15: without rules the content is the very same', () => {
    const content: Content = [{ insert: POLL }, { insert: '\n' }]
    expect(exportedContent(content, coreFormats)).toBe(content)
    const others = table({ exports: { other: { embed: () => [{ insert: 'x' }] } } })
    expect(exportedContent(content, others)).toBe(content)
  })

  test('F15: one that stands alone becomes lines, wherever lines end around it', () => {
    const formats = table({ blocks: ['poll'], exports: { poll: { embed: poll } } })
    const lines: Insert[] = [
      { insert: 'Tea?' },
      { insert: '\n', attributes: { header: 3 } },
      { insert: 'yes' },
      { insert: '\n', attributes: { list: 'bullet' } },
      { insert: 'no' },
      { insert: '\n', attributes: { list: 'bullet' } },
    ]
    expect(exportedContent([{ insert: 'a\n' }, { insert: POLL }, { insert: '\nb\n' }], formats)).toEqual(
      normalise([{ insert: 'a\n' }, ...lines, { insert: 'b\n' }]),
    )
    // No newline before it, and none behind it.
    expect(exportedContent([{ insert: 'a' }, { insert: POLL }], formats)).toEqual(
      normalise([{ insert: 'a\n' }, ...lines]),
    )
    expect(exportedContent([{ insert: POLL }, { insert: POLL }, { insert: '\n' }], formats)).toEqual([
      ...lines,
      ...lines,
    ])
  })

  test('F15: in a line it becomes words; who wrote it, and a link on it, lie on them', () => {
    const formats = table({ exports: { poll: { embed: poll } } })
    const content: Content = [
      { insert: 'so ' },
      { insert: POLL, attributes: { author: 'a.1', link: 'https://example.org', glow: true } },
      { insert: '\n', attributes: { list: 'bullet' } },
    ]
    expect(exportedContent(content, formats)).toEqual([
      { insert: 'so ' },
      { insert: 'Tea? yes no', attributes: { author: 'a.1', link: 'https://example.org' } },
      { insert: '\n', attributes: { list: 'bullet' } },
    ])
  })

  test('F15: a format of a plugin stands as formats of the core; what lies there already counts more', () => {
    const formats = table({
      inline: [flagFormat('shout')],
      line: [{ name: 'callout', validate: () => true }],
      exports: {
        shout: { format: () => ({ bold: true, italic: true }) },
        callout: { format: (value) => (value === 'quiet' ? null : { blockquote: true }) },
      },
    })
    const content: Content = [
      { insert: 'a', attributes: { shout: true, italic: false } },
      { insert: '\n', attributes: { callout: 'loud' } },
      { insert: 'b' },
      { insert: '\n', attributes: { callout: 'quiet' } },
    ]
    expect(exportedContent(content, formats)).toEqual([
      { insert: 'a', attributes: { shout: true, bold: true, italic: false } },
      { insert: '\n', attributes: { blockquote: true, callout: 'loud' } },
      { insert: 'b' },
      { insert: '\n', attributes: { callout: 'quiet' } },
    ])
  })

  test.each([
    ['no list', 'words'],
    ['an embed in it', [{ insert: { poll: 1 } }]],
    ['too many pieces', Array.from({ length: 2001 }, () => ({ insert: 'a' }))],
    ['too much text', [{ insert: 'a'.repeat(100_001) }]],
    ['a piece that is none', [7]],
  ])('F15: %s is no stand-in, so the embed stays', (_what, given) => {
    expect(readStandIn(given)).toBeNull()
    const formats = table({ exports: { poll: { embed: () => given as Content } } })
    expect(exportedContent([{ insert: POLL }], formats)).toEqual([{ insert: POLL }])
  })

  test('F15: attributes of a stand-in are plain values', () => {
    expect(readStandIn([{ insert: 'a', attributes: { bold: true, bad: { x: 1 }, none: null } }])).toEqual([
      { insert: 'a', attributes: { bold: true } },
    ])
  })
})

describe('for reading', () => {
  const element = (
    tag: string,
    attributes: Record<string, string>,
    ...children: SourceNode[]
  ): SourceNode => ({
    nodeType: 1,
    nodeName: tag.toUpperCase(),
    nodeValue: null,
    childNodes: children,
    getAttribute: (name) => attributes[name] ?? null,
  })
  const words = (text: string): SourceNode => ({
    nodeType: 3,
    nodeName: '#text',
    nodeValue: text,
    childNodes: [],
  })
  const page = (...children: SourceNode[]): SourceNode => ({
    nodeType: 11,
    nodeName: '#document-fragment',
    nodeValue: null,
    childNodes: children,
  })
  const pollElement = (tag: string) =>
    element(tag, { class: 'ep-poll', 'data-answers': 'yes no' }, words('Tea?'))
  const imports: FormatAdditions['imports'] = {
    poll: ({ classes, attribute, text }) =>
      classes.includes('ep-poll')
        ? { question: text(), answers: attribute('data-answers').split(' ') }
        : undefined,
  }

  test('F16: an element is an embed, alone on its line or in it; what is inside is not read twice', () => {
    const root = page(
      element('p', {}, words('before')),
      pollElement('figure'),
      element('p', {}, words('see '), element('b', {}, pollElement('span')), words(' there')),
    )
    expect(readHtml(root, { formats: table({ blocks: ['poll'], imports }) })).toEqual([
      { insert: 'before' },
      { insert: '\n' },
      { insert: POLL },
      { insert: '\n' },
      { insert: 'see' },
      { insert: '\n' },
      { insert: POLL },
      { insert: '\n' },
      { insert: 'there' },
      { insert: '\n' },
    ])
    const inline = readHtml(root, { formats: table({ imports }) })
    expect(inline.slice(-4)).toEqual([
      { insert: 'see ' },
      { insert: POLL, attributes: { bold: true } },
      { insert: ' there' },
      { insert: '\n' },
    ])
    expect(readHtml(root, { formats: coreFormats }).map(({ insert }) => insert)).toContain('Tea?')
  })

  test('F16: one that stands alone has no place in a cell or in code; a rule that throws or says too much says nothing', () => {
    const formats = table({ blocks: ['poll'], imports })
    const cells = element('tr', {}, element('td', {}, pollElement('div')), element('td', {}, words('b')))
    expect(JSON.stringify(readHtml(page(element('table', {}, cells)), { formats }))).not.toContain('poll')
    const code = element('pre', {}, words('a '), pollElement('span'))
    expect(JSON.stringify(readHtml(page(code), { formats }))).not.toContain('poll')
    for (const bad of [
      () => {
        throw new Error('no')
      },
      () => 'x'.repeat(20_001),
      () => () => 1,
    ]) {
      const read = readHtml(page(pollElement('p')), { formats: table({ imports: { poll: bad } }) })
      expect(read).toEqual([{ insert: 'Tea?' }, { insert: '\n' }])
    }
  })
})
