import { describe, expect, test } from '@jest/globals'
import { backspaceAtStart, deleteAtEnd, enter } from '../../../../client/editor/commands/enter.ts'
import { deleteLines, duplicateLines, moveLines } from '../../../../client/editor/commands/move.ts'
import { shiftTab, tab } from '../../../../client/editor/commands/tab.ts'
import { block, line, openLine, piece, run, show, stateOf } from '../../../support/pm.ts'

const after = (
  command: Parameters<typeof run>[1],
  ...rows: Parameters<typeof stateOf>[0][number][]
): string[] => show(run(stateOf(rows), command))

describe('Enter', () => {
  test('C10: splits, both halves keep the formats', () => {
    expect(after(enter, line('ab|cd', { header: 2 }))).toEqual(['header=2: ab', 'header=2: |cd'])
    expect(after(enter, line('a‹b'), line('c›d'))).toEqual(['a', '|d'])
  })

  test('C10: after a heading comes text, before it an empty text line', () => {
    expect(after(enter, line('ab|', { header: 1, align: 'center' }))).toEqual([
      'header=1 align=center: ab',
      'align=center: |',
    ])
    expect(after(enter, line('|ab', { header: 1 }))).toEqual(['', 'header=1: |ab'])
  })

  test('C10: a list goes on, a new task is not ticked, a start number stays with the first', () => {
    expect(after(enter, line('a|', { list: 'checked', indent: 1 }))).toEqual([
      'list=checked indent=1: a',
      'list=unchecked indent=1: |',
    ])
    expect(after(enter, line('a|b', { list: 'checked' }))).toEqual(['list=checked: a', 'list=unchecked: |b'])
    expect(after(enter, line('a|', { list: 'ordered', start: 4 }))).toEqual([
      'list=ordered start=4: a',
      'list=ordered: |',
    ])
    expect(after(enter, line('|a', { list: 'ordered', start: 4 }))).toEqual([
      'list=ordered start=4: ',
      'list=ordered: |a',
    ])
  })

  test('C11: an empty item, quote or code line leads out', () => {
    expect(after(enter, line('|', { list: 'bullet', indent: 2 }))).toEqual(['list=bullet indent=1: |'])
    expect(after(enter, line('|', { list: 'bullet', indent: 1 }))).toEqual(['list=bullet: |'])
    expect(after(enter, line('|', { list: 'ordered' }))).toEqual(['|'])
    expect(after(enter, line('|', { blockquote: true }))).toEqual(['|'])
    expect(after(enter, line('|', { 'code-block': 'js' }))).toEqual(['|'])
    expect(after(enter, line('|'))).toEqual(['', '|'])
  })

  test('T5: an open line gets its newline, the rest of it stays open', () => {
    expect(after(enter, openLine('ab|'))).toEqual(['ab', '|'])
    expect(after(enter, openLine('a|b'))).toEqual(['a', '|b ~'])
  })

  test('C10: after a selected block comes a line', () => {
    const state = stateOf([line('a'), block('divider'), line('|b')])
    expect(show(run(run(state, backspaceAtStart), enter))).toEqual(['a', '(divider)', '|', 'b'])
  })

  test('C10: what is typed next looks alike, but a comment or an author ends', () => {
    const state = run(
      stateOf([line([piece('ab|', { bold: true, author: 'a.1', 'comment-1': true })])]),
      enter,
    )
    expect(show(state.apply(state.tr.insertText('x')))[1]).toBe('<bold>x</>|')
  })
})

describe('joining', () => {
  test('R6: the joined line has the formats of the first', () => {
    expect(after(backspaceAtStart, line('ab', { header: 1 }), line('|cd', { align: 'right' }))).toEqual([
      'header=1: ab|cd',
    ])
    expect(after(deleteAtEnd, line('ab|'), line('cd', { list: 'bullet' }))).toEqual(['ab|cd'])
    expect(after(backspaceAtStart, line('ab'), openLine('|cd'))).toEqual(['ab|cd ~'])
  })

  test('R6: an empty first line leaves no trace', () => {
    expect(after(backspaceAtStart, line('', { list: 'bullet' }), line('|cd', { header: 1 }))).toEqual([
      'header=1: |cd',
    ])
    expect(after(deleteAtEnd, line('|'), line('cd', { list: 'bullet' }))).toEqual(['list=bullet: |cd'])
  })

  test('C11: Backspace at the start first leads out of list, quote, code, indentation', () => {
    expect(after(backspaceAtStart, line('x'), line('|a', { list: 'bullet', indent: 1 }))).toEqual([
      'x',
      'list=bullet: |a',
    ])
    expect(after(backspaceAtStart, line('x'), line('|a', { list: 'bullet' }))).toEqual(['x', '|a'])
    expect(after(backspaceAtStart, line('x'), line('|a', { blockquote: true }))).toEqual(['x', '|a'])
    expect(after(backspaceAtStart, line('x'), line('|a', { indent: 1 }))).toEqual(['x', '|a'])
    expect(after(backspaceAtStart, line('|a', { header: 1 }))).toEqual(['|a'])
  })

  test('C12: a block is selected, not swallowed', () => {
    expect(after(backspaceAtStart, block('board'), line('|a'))).toEqual(['*(board)', 'a'])
    expect(after(backspaceAtStart, block('board'), line('|'), line('b'))).toEqual(['*(board)', 'b'])
    expect(after(deleteAtEnd, line('a|'), block('board'))).toEqual(['a', '*(board)'])
    expect(after(deleteAtEnd, line('|'), block('board'))).toEqual(['*(board)'])
  })

  test('C12: elsewhere the commands do not apply', () => {
    expect(backspaceAtStart(stateOf([line('a|')]))).toBe(false)
    expect(backspaceAtStart(stateOf([line('|a')]))).toBe(false)
    expect(deleteAtEnd(stateOf([line('a|')]))).toBe(false)
  })
})

describe('Tab', () => {
  test('C4: lists, several lines and line starts are indented, else a tab is typed', () => {
    expect(after(tab, line('a|b', { list: 'bullet' }))).toEqual(['list=bullet indent=1: a|b'])
    expect(after(tab, line('a‹b'), line('c›d'))).toEqual(['indent=1: a‹b', 'indent=1: c›d'])
    expect(after(tab, line('|ab'))).toEqual(['indent=1: |ab'])
    expect(after(tab, line('a|b'))).toEqual(['a\t|b'])
    expect(after(tab, line('|ab', { 'code-block': true }))).toEqual(['code-block=true: \t|ab'])
    expect(after(shiftTab, line('a|b', { list: 'bullet', indent: 1 }))).toEqual(['list=bullet: a|b'])
    expect(after(shiftTab, line('    ab|', { 'code-block': true }))).toEqual(['code-block=true: ab|'])
    expect(after(tab, line('a‹', { 'code-block': true }), line('b›', { 'code-block': true }))).toEqual([
      'code-block=true: \ta‹',
      'code-block=true: \tb›',
    ])
  })

  test('C4: the key is used up even when nothing changes, so the focus stays', () => {
    expect(after(tab, line('|', { list: 'bullet', indent: 8 }))).toEqual(['list=bullet indent=8: |'])
    expect(after(shiftTab, line('|a'))).toEqual(['|a'])
  })
})

describe('whole lines', () => {
  test('C13: double', () => {
    expect(after(duplicateLines, line('a|b', { header: 1 }), line('c'))).toEqual([
      'header=1: ab',
      'header=1: a|b',
      'c',
    ])
    expect(after(duplicateLines, openLine('a|'))).toEqual(['a', 'a|'])
    expect(after(duplicateLines, line('‹a'), line('b›'), line('c'))).toEqual(['a', 'b', '‹a', 'b›', 'c'])
  })

  test('C13: delete', () => {
    expect(after(deleteLines, line('a'), line('b|'), line('c'))).toEqual(['a', '|c'])
    expect(after(deleteLines, line('a|', { header: 1 }))).toEqual(['|'])
    expect(after(deleteLines, line('a'), line('b|'))).toEqual(['a|'])
  })

  test('C13: move', () => {
    expect(after(moveLines(-1), line('a'), line('b|', { list: 'bullet' }), line('c'))).toEqual([
      'list=bullet: b|',
      'a',
      'c',
    ])
    expect(after(moveLines(1), line('‹a'), line('b›'), line('c'))).toEqual(['c', '‹a', 'b›'])
    expect(after(moveLines(1), line('a|'), block('board'))).toEqual(['(board)', 'a|'])
    expect(after(moveLines(-1), line('a'), openLine('b|'))).toEqual(['b|', 'a'])
    expect(moveLines(-1)(stateOf([line('a|')]))).toBe(false)
  })
})
