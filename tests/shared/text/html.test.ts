import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Attributes, Insert } from '../../../shared/text/delta.ts'
import { contentToHtml } from '../../../shared/text/html.ts'
import { bareText, plainText, readingText } from '../../../shared/text/plain.ts'
import { anyContent } from '../../support/content.ts'

const line = (text: string, attributes: Attributes = {}): Insert[] => [
  { insert: text },
  { insert: '\n', attributes },
]
const html = (...lines: Insert[][]): string => contentToHtml(lines.flat()).replace(/\n/g, '')

describe('HTML', () => {
  test('T11: headings, paragraphs, empty lines', () => {
    expect(html(line('T', { header: 2 }), line('p'), line(''))).toBe('<h2>T</h2><p>p</p><p><br></p>')
    expect(html(line('x', { header: 9 }))).toBe('<p>x</p>')
  })

  test('T11: everything is escaped', () => {
    expect(html(line(`<img src=x onerror="a">&'\u0000`))).toBe(
      '<p>&lt;img src=x onerror=&quot;a&quot;&gt;&amp;&#39;</p>',
    )
  })

  test('T7: lists nest by indentation and count right', () => {
    expect(
      html(
        line('a', { list: 'ordered' }),
        line('b', { list: 'bullet', indent: 1 }),
        line('c', { list: 'ordered' }),
        line('d', { list: 'ordered', start: 7 }),
        line('text'),
        line('e', { list: 'ordered', start: 3 }),
        line('f', { list: 'bullet' }),
      ),
    ).toBe(
      '<ol><li>a<ul><li>b</li></ul></li><li>c</li><li value="7">d</li></ol><p>text</p><ol start="3"><li>e</li></ol><ul><li>f</li></ul>',
    )
  })

  test('T11: items of lists may be headings and code', () => {
    expect(
      html(
        line('Top', { list: 'ordered', header: 2 }),
        line('if (a)', { list: 'ordered', indent: 1, 'code-block': 'js' }),
        line('  b', { list: 'ordered', indent: 1, 'code-block': 'js' }),
        line('Next', { list: 'ordered', header: 3 }),
        line('Do', { list: 'checked', header: 3 }),
      ),
    ).toBe(
      '<ol><li><h2>Top</h2><ol><li><pre><code class="language-js">if (a)</code></pre></li>' +
        '<li><pre><code class="language-js">  b</code></pre></li></ol></li><li><h3>Next</h3></li></ol>' +
        '<ul class="tasks"><li><h3><label><input type="checkbox" disabled checked> Do</label></h3></li></ul>',
    )
    const content = [
      ...line('Top', { list: 'bullet', header: 2 }),
      ...line('x', { list: 'ordered', 'code-block': true }),
    ]
    expect(plainText(content)).toBe('\t* Top\n\t1. x\n')
  })

  test('T11: tasks are labelled check boxes', () => {
    expect(html(line('a', { list: 'checked' }), line('b', { list: 'unchecked' }))).toBe(
      '<ul class="tasks"><li><label><input type="checkbox" disabled checked> a</label></li>' +
        '<li><label><input type="checkbox" disabled> b</label></li></ul>',
    )
  })

  test('T11: quotes and code join their neighbours', () => {
    expect(html(line('a', { blockquote: true }), line('b', { blockquote: true, list: 'bullet' }))).toBe(
      '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>',
    )
    expect(
      contentToHtml([...line('if', { 'code-block': 'js' }), ...line('  x', { 'code-block': 'js' })]),
    ).toBe('<pre><code class="language-js">if\n  x</code></pre>\n')
    expect(html(line('a', { 'code-block': true }), line('b', { 'code-block': 'js' }))).toBe(
      '<pre><code>a</code></pre><pre><code class="language-js">b</code></pre>',
    )
  })

  test('T11: runs share the outer element', () => {
    const link = 'https://example.org/?a=1&b=2'
    expect(
      html([
        { insert: 'a', attributes: { link } },
        { insert: 'b', attributes: { link, bold: true } },
        { insert: 'c', attributes: { bold: true, glow: 1 } },
        { insert: '\n' },
      ]),
    ).toBe(
      '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">a<strong>b</strong></a><strong>c</strong></p>',
    )
  })

  test('T8: a refused address loses its link, not its text', () => {
    expect(html([{ insert: 'x', attributes: { link: 'javascript:alert(1)' } }, { insert: '\n' }])).toBe(
      '<p>x</p>',
    )
  })

  test('T11: embeds', () => {
    expect(
      html([{ insert: { divider: true } }, { insert: '\n' }, { insert: { mention: { name: '<Ada>' } } }]),
    ).toBe('<hr><p><span data-kind="mention">&lt;Ada&gt;</span></p>')
    expect(
      contentToHtml([{ insert: { board: { id: 1 } } }, { insert: '\n' }], {
        embed: (_embed, block) => ({ tag: 'b', children: [String(block)] }),
      }),
    ).toBe('<b>true</b>')
  })

  test('T11: any content gives balanced, escaped HTML', () => {
    fc.assert(
      fc.property(anyContent(), (content) => {
        const open: string[] = []
        for (const [, close, tag] of contentToHtml(content).matchAll(/<(\/?)([a-z0-9]+)[^<>]*>/g)) {
          if (close) expect(open.pop()).toBe(tag)
          else if (tag && !['br', 'hr', 'input'].includes(tag)) open.push(tag)
        }
        expect(open).toEqual([])
      }),
    )
  })

  test('T7: wrong depths and numbers do no harm', () => {
    for (const indent of [0.5, -1, 1e9, Number.MAX_SAFE_INTEGER]) {
      const content = [
        ...line('a', { list: 'ordered', indent, start: -4 }),
        ...line('b', { list: 'ordered' }),
      ]
      expect(html(content)).toBe('<ol><li>a</li><li>b</li></ol>')
      expect(plainText(content)).toBe('\t1. a\n\t2. b\n')
    }
  })
})

describe('plain text', () => {
  const content = [
    ...line('T', { header: 1 }),
    ...line('a', { list: 'bullet' }),
    ...line('b', { list: 'ordered', indent: 1 }),
    ...line('done', { list: 'checked' }),
    { insert: { divider: true } },
    { insert: '\nend' },
  ]

  test("T9: Etherpad's form has a tab per level and always ends with a newline", () => {
    expect(plainText(content)).toBe('T\n\t* a\n\t\t1. b\n\t[x] done\n---\nend\n')
    expect(plainText([])).toBe('\n')
  })

  test('T9: the reading form and the bare form', () => {
    expect(readingText(content)).toBe('T\n- a\n  1. b\n[x] done\n---\nend')
    expect(bareText(content)).toBe('T\na\nb\ndone\n\nend\n')
  })
})
