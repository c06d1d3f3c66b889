import { describe, expect, test } from '@jest/globals'
import { formattingOf } from '../../../../client/editor/commands/formatting.ts'
import { setLines } from '../../../../client/editor/commands/for-plugins.ts'
import {
  clearAuthors,
  clearFormatting,
  formatValue,
  isFormatActive,
  setFormat,
  toggleFormat,
} from '../../../../client/editor/commands/inline.ts'
import {
  indentLines,
  makeText,
  outdentLines,
  setDirection,
  setListStart,
  toggleCode,
  toggleList,
  toggleQuote,
  toggleTaskAt,
  toggleTasks,
} from '../../../../client/editor/commands/line-formats.ts'
import { linkAt, removeLink, setLink } from '../../../../client/editor/commands/link.ts'
import { keysOn, setThread, threadRanges } from '../../../../client/editor/commands/threads.ts'
import { KEEP_AUTHORS, ownText } from '../../../../client/editor/own-text.ts'
import { richFormats } from '../../../support/formats.ts'
import { line, openLine, piece, run, show, stateOf } from '../../../support/pm.ts'

type Rows = Parameters<typeof stateOf>[0][number][]
const after = (command: Parameters<typeof run>[1], ...rows: Rows): string[] =>
  show(run(stateOf(rows), command))

const NO_LINES = Object.fromEntries([...richFormats.line.keys()].map((name) => [name, null]))

describe('line formats', () => {
  test('C1: a line is text, a heading or code, and may be an item of a list as well', () => {
    expect(after(makeText, line('a|', { header: 2, list: 'bullet', indent: 1, align: 'center' }))).toEqual([
      'list=bullet indent=1 align=center: a|',
    ])
    expect(after(makeText, line('a|', { 'code-block': true, list: 'ordered' }))).toEqual(['list=ordered: a|'])
    expect(makeText(stateOf([line('a|', { list: 'bullet' })]))).toBe(false)
    expect(after(toggleCode(), line('a|', { header: 2, list: 'bullet', indent: 1 }))).toEqual([
      'list=bullet indent=1 code-block=true: a|',
    ])
    expect(after(setLines({ header: 2, 'code-block': null }), line('a|', { list: 'bullet' }))).toEqual([
      'header=2 list=bullet: a|',
    ])
  })

  test('C2: lists go on for all when one lacks it, and off when all have it', () => {
    expect(after(toggleList('bullet'), line('‹a', { list: 'bullet' }), line('b›', { header: 1 }))).toEqual([
      'list=bullet: ‹a',
      'header=1 list=bullet: b›',
    ])
    expect(after(toggleList('ordered'), line('a|', { list: 'ordered', start: 3, indent: 1 }))).toEqual(['a|'])
    expect(after(toggleList('task'), line('‹a', { list: 'checked' }), line('b›'))).toEqual([
      'list=checked: ‹a',
      'list=unchecked: b›',
    ])
  })

  test('C2: a selection that ends at the beginning of a line does not touch that line', () => {
    expect(after(toggleList('bullet'), line('‹a'), line('›b'))).toEqual(['list=bullet: ‹a', '›b'])
  })

  test('C3: tasks are ticked', () => {
    expect(after(toggleTasks, line('‹a', { list: 'checked' }), line('b›', { list: 'unchecked' }))).toEqual([
      'list=checked: ‹a',
      'list=checked: b›',
    ])
    expect(after(toggleTaskAt(0), line('a|', { list: 'checked' }))).toEqual(['list=unchecked: a|'])
    expect(toggleTaskAt(0)(stateOf([line('a|')]))).toBe(false)
    expect(toggleTaskAt(99)(stateOf([line('a|')]))).toBe(false)
  })

  test('C4: indentation has its limits', () => {
    expect(indentLines(stateOf([line('a|', { indent: 8 })]))).toBe(false)
    expect(outdentLines(stateOf([line('a|')]))).toBe(false)
    expect(after(outdentLines, line('a|', { indent: 1 }))).toEqual(['a|'])
  })

  test('C5: quotes, code, alignment, direction, start', () => {
    expect(after(toggleQuote, line('a|', { list: 'bullet' }))).toEqual(['list=bullet blockquote=true: a|'])
    expect(after(toggleCode(), line('a|', { list: 'bullet', blockquote: true }))).toEqual([
      'list=bullet code-block=true: a|',
    ])
    expect(after(toggleCode('js'), line('a|', { 'code-block': true }))).toEqual(['code-block=js: a|'])
    expect(after(toggleCode(), line('a|', { 'code-block': 'js' }))).toEqual(['a|'])
    expect(after(setDirection('rtl'), line('a|'))).toEqual(['direction=rtl: a|'])
    expect(after(setListStart(5), line('a|', { list: 'ordered' }))).toEqual(['list=ordered start=5: a|'])
  })

  test('R7: only the attributes that change are written', () => {
    const state = stateOf([line('‹a', { header: 1 }), line('b›')])
    let steps: unknown[] = []
    setLines({ header: 1 })(state, (tr) => (steps = tr.steps.map((step) => step.toJSON() as unknown)))
    expect(steps).toEqual([{ stepType: 'attr', pos: 3, attr: 'header', value: 1 }])
  })

  test('T5: a format closes an open line', () => {
    expect(after(setLines({ header: 1 }), openLine('a|'))).toEqual(['header=1: a|'])
  })

  test('R10: unknown line formats stay, a wrong value of a known one goes when it is set', () => {
    expect(after(setLines({ header: 1 }), line('a|', { header: 9, mood: 'calm' }))).toEqual([
      'mood=calm header=1: a|',
    ])
  })
})

describe('inline formats', () => {
  test('C6: a partly bold selection becomes bold, a bold one plain', () => {
    const rows: Rows = [line([piece('‹a', { bold: true }), 'b›'])]
    const bold = run(stateOf(rows), toggleFormat('bold'))
    expect(show(bold)).toEqual(['<bold>‹ab</>›'])
    expect(isFormatActive(bold, 'bold')).toBe(true)
    expect(show(run(bold, toggleFormat('bold')))).toEqual(['‹ab›'])
  })

  test('C6: formats with values are checked', () => {
    expect(after(setFormat('color', '#123456'), line('‹a›'))).toEqual(['<color=#123456>‹a</>›'])
    expect(after(setFormat('color', null), line([piece('‹a›', { color: 'red' })]))).toEqual(['‹a›'])
    expect(setFormat('script', 'middle')(stateOf([line('‹a›')]))).toBe(false)
    expect(setFormat('unheard', 1)(stateOf([line('‹a›')]))).toBe(false)
    const typed = run(stateOf([line('a|')]), setFormat('bold', true))
    expect(show(typed.apply(typed.tr.insertText('b')))).toEqual(['a<bold>b</>|'])
    expect(
      formatValue(stateOf([line([piece('‹a', { color: 'red' }), piece('b›', { color: 'blue' })])]), 'color'),
    ).toBe(undefined)
  })

  test('C7: clearing takes the look off and leaves links, comments and the unknown', () => {
    const formats = { bold: true, link: 'https://a.example', 'comment-1': true, glow: 1 }
    expect(
      after(clearFormatting, line([piece('‹a›', formats)], { header: 1, mood: 'calm', direction: 'rtl' })),
    ).toEqual(['mood=calm direction=rtl: <link=https://a.example comment-1 glow=1>‹a</>›'])
    expect(clearFormatting(stateOf([line('‹a›')]))).toBe(false)
    const stored = run(stateOf([line([piece('a|', { bold: true })])]), clearFormatting)
    expect(show(stored.apply(stored.tr.insertText('b')))).toEqual(['<bold>a</>b|'])
  })

  test('C8: authorship is cleared in the selection, or everywhere', () => {
    expect(after(clearAuthors, line('a‹b›c'), line('d'))).toEqual(['a<author=>‹b</>›c', 'd'])
    expect(after(clearAuthors, line('a|', { header: 1 }), line([piece('d', { author: 'a.1' })]))).toEqual([
      'header=1: <author=>a</>|',
      '<author=>d</>',
    ])
    expect(clearAuthors(stateOf([line([piece('a|', { author: '' })])]))).toBe(false)
  })

  test('T12: typing inside an author exception does not take it over; moving does', () => {
    const plugin = ownText((tr) => tr.getMeta('remote') === true)
    const state = stateOf([line([piece('ab', { author: 'a.1', bold: true })])], [plugin])
    expect(show(state.apply(state.tr.insertText('x', 2)))).toEqual([
      '<bold author=a.1>|a</><bold>x</><bold author=a.1>b</>',
    ])
    const copy = state.doc.slice(1, 3)
    const moved = state.apply(state.tr.replace(3, 3, copy).setMeta(KEEP_AUTHORS, true))
    expect(show(moved)).toEqual(['<bold author=a.1>|abab</>'])
    const remote = state.apply(state.tr.replace(3, 3, copy).setMeta('remote', true))
    expect(show(remote)).toEqual(['<bold author=a.1>|abab</>'])
  })

  test('C14: the formatting of the selection', () => {
    expect(
      formattingOf(
        stateOf([
          line([piece('‹a', { bold: true, italic: true })], { list: 'checked', indent: 1 }),
          line([piece('b›', { bold: true })], { list: 'unchecked', indent: 1 }),
        ]),
      ),
    ).toEqual({
      inline: { bold: true },
      header: null,
      list: 'task',
      indent: 1,
      line: { ...NO_LINES, list: null, indent: 1 },
      quote: false,
      code: false,
    })
    expect(formattingOf(stateOf([line([piece('a|b', { link: 'https://a' })], { header: 3 })]))).toMatchObject(
      {
        inline: { link: 'https://a' },
        header: 3,
      },
    )
  })
})

describe('links', () => {
  const link = 'https://a.example/'

  test('C9: a link is found at the cursor, over changes of its look', () => {
    const state = stateOf([line(['x', piece('a|', { link }), piece('b', { link, bold: true }), 'y'])])
    expect(linkAt(state)).toEqual({ from: 2, to: 4, href: link, text: 'ab' })
    expect(linkAt(stateOf([line('a|')]))).toBeNull()
    expect(linkAt(stateOf([line(['‹x', piece('a›', { link })])]))).toBeNull()
  })

  test('C9: set on a selection, change at the cursor, insert, remove', () => {
    expect(after(setLink('a.example'), line('x‹y›'))).toEqual(['x<link=https://a.example>‹y</>›'])
    expect(after(setLink('https://b.example'), line([piece('a|b', { link })]))).toEqual([
      '<link=https://b.example>a|b</>',
    ])
    expect(after(setLink('https://b.example', 'new words'), line([piece('a|b', { link })]))).toEqual([
      '<link=https://b.example>new words</>|',
    ])
    expect(after(setLink('me@b.example'), line('x|'))).toEqual([
      'x<link=mailto:me@b.example>me@b.example</>|',
    ])
    expect(after(removeLink, line([piece('a|b', { link, bold: true })]))).toEqual(['<bold>a|b</>'])
    expect(after(removeLink, line([piece('‹a', { link }), 'b›']))).toEqual(['‹ab›'])
  })

  test('T8: a refused address is not set', () => {
    expect(setLink('javascript:alert(1)')(stateOf([line('‹a›')]))).toBe(false)
    expect(removeLink(stateOf([line('‹a›')]))).toBe(false)
  })
})

describe('threads', () => {
  test('T10: two comments overlap in any order and give the same document', () => {
    const state = stateOf([line('abcdef')])
    const one = state.tr
    setThread(one, 1, 5, 'comment-1', true)
    setThread(one, 3, 7, 'comment-2', true)
    const two = state.tr
    setThread(two, 3, 7, 'comment-2', true)
    setThread(two, 1, 5, 'comment-1', true)
    expect(one.doc.eq(two.doc)).toBe(true)
    expect(threadRanges(one.doc, 'comment-2')).toEqual([{ from: 3, to: 7 }])
    setThread(one, 1, 7, 'comment-1', null)
    expect(threadRanges(one.doc, 'comment-1')).toEqual([])
    expect(keysOn(one.doc.child(0).child(1))).toEqual({ 'comment-2': true })
    expect(setThread(one, 1, 7, 'bold', true) || setThread(one, 1, 7, 'comment-3', 'x')).toBe(false)
  })
})
