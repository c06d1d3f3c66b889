/** @jest-environment jsdom */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { contentOfDoc } from '../../../../client/editor/content.ts'
import { clipboard, MAX_PASTE } from '../../../../client/editor/paste/paste.ts'
import { quietHtml } from '../../../../client/editor/paste/quiet.ts'
import { richSchema as schema } from '../../../support/formats.ts'
import { block, line, piece, show, stateOf } from '../../../support/pm.ts'
import { processorMs } from '../../../support/processor.ts'
import {
  CHAT,
  EXCEL,
  GOOGLE_DOCS,
  LIBREOFFICE,
  OUTLOOK,
  VS_CODE,
  WEB,
  WORD,
  WORD_ONLINE,
} from './fixtures.ts'

type Rows = Parameters<typeof stateOf>[0][number][]
const views: EditorView[] = []

afterEach(() => {
  for (const view of views.splice(0)) view.destroy()
})

function viewOf(rows: Rows, tooLarge?: (length: number) => void): EditorView {
  const plugin = clipboard(schema, tooLarge ? { onTooLarge: tooLarge } : {})
  const view = new EditorView(document.createElement('div'), { state: stateOf(rows, [plugin]) })
  views.push(view)
  return view
}

function event(text = ''): ClipboardEvent {
  const made = new Event('paste') as ClipboardEvent
  Object.defineProperty(made, 'clipboardData', {
    value: { getData: (type: string) => (type === 'text/plain' ? text : '') },
  })
  return made
}

function pasteHtml(html: string, ...rows: Rows): string[] {
  const view = viewOf(rows.length > 0 ? rows : [line('|')])
  view.pasteHTML(html, event())
  view.state.doc.check()
  return show(view.state)
}

function pasteText(text: string, ...rows: Rows): string[] {
  const view = viewOf(rows.length > 0 ? rows : [line('|')])
  view.pasteText(text, event(text))
  view.state.doc.check()
  return show(view.state)
}

/** What copying the selection puts on the clipboard. */
function copied(state: EditorState): { html: string; text: string } {
  const view = new EditorView(document.createElement('div'), { state, plugins: [clipboard(schema)] })
  views.push(view)
  const { dom, text } = view.serializeForClipboard(state.selection.content())
  return { html: dom.innerHTML, text }
}

const ends = (rows: string[]): string[] => rows.map((row) => row.replace('|', ''))

describe('pasting HTML', () => {
  test('P2: a web page: headings, lists, quote, code, links; scripts and pictures stay away', () => {
    expect(ends(pasteHtml(WEB))).toEqual([
      'header=1: Garden notes',
      'Some <bold>bold</>, <italic>slanted</> and <code>code()</> with <link=https://example.org/a>a link</> and none.',
      'list=bullet: One',
      'list=bullet indent=1: Deeper',
      'list=ordered start=3 indent=2: Third',
      'list=bullet: Two',
      'blockquote=true: Said',
      'blockquote=true: twice',
      'code-block=js: if (a < b) {',
      'code-block=js:   run()',
      'code-block=js: }',
      '(divider)',
      'list=checked: done',
      'list=unchecked: open',
      'Smile 🙂',
    ])
  })

  test('P5: Word: list paragraphs with levels and numbers, styles, hidden marks', () => {
    expect(ends(pasteHtml(WORD))).toEqual([
      'header=1: Report',
      'header=2: Plan',
      'Plain <bold>strong</> and <italic>slanted</> text.',
      '',
      'list=bullet: First',
      'list=bullet indent=1: Below',
      'list=ordered start=3: Third',
      'list=ordered: Fourth',
      'blockquote=true: Wise words',
      'a\tb',
    ])
  })

  test('P5: Word on the web: every item its own list, the level in an attribute', () => {
    expect(ends(pasteHtml(WORD_ONLINE))).toEqual([
      'header=2: Title',
      'list=bullet: One',
      'list=bullet indent=1: Deeper',
      'list=ordered: First',
      'list=ordered: Second',
    ])
  })

  test('P6: Google Docs: styles instead of elements, tasks, levels', () => {
    expect(ends(pasteHtml(GOOGLE_DOCS))).toEqual([
      'header=1: Minutes',
      'We <bold>agreed</> on <italic>two</> <underline>things</>, <strike>three</>: <link=https://example.org/>see</>',
      '',
      'list=bullet: A',
      'list=bullet indent=1: B',
      'list=checked: Ticked',
      'list=unchecked: Open',
    ])
  })

  test('P6: LibreOffice', () => {
    expect(ends(pasteHtml(LIBREOFFICE))).toEqual([
      'header=1: Head',
      'Text with <bold>bold</> and a break',
      'after it.',
      'list=ordered: one',
      'list=ordered: two',
      'align=center: Centred',
    ])
  })

  test('P2: headings and code inside items of lists stay that, and what is copied comes back', () => {
    const rows = [
      'header=2 list=ordered: Top',
      'list=ordered indent=1 code-block=true: if',
      'list=ordered: plain',
      'header=3 list=checked: Done',
    ]
    expect(
      ends(
        pasteHtml(
          '<ol><li><h2>Top</h2><ol><li><pre><code>if</code></pre></li></ol></li><li>plain</li></ol>' +
            '<ul><li><h3><label><input type="checkbox" checked> Done</label></h3></li></ul>',
        ),
      ),
    ).toEqual(rows)
  })

  test('P7: cells of a spreadsheet are separated by tabs', () => {
    expect(ends(pasteHtml(EXCEL))).toEqual(['Name\tAmount', 'Ada\t1\u00a0200', '\t<bold>3</>'])
  })

  test('P7: a mail laid out in tables gives its lines', () => {
    expect(ends(pasteHtml(OUTLOOK))).toEqual(['Hello Ada,', '', 'See you <bold>soon</>.', 'Bob'])
  })

  test('P4: code editors', () => {
    expect(ends(pasteHtml(VS_CODE))).toEqual([
      'code-block=true: const a = 1',
      'code-block=true:     return a',
    ])
  })

  test('P3: a chat message stays on its line', () => {
    expect(pasteHtml(CHAT, line('Ada: |!'))).toEqual(['Ada: see <bold>this</> now|!'])
  })

  test.each([
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<a href="java&#10;script:alert(1)">x</a>', 'x'],
    ['<img src=x onerror=alert(1)>x', 'x'],
    ['<svg><script>alert(1)</script></svg>x', 'x'],
    ['<iframe srcdoc="<script>alert(1)</script>"></iframe>x', 'x'],
    ['<style>@import "//evil"</style>x', 'x'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">x', ''],
    ['<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>', ''],
    ['<div style="background:url(javascript:alert(1))">x</div>', 'x'],
    ['<p hidden>secret</p><span style="display:none">x</span>y', 'y'],
    ['<template><b>x</b></template>y', 'y'],
  ])('P1: %s does nothing', (html, expected) => {
    const rows = ends(pasteHtml(html))
    expect(rows.join('')).not.toMatch(/onerror|alert|script/)
    if (expected !== '') expect(rows).toEqual([expected])
  })

  test('P1: deep and broken trees end', () => {
    expect(pasteHtml('<b>'.repeat(450) + 'x')).toEqual(['<bold>x</>|'])
    expect(ends(pasteHtml('<ul><li><ul><li>'.repeat(30) + 'x')).at(-1)).toMatch(/^list=bullet indent=8: x/)
    expect(pasteHtml('')).toEqual(['|'])
  })

  test('P1: what is too large is refused whole and said', () => {
    const told = jest.fn()
    const view = viewOf([line('a|')], told)
    view.pasteHTML(`<p>${'x'.repeat(MAX_PASTE)}</p>`, event())
    expect(show(view.state)).toEqual(['a|'])
    expect(told).toHaveBeenCalledTimes(1)
  })
})

describe('quiet HTML', () => {
  test.each([
    ['<img src=x onerror="a(1)">', '<img src=x >'],
    ['<img/onload=1 alt=b>', '<img/ alt=b>'],
    ['<p STYLE="a:b" OnClick = \'c\'>x</p>', '<p data-STYLE="a:b" >x</p>'],
    ['<style>p{}</style><p>x', '<p>x'],
    ['<style>p{}', ''],
    [
      '<p title="a onclick=x > y" onclick=\'1\'>x onclick=1</p>',
      '<p title="a onclick=x > y" >x onclick=1</p>',
    ],
    ['<!-- <b onclick=1> --><i>a < b</i>', '<!-- <b onclick=1> --><i>a < b</i>'],
    ['<b onclick="never closed', '<b '],
    ['plain', 'plain'],
  ])('P1: %s', (html, quiet) => expect(quietHtml(html)).toBe(quiet))

  test('P1: what Inkpad copied is not changed', () => {
    const { html } = copied(stateOf([line('‹a <b onclick=c> style="x"›')]))
    expect(quietHtml(html)).toBe(html)
  })

  test('P1: hostile lengths take linear time', () => {
    for (const piece of ['<a "', '<', '<a b=', "<a b='", '<!--', '<style', '</style']) {
      const html = `${piece.repeat(200_000)}<style${'</style'.repeat(200_000)}`
      expect(processorMs(() => void quietHtml(html))).toBeLessThan(3000)
    }
  })
})

describe('where it goes', () => {
  test('P11: a line with text keeps its formats, an empty one takes the pasted ones', () => {
    expect(pasteHtml('<h1>T</h1><p>x</p>', line('a|b', { list: 'bullet' }))).toEqual([
      'list=bullet: aT',
      'list=bullet: x|b',
    ])
    expect(pasteHtml('<h1>T</h1><p>x</p>', line('|'), line('z'))).toEqual(['header=1: T', 'x|', 'z'])
    expect(pasteHtml('<p>x</p>', line('|', { list: 'bullet' }))).toEqual(['list=bullet: x|'])
    expect(pasteHtml('<p>x</p><h2>y</h2>', line('a|'))).toEqual(['ax', 'header=2: y|'])
    expect(pasteHtml('<h2>x</h2><p>y</p>', line('|b', { list: 'bullet' }))).toEqual([
      'header=2: x',
      'list=bullet: y|b',
    ])
  })

  test('P11: a divider in the middle of a line', () => {
    expect(pasteHtml('<hr>', line('a|b'))).toEqual(['a', '(divider)', '|b'])
    expect(pasteHtml('<hr>', line('|'))).toEqual(['(divider)', '|'])
  })

  test('P11: it replaces the selection', () => {
    expect(pasteHtml('<b>x</b>', line('a‹b'), line('c›d'))).toEqual(['a<bold>x</>|d'])
    const view = viewOf([line('a'), block('board'), line('b')])
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, 3)))
    view.pasteHTML('<p>x</p>', event())
    expect(show(view.state)).toEqual(['a', 'x|', 'b'])
  })

  test('P11: code takes only the text', () => {
    expect(pasteHtml('<h1>T</h1><p><b>x</b></p>', line('a|', { 'code-block': 'js' }))).toEqual([
      'code-block=js: aT',
      'code-block=js: x|',
    ])
  })

  test('P12: an address pasted on a selection becomes its link', () => {
    const view = viewOf([line('‹here›')])
    view.pasteText('https://example.org/', event('https://example.org/'))
    expect(show(view.state)).toEqual(['<link=https://example.org/>‹here</>›'])
  })
})

describe('pasting text', () => {
  test('P8: lines of every system, empty lines, tabs and spaces stay', () => {
    expect(pasteText('a\r\n\r\n  b\tc\rd\n')).toEqual(['a', '', '  b\tc', 'd', '|'])
    expect(pasteText('x\u0000\u0007y')).toEqual(['xy|'])
    expect(pasteText('<b>no</b>')).toEqual(['<b>no</b>|'])
  })

  test('P8: further lines go on as the line they are pasted into, but for headings', () => {
    expect(pasteText('x\ny', line('a|', { list: 'checked', indent: 1 }))).toEqual([
      'list=checked indent=1: ax',
      'list=unchecked indent=1: y|',
    ])
    expect(pasteText('x\ny', line('a|', { header: 1 }))).toEqual(['header=1: ax', 'y|'])
  })
})

describe('copying', () => {
  test('P10: semantic HTML and readable text', () => {
    const { html, text } = copied(
      stateOf([
        line('‹T', { header: 1 }),
        line([piece('a', { bold: true })], { list: 'bullet' }),
        line('b', { list: 'ordered', indent: 1 }),
        line('c›', { list: 'checked' }),
      ]),
    )
    expect(html.replace(/ data-[a-z-]+="[^"]*"/g, '')).toBe(
      '<div><h1>T</h1><ul><li><strong>a</strong><ol><li>b</li></ol></li></ul>' +
        '<ul class="tasks"><li><label><input type="checkbox" disabled="" checked=""> c</label></li></ul></div>',
    )
    expect(text).toBe('T\n- a\n  1. b\n[x] c')
  })

  test('P10: a piece of a line is inline', () => {
    const { html, text } = copied(stateOf([line(['x‹y', piece('z›', { italic: true })])]))
    expect(html.replace(/ data-[a-z-]+="[^"]*"/g, '')).toBe('<span>y<em>z</em></span>')
    expect(text).toBe('yz')
  })

  test('R10: the own clipboard keeps every format, known or not, and embeds', () => {
    const rows: Rows = [
      line([piece('ab', { bold: true, glow: 3, 'comment-1': true, color: '#123' })], {
        header: 2,
        mood: 'calm',
      }),
      block('board'),
      line('x  y', { list: 'ordered', start: 4, align: 'right' }),
      line('end', { 'code-block': 'js' }),
    ]
    const from = stateOf(rows)
    const all = from.apply(from.tr.setSelection(TextSelection.create(from.doc, 1, from.doc.content.size - 1)))
    const view = viewOf([line('|')])
    view.pasteHTML(copied(all).html, event())
    expect(contentOfDoc(view.state.doc)).toEqual(contentOfDoc(from.doc))
  })

  test('P9: the own clipboard is not believed', () => {
    const forged = (content: unknown): string =>
      `<div data-pm-slice="1 1 []" data-inkpad='${JSON.stringify(content)}'><p>seen</p></div>`
    expect(
      ends(pasteHtml(forged([{ insert: 'a', attributes: { author: 'a.9', link: 'javascript:x' } }]))),
    ).toEqual(['<link=javascript:x>a</>'])
    for (const bad of [
      { a: 1 },
      [{ insert: 5 }],
      [{ insert: 'a', attributes: { bold: { x: 1 } } }],
      [null],
    ]) {
      expect(ends(pasteHtml(forged(bad)))).toEqual(['seen'])
    }
    const view = viewOf([line('|')])
    view.pasteHTML(forged([{ insert: 'a', attributes: { link: 'javascript:x' } }]), event())
    expect(view.dom.querySelector('a')).toBeNull()
  })
})
