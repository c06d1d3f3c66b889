import { expect, test } from '@jest/globals'
import { EditorState, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { DecorationSet } from 'prosemirror-view'
import { Schema } from 'prosemirror-model'
import type { Node as ProseNode } from 'prosemirror-model'
import { foldPlugin, toggleFold, unfoldAll } from './fold.ts'
import { headingAbove, headingsOf, sectionOf } from './headings.ts'
import { declaration, KIND } from './shared.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'line+' },
    line: { content: 'text*', attrs: { header: { default: null } } },
    text: {},
  },
})
const line = (words: string, header: number | null = null): ProseNode =>
  schema.node('line', { header }, words === '' ? [] : [schema.text(words)])
const doc = schema.node('doc', null, [
  line('before'),
  line('One', 1),
  line('a'),
  line('Two', 2),
  line('b'),
  line('', 1),
  line('Three', 1),
])
const posOf = (row: number): number => {
  let pos = 0
  for (let index = 0; index < row; index += 1) pos += doc.child(index).nodeSize
  return pos
}

test('E3: a section goes to the next heading of its level or a higher one', () => {
  expect(headingsOf(doc).map(({ level, words, row }) => [level, words, row])).toEqual([
    [1, 'One', 1],
    [2, 'Two', 3],
    [1, 'Three', 6],
  ])
  expect(sectionOf(doc, posOf(1))).toEqual({ from: posOf(2), to: posOf(5), rows: 3 })
  expect(sectionOf(doc, posOf(3))).toMatchObject({ rows: 1 })
  expect(sectionOf(doc, posOf(6))).toMatchObject({ rows: 0 })
  expect(sectionOf(doc, posOf(0))).toBeNull()
  expect(headingAbove(doc, posOf(4) + 1)).toBe(posOf(3))
  expect(headingAbove(doc, 1)).toBeNull()
})

test('E3: a folded section is hidden for this person alone, follows changes, and opens for whoever comes there', () => {
  const kept: string[][] = []
  const plugin = foldPlugin({ t: () => 'more', keep: (names) => kept.push([...names]), kept: ['2 Two'] })
  let state = EditorState.create({ doc, plugins: [plugin] })
  const apply = (tr: Transaction): void => {
    state = state.apply(tr)
  }
  const hidden = (): number => {
    const set = plugin.props.decorations?.call(plugin, state)
    return set instanceof DecorationSet
      ? set.find().filter(({ spec }) => Object.keys(spec as object).length === 0).length
      : 0
  }
  expect(hidden()).toBe(1)
  apply(state.tr.setSelection(TextSelection.create(state.doc, posOf(2) + 1)))
  expect(toggleFold(state, apply)).toBe(true)
  expect(state.doc.eq(doc)).toBe(true)
  expect(state.selection.from).toBe(posOf(1) + 4)
  expect(hidden()).toBe(4)
  apply(state.tr.insertText('more ', 1))
  expect(hidden()).toBe(4)
  apply(state.tr.setSelection(TextSelection.create(state.doc, posOf(4) + 6)))
  expect(hidden()).toBe(0)
  expect(unfoldAll(state, apply)).toBe(false)
})

test('E2: in files it is their own table of contents', () => {
  expect(declaration.exports?.[KIND]).toEqual({ contents: true })
})
