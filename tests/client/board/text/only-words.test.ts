/** @jest-environment jsdom */
/** Nothing a person puts into a shape's words makes a server close their connection (SPEC-board B320, B20, B30). */
import { describe, expect, test } from '@jest/globals'
import { EditorState } from 'prosemirror-state'
import { onlyWords } from '../../../../client/board/text/only-words.ts'
import { boardSchema } from '../../../../client/board/text/schema.ts'
import { contentOfDoc, docOf } from '../../../../client/editor/content.ts'
import { checkText } from '../../../../shared/board/check/text.ts'
import { MAX_TEXT } from '../../../../shared/board/limits.ts'
import type { Content } from '../../../../shared/text/delta.ts'

function start(content: Content): { state: EditorState; refusals: () => number } {
  let refused = 0
  const plugin = onlyWords(
    (transaction) => transaction.getMeta('fromText') === true,
    () => (refused += 1),
  )
  return {
    state: EditorState.create({ doc: docOf(boardSchema, content), plugins: [plugin] }),
    refusals: () => refused,
  }
}

const PASTED: Content = [
  { insert: 'before ' },
  { insert: { mention: 'a.0000000000000000' } },
  { insert: ' after\n' },
  { insert: { divider: true } },
  { insert: '\n' },
  { insert: { board: true } },
  { insert: '\n' },
  { insert: 'last', attributes: { bold: true, color: '#c0392b' } },
]

describe('words only', () => {
  test('B320: embeds go, lines and formats stay', () => {
    const { state } = start([{ insert: 'x\n' }])
    const nodes = docOf(boardSchema, PASTED).content
    const next = state.applyTransaction(state.tr.insert(state.doc.content.size, nodes)).state
    const content = contentOfDoc(next.doc)
    expect(checkText(content)).toBeNull()
    expect(content.map(({ insert }) => insert).join('|')).toBe('x\nbefore  after\n|last')
    expect(content.at(-1)?.attributes).toEqual({ bold: true, color: '#c0392b' })
  })

  test('B320: a text that would be nothing but an embed is an empty line', () => {
    const { state } = start([])
    const nodes = docOf(boardSchema, [{ insert: { divider: true } }]).content
    const next = state.applyTransaction(state.tr.replaceWith(0, state.doc.content.size, nodes)).state
    expect(checkText(contentOfDoc(next.doc))).toBeNull()
    expect(next.doc.childCount).toBe(1)
    expect(next.doc.textContent).toBe('')
  })

  test('B320: what comes from the text is left as it is', () => {
    const { state } = start([{ insert: 'x' }])
    const nodes = docOf(boardSchema, PASTED).content
    const tr = state.tr.insert(0, nodes).setMeta('fromText', true)
    expect(state.applyTransaction(tr).transactions).toHaveLength(1)
  })

  test('B30: too much is refused, whether letters or pieces; shortening never is', () => {
    const { state, refusals } = start([{ insert: 'x' }])
    const long = state.applyTransaction(state.tr.insertText('y'.repeat(MAX_TEXT), 1))
    expect([long.transactions.length, refusals()]).toEqual([0, 1])
    const pieces: Content = Array.from({ length: 6000 }, (_one, index) => ({
      insert: 'z',
      ...(index % 2 === 0 ? { attributes: { bold: true } } : {}),
    }))
    const many = state.applyTransaction(state.tr.insert(0, docOf(boardSchema, pieces).content))
    expect([many.transactions.length, refusals()]).toEqual([0, 2])
    const full = start([{ insert: 'y'.repeat(MAX_TEXT + 100) }])
    expect(full.state.applyTransaction(full.state.tr.delete(1, 2)).transactions).toHaveLength(1)
    expect(full.refusals()).toBe(0)
  })
})
