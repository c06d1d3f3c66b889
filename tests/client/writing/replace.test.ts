import { expect, test } from '@jest/globals'
import { EditorState, TextSelection } from 'prosemirror-state'
import { contentOfDoc, docOf } from '../../../client/editor/content.ts'
import { schema } from '../../../client/editor/schema.ts'
import {
  linesOf,
  rangeAfter,
  rangeBefore,
  rangeOf,
  replaceRanges,
  selectedWords,
} from '../../../client/writing/find/places.ts'
import { findIn } from '../../../client/writing/find/search.ts'
import type { Content } from '../../../shared/text/delta.ts'

const open = (...content: Content) => EditorState.create({ doc: docOf(schema, content) })
function replaced(state: EditorState, words: string, instead: string, pattern = false) {
  const lines = linesOf(state.doc)
  const { hits } = findIn(lines.texts, { words, exact: false, whole: false, pattern }, 1000, instead)
  const tr = replaceRanges(
    state,
    hits.map((hit) => ({ ...rangeOf(lines, hit), with: hit.with ?? '' })),
  )
  return tr && { tr, content: contentOfDoc(state.apply(tr).doc) }
}

test('W3: words are found across formats, an embed counts one character, blocks none', () => {
  const state = open(
    { insert: 'he' },
    { insert: 'llo', attributes: { bold: true } },
    { insert: { mention: { a: 1 } } },
    { insert: ' hello\n' },
    { insert: { divider: true } },
    { insert: '\nhello\n' },
  )
  const lines = linesOf(state.doc)
  expect(lines.texts).toEqual(['hello\ufffc hello', 'hello'])
  const { hits } = findIn(lines.texts, { words: 'hello', exact: true, whole: false, pattern: false }, 9)
  const found = hits.map((hit) => rangeOf(lines, hit))
  expect(found.map(({ from, to }) => state.doc.textBetween(from, to))).toEqual(['hello', 'hello', 'hello'])
  expect([rangeAfter(found, 2), rangeAfter(found, 99), rangeBefore(found, 6), rangeBefore(found, 1)]).toEqual(
    [1, 0, 0, 2],
  )
})

test('W4: all at once in one transaction, longer and shorter; the first character says how it looks; nothing else is touched', () => {
  const state = open(
    { insert: 'a ' },
    { insert: 'o', attributes: { bold: true, author: 'a.x', 'comment-1': true } },
    { insert: 'ne one\n' },
    { insert: 'none' },
    { insert: '\n', attributes: { header: 1 } },
  )
  const done = replaced(state, 'one', 'three')
  expect(done?.content).toEqual([
    { insert: 'a ' },
    { insert: 'three', attributes: { bold: true, 'comment-1': true } },
    { insert: ' three\nnthree' },
    { insert: '\n', attributes: { header: 1 } },
  ])
  expect(done?.tr.steps).toHaveLength(3)
  expect(
    replaced(state, ' ?one', '', true)
      ?.content.map(({ insert }) => insert)
      .join(''),
  ).toBe('a\nn\n')
  expect(
    replaced(state, '(o)ne', '$1', true)
      ?.content.map(({ insert }) => insert)
      .join(''),
  ).toBe('a o o\nno\n')
  expect(replaced(state, 'one', 'one')).toBeNull()
  expect(
    replaced(state, 'one', 'x\ny')
      ?.content.map(({ insert }) => insert)
      .join(''),
  ).toBe('a x y x y\nnx y\n')
})

test('W3: a selection within a line is what is looked for', () => {
  const state = open({ insert: 'some words\nmore\n' })
  const select = (from: number, to: number) =>
    selectedWords(state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to))))
  expect([select(6, 11), select(3, 3), select(6, 14)]).toEqual(['words', '', ''])
})
