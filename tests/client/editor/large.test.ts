/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import * as Y from 'yjs'
import { docOf } from '../../../client/editor/content.ts'
import { createEditor } from '../../../client/editor/editor.ts'
import type { Editor } from '../../../client/editor/types.ts'
import { listNumbers, numbersOf } from '../../../client/editor/numbers.ts'
import { replaceRows } from '../../../client/editor/row-decorations.ts'
import { schema } from '../../../client/editor/schema.ts'
import type { Insert } from '../../../shared/text/delta.ts'

const made: Editor[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.destroy()
  document.body.replaceChildren()
})

/** An editor on a text of these lines, all by client 11 but for what is written later. */
function open(lines: readonly string[]): { editor: Editor; text: Y.Text; doc: Y.Doc } {
  const source = new Y.Doc()
  source.clientID = 11
  source.getText('text').insert(0, lines.map((one) => `${one}\n`).join(''))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
  const place = document.createElement('div')
  document.body.append(place)
  const text = doc.getText('text')
  const editor = createEditor({
    place,
    text,
    authors: {
      authorOf: (client) => (client === 11 ? 'a.1' : 'a.2'),
      person: (author) => ({ name: author === 'a.1' ? 'Ann' : 'Bo', colour: '1' }),
      me: () => 'a.2',
    },
    readOnly: false,
    authorStyle: 'tint',
    label: 'Text',
    onState: () => undefined,
    onCursor: () => undefined,
    onError(error) {
      throw error
    },
  })
  made.push(editor)
  return { editor, text, doc }
}

const numberedLines = (count: number, word = 'line'): string[] =>
  Array.from({ length: count }, (_, at) => `${word} ${at}`)

describe('T7: work in an ordered list grows with the list, not with its square', () => {
  const LONG = 1000
  const listOf = (lines: number): EditorState => {
    const content = Array.from({ length: lines }, (_, at): Insert[] => [
      { insert: `item ${at}` },
      { insert: '\n', attributes: { list: 'ordered' } },
    ]).flat()
    return EditorState.create({ doc: docOf(schema, content), plugins: [listNumbers()] })
  }
  /** How often somebody looked where a decoration stands. */
  let looks = 0
  beforeEach(() => {
    looks = 0
    const make = Decoration.node.bind(Decoration)
    jest.spyOn(Decoration, 'node').mockImplementation((from, to, ...rest) => {
      const one = make(from, to, ...rest)
      for (const [name, place] of Object.entries({ from, to }))
        Object.defineProperty(one, name, {
          get() {
            looks += 1
            return place
          },
        })
      return one
    })
  })
  afterEach(() => void jest.restoreAllMocks())

  test.each<[string, (state: EditorState) => EditorState]>([
    ['opening it', (state) => state],
    ['Enter in its first line', (state) => state.apply(state.tr.split(3))],
    ['a key in its first line', (state) => state.apply(state.tr.insertText('x', 3))],
    ['taking its first line out', (state) => state.apply(state.tr.setNodeAttribute(0, 'list', null))],
  ])('%s', (_what, change) => {
    const state = change(listOf(LONG))
    expect(looks).toBeLessThan(40 * LONG)
    const numbers = numbersOf(state).find()
    expect(Math.abs(numbers.length - LONG)).toBeLessThanOrEqual(1)
    expect(numbers.map(({ spec }) => (spec as { number: number }).number)).toEqual(
      numbers.map((_, at) => at + 1),
    )
  })
})

test('Decorations replaced row by row are those ProseMirror would make afresh', () => {
  const row = fc.record({
    length: fc.integer({ min: 1, max: 5 }),
    around: fc.boolean(),
    within: fc.boolean(),
  })
  type Row = { length: number; around: boolean; within: boolean }
  const docOfRows = (rows: readonly Row[]) =>
    docOf(schema, [{ insert: rows.map(({ length }) => `${'x'.repeat(length)}\n`).join('') }])
  const decorated = (rows: readonly Row[], first: number) => {
    let pos = first
    return rows.map(({ length, around, within }) => {
      const size = length + 2
      const at = pos
      pos += size
      return {
        pos: at,
        size,
        ...(around ? { around: Decoration.node(at, at + size, { class: `n${length}` }) } : {}),
        ...(within ? { within: [Decoration.inline(0, length, { class: 'i' })] } : {}),
      }
    })
  }
  const fresh = (rows: readonly Row[]): DecorationSet =>
    DecorationSet.create(
      docOfRows(rows),
      decorated(rows, 0).flatMap(({ pos, size, around }, at) => [
        ...(around ? [around] : []),
        ...(rows[at]?.within ? [Decoration.inline(pos + 1, pos + size - 1, { class: 'i' })] : []),
      ]),
    )
  const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, { length }) => sum + length + 2, 0)
  const rowsOf = (minLength: number) => fc.array(row, { minLength, maxLength: 12 })
  fc.assert(
    fc.property(rowsOf(1), rowsOf(1), fc.nat(12), fc.nat(12), (old, put, a, b) => {
      const [from, to] = [Math.min(a, b, old.length), Math.min(Math.max(a, b), old.length)]
      const start = sizeOf(old.slice(0, from))
      const end = sizeOf(old.slice(0, to))
      const now = [...old.slice(0, from), ...put, ...old.slice(to)]
      const set = replaceRows(
        fresh(old),
        { from: start, to: end, shift: sizeOf(put) - (end - start) },
        decorated(put, start),
      )
      const same = (set as unknown as { eq(other: DecorationSet): boolean }).eq(fresh(now))
      expect(same).toBe(true)
    }),
  )
})

test('T12: of a large paste the authors of its first lines are read and drawn, not of all', () => {
  const { editor, text } = open(['first', 'second'])
  text.insert(
    6,
    numberedLines(3000)
      .map((one) => `${one}\n`)
      .join(''),
  )
  const drawn = [...editor.view.dom.querySelectorAll('[data-author]')].map((one) => one.textContent)
  expect(drawn.slice(0, 3)).toEqual(['first', 'line 0', 'line 1'])
  expect(drawn.length).toBeLessThan(400)
  expect(editor.state.doc.childCount).toBe(3002)
})

test('T12: what stood below a large paste keeps its authors, and is written in by others rightly', () => {
  const { editor, text, doc } = open(numberedLines(6, 'old'))
  doc.transact(() =>
    text.insert(
      0,
      numberedLines(1000)
        .map((one) => `${one}\n`)
        .join(''),
    ),
  )
  text.delete(0, numberedLines(900).join('\n').length + 1)
  const drawn = [...editor.view.dom.querySelectorAll('[data-author]')].map((one) => [
    one.getAttribute('data-author'),
    one.textContent,
  ])
  expect(drawn.filter(([, line]) => line?.startsWith('old'))).toEqual(
    numberedLines(6, 'old').map((line) => ['a.1', line]),
  )
})

test('Lines without formats share their attributes, also pasted ones', () => {
  const { editor } = open(numberedLines(5))
  const event = new Event('paste', { bubbles: true, cancelable: true })
  const clipboardData = {
    getData: (type: string) => (type === 'text/plain' ? 'a\nb\nc\nd' : ''),
    types: ['text/plain'],
    files: [],
  }
  Object.defineProperty(event, 'clipboardData', { value: clipboardData })
  editor.view.dom.dispatchEvent(event)
  expect(editor.state.doc.childCount).toBe(8)
  const attributes = new Set(editor.state.doc.children.slice(1, 3).map(({ attrs }) => attrs))
  expect(attributes.size).toBe(1)
})
