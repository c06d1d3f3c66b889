import { afterEach, describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { contentOfText, runsBetween } from '../../../../client/editor/binding/items.ts'
import { MOST_STEPS } from '../../../../client/editor/undo.ts'
import type { Authors } from '../../../../client/editor/types.ts'
import { needsTidy, tidy } from '../../../../shared/text/tidy.ts'
import { TestEditor, exchange, linesText, seededDoc } from '../../../support/editors.ts'
import { cut, deleteLine, format, mark, outcome, pair, type } from '../../../support/merge-scenarios.ts'
import type { Pair } from '../../../support/merge-scenarios.ts'
import { seeded } from '../../../support/seeded.ts'

const open: TestEditor[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

function two(seed: string): Pair {
  const both = pair(seed)
  open.push(both.a, both.b)
  return both
}

/** Which characters are bold, as the text with capitals for bold ones. */
function boldOf(one: TestEditor): string {
  return contentOfText(one.text)
    .map(({ insert, attributes }) =>
      typeof insert !== 'string' ? '?' : attributes?.['bold'] === true ? insert.toUpperCase() : insert,
    )
    .join('')
}

describe('R13: undo changes only own edits', () => {
  test('the cursor returns to where it was', () => {
    const { a } = two('abc\ndef\n')
    a.select(2)
    type(a, 1, 3, '!!')
    a.select(0)
    a.history.undo()
    expect(linesText(a.state.doc)).toBe('abc|def')
    expect(a.state.selection.head).toBe(3)
    a.history.redo()
    expect(linesText(a.state.doc)).toBe('abc|def!!')
    expect(a.state.selection.head).toBe(1)
  })

  test('undo of typing keeps what others typed inside it, redo brings the rest back', () => {
    const both = two('abc\n')
    type(both.a, 0, 3, 'AAAA')
    both.sync()
    type(both.b, 0, 5, 'B')
    both.sync()
    both.a.history.undo()
    both.sync()
    expect(outcome(both)).toBe('abcB')
    both.a.history.redo()
    both.sync()
    expect(outcome(both)).toBe('abcAABAA')
  })

  test('a line format of mine goes, the one of another stays', () => {
    const both = two('abc\ndef\n')
    format(both.a, 0, 'header', 1)
    both.sync()
    format(both.b, 1, 'list', 'bullet')
    both.sync()
    both.a.history.undo()
    both.sync()
    expect(outcome(both)).toBe('abc|<bullet>def')
  })

  test('text of another that comes back keeps its author, mine does not name one', () => {
    const authors: Authors = {
      authorOf: (client) => (client === 2 ? 'a.me' : 'a.other'),
      person: () => undefined,
      me: () => 'a.me',
    }
    const one = new TestEditor(seededDoc(2, 'theirs\nnext\n'), { authors })
    open.push(one)
    type(one, 0, 3, 'MINE')
    cut(one, 0, 1, 9, 0)
    deleteLine(one, 1)
    one.history.undo()
    one.history.undo()
    expect(linesText(one.state.doc)).toBe('theMINEirs|next')
    expect(contentOfText(one.text)).toEqual([
      { insert: 't' },
      { insert: 'he', attributes: { author: 'a.other' } },
      { insert: 'MINE' },
      { insert: 'ir', attributes: { author: 'a.other' } },
      { insert: 's\n' },
      { insert: 'next', attributes: { author: 'a.other' } },
      { insert: '\n' },
    ])
    expect(one.state.doc.eq(one.wanted())).toBe(true)
  })

  test('no more steps than the cap', () => {
    const { a } = two('abc\n')
    for (let step = 0; step < MOST_STEPS + 20; step += 1) type(a, 0, 0, 'x')
    let undone = 0
    while (a.history.undo()) undone += 1
    expect(undone).toBe(MOST_STEPS)
    expect(a.text.toString()).toBe(`${'x'.repeat(20)}abc\n`)
  })

  test('a read-only view has nothing to undo', () => {
    const { a } = two('abc\n')
    type(a, 0, 0)
    a.binding.readOnly = true
    expect(a.history.canUndo()).toBe(false)
    expect(a.history.undo()).toBe(false)
  })
})

describe('R14: leaked formats are undone or tidied', () => {
  test('L1 A un-bolds a part, B deletes the run: one tidying write, no bold after it', () => {
    const both = two('abcdef ghi\nnext\n')
    mark(both.a, 0, 0, 6, 'bold')
    both.sync()
    mark(both.a, 0, 2, 4, 'bold', false)
    cut(both.b, 0, 0, 6)
    both.sync()
    tidy(both.a.text)
    both.sync()
    expect(boldOf(both.a)).not.toContain('NEXT')
    expect(needsTidy(both.b.text)).toBe(false)
    expect(outcome(both)).toBe(' ghi|next')
  })

  test('L7 A bolds, B un-bolds a part, A undoes: nothing outside the bolded stretch turns bold', () => {
    const both = two('abcdef ghi\nnext\n')
    mark(both.a, 0, 0, 6, 'bold')
    both.sync()
    mark(both.b, 0, 2, 4, 'bold', false)
    both.sync()
    both.a.history.undo()
    both.sync()
    expect(boldOf(both.b)).toMatch(/^abcd.. ghi\nnext\n$/)
    expect(outcome(both)).toBe('abcdef ghi|next')
  })

  test('g1 A types bold text, B types in it, A undoes: the rest keeps its formats', () => {
    const both = two('abcdef\nnext\n')
    mark(both.a, 0, 0, 3, 'bold')
    both.sync()
    type(both.a, 0, 3, 'AAA')
    both.sync()
    mark(both.b, 0, 4, 5, 'bold')
    type(both.b, 0, 4)
    both.sync()
    both.a.history.undo()
    both.sync()
    expect(boldOf(both.a)).toContain('def\nnext')
    expect(outcome(both)).toMatch(/^abc(XY)?.*def\|next$/)
  })

  test.each(['L2', 'L4', 'L6'])(
    '%s and all other leaks: random bolding by three people is clean after one write',
    (row) => {
      for (let seed = 1; seed <= 12; seed += 1) {
        const random = seeded(seed * 31 + row.charCodeAt(1))
        const editors = [2, 3, 4].map(
          (client) => new TestEditor(seededDoc(client, 'abcdef\nghijkl\nmnopqr\n')),
        )
        open.push(...editors)
        for (let step = 0; step < 40; step += 1) {
          const one = random.pick(editors)
          const line = random.int(one.state.doc.childCount)
          const size = one.state.doc.child(line).content.size
          const from = random.int(size + 1)
          const to = Math.min(size, from + 1 + random.int(4))
          const choice = random.int(12)
          if (choice < 6) mark(one, line, from, to, 'bold', random.chance(0.6))
          else if (choice < 9) type(one, line, from, 'x')
          else if (choice < 11) cut(one, line, from, to)
          else one.history.undo()
          if (step % 4 === 3) exchange(editors)
        }
        exchange(editors)
        const [a, b] = editors as [TestEditor, TestEditor]
        tidy(a.text)
        exchange(editors)
        expect({ seed, again: tidy(b.text) }).toEqual({ seed, again: false })
        for (const one of editors) {
          expect({ seed, errors: one.errors, equal: one.state.doc.eq(one.wanted()) }).toEqual({
            seed,
            errors: [],
            equal: true,
          })
          expect(one.state.doc.eq(a.state.doc)).toBe(true)
        }
      }
    },
  )
})

test('T12: authors by client id are exact: every character belongs to who typed it', () => {
  const editors = [2, 3, 4].map((client) => new TestEditor(seededDoc(client, 'start\nhere\n')))
  open.push(...editors)
  const random = seeded(5)
  const letters = ['', '', 'A', 'B', 'C']
  for (let step = 0; step < 200; step += 1) {
    const one = random.pick(editors)
    const line = random.int(one.state.doc.childCount)
    const at = random.int(one.state.doc.child(line).content.size + 1)
    if (random.chance(0.8)) type(one, line, at, letters[one.doc.clientID])
    else
      one.dispatch(
        one.state.tr.split(
          one.state.doc.children.slice(0, line).reduce((sum, block) => sum + block.nodeSize, 1) + at,
        ),
      )
    if (step % 5 === 0) exchange(editors)
  }
  exchange(editors)
  const [a] = editors as [TestEditor]
  let at = 0
  const shown = a.text.toString()
  for (const { length, client } of runsBetween(a.text, 0, a.text.length)) {
    const wrong = shown
      .slice(at, at + length)
      .split('')
      .filter((letter) => 'ABC'.includes(letter) && letter !== letters[client])
    expect(wrong).toEqual([])
    at += length
  }
  expect(at).toBe(a.text.length)
})

test('R18: a trace of two authors, each key a dispatch, ends in equal documents', () => {
  const both = two('\n')
  const random = seeded(11)
  const cursors = [0, 0]
  for (let step = 0; step < 1500; step += 1) {
    const index = random.int(2)
    const one = index === 0 ? both.a : both.b
    let at = Math.min(cursors[index] ?? 0, one.text.length - 1)
    if (random.chance(0.02)) at = random.int(one.text.length)
    if (random.chance(0.12) && at > 0 && one.text.toString()[at - 1] !== '\n') {
      one.delete(at - 1, 1)
      at -= 1
    } else if (random.chance(0.04)) {
      one.select(at)
      one.dispatch(one.state.tr.split(one.state.selection.head))
      at += 1
    } else {
      one.type(at, random.pick(['e', 't', 'a', ' ', 'n']))
      at += 1
    }
    cursors[index] = at
    if (random.chance(0.2)) both.sync()
    else if (one.outbox.length > 8) both.sync()
  }
  both.sync()
  expect(outcome(both)).not.toMatch(/^(errors|a document)/)
  const merged = new Y.Doc()
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(both.a.doc))
  expect(merged.getText('text').toString()).toBe(both.b.text.toString())
})
