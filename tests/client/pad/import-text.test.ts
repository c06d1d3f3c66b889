import { expect, test } from '@jest/globals'
import { EditorState } from 'prosemirror-state'
import { isBlank, withContent } from '../../../client/pad/import-text.ts'
import { docOf } from '../../../client/editor/content.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { richSchema } from '../../support/formats.ts'

const FILE: Content = [
  { insert: 'Title' },
  { insert: '\n', attributes: { header: 1 } },
  { insert: 'words\n' },
]
const state = (content: Content): EditorState =>
  EditorState.create({ doc: docOf(richSchema, content), schema: richSchema })
const texts = (content: Content, mode: 'replace' | 'append'): string[] => {
  const out: string[] = []
  state(content)
    .apply(withContent(state(content), FILE, mode))
    .doc.forEach((node) => out.push(node.textContent))
  return out
}

test('F73: in place of the text there is nothing else', () => {
  expect(texts([{ insert: 'old\nlines\n' }], 'replace')).toEqual(['Title', 'words'])
})

test('F73: at the end the text stays, and an empty last line makes room', () => {
  expect(texts([{ insert: 'old\n' }], 'append')).toEqual(['old', 'Title', 'words'])
  expect(texts([{ insert: 'old\n\n' }], 'append')).toEqual(['old', 'Title', 'words'])
  expect(texts([{ insert: 'old\n' }, { insert: '\n', attributes: { list: 'bullet' } }], 'append')).toEqual([
    'old',
    '',
    'Title',
    'words',
  ])
  expect(texts([{ insert: '\n' }], 'append')).toEqual(['Title', 'words'])
})

test('F73: a text whose last line is open is closed', () => {
  const before = state([{ insert: 'open' }])
  const after = before.apply(withContent(before, FILE, 'append')).doc
  expect(after.firstChild?.attrs['open']).toBe(false)
  expect(after.childCount).toBe(3)
})

test('F73: blank is what nothing is written in', () => {
  expect(isBlank(state([{ insert: '\n' }]))).toBe(true)
  expect(isBlank(state([]))).toBe(true)
  expect(isBlank(state([{ insert: 'a\n' }]))).toBe(false)
  expect(isBlank(state([{ insert: { divider: true } }, { insert: '\n' }]))).toBe(false)
})
