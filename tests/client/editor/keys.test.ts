/** @jest-environment jsdom */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { EditorView } from 'prosemirror-view'
import * as fc from 'fast-check'
import { docOf } from '../../../client/editor/content.ts'
import { keyBindings, editorKeys } from '../../../client/editor/keys.ts'
import { listNumbers, numbersOf } from '../../../client/editor/numbers.ts'
import { lineAttributes, schema } from '../../../client/editor/schema.ts'
import { taskBoxes } from '../../../client/editor/tasks.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { linesOf } from '../../../shared/text/lines.ts'
import { listCounter } from '../../../shared/text/numbers.ts'
import { anyContent } from '../../support/content.ts'
import { block, line, piece, show, stateOf } from '../../support/pm.ts'
import { EditorState } from 'prosemirror-state'
import type { Plugin } from 'prosemirror-state'

type Rows = Parameters<typeof stateOf>[0][number][]
const views: EditorView[] = []

afterEach(() => {
  for (const view of views.splice(0)) view.destroy()
})

function viewOf(rows: Rows, plugins: Plugin[], editable = true): EditorView {
  const place = document.body.appendChild(document.createElement('div'))
  const view = new EditorView(place, { state: stateOf(rows, plugins), editable: () => editable })
  views.push(view)
  return view
}

function press(
  view: EditorView,
  key: string,
  how: Partial<KeyboardEventInit> = {},
  keyCode = key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0,
): boolean {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...how })
  Object.defineProperty(event, 'keyCode', { value: keyCode })
  view.dom.dispatchEvent(event)
  return event.defaultPrevented
}

const actions = { undo: jest.fn(() => true), redo: jest.fn(() => false) }

describe('keys', () => {
  test.each([
    ['b', {}, '<bold>‹ab</>›'],
    ['i', {}, '<italic>‹ab</>›'],
    ['u', {}, '<underline>‹ab</>›'],
    ['5', {}, '<strike>‹ab</>›'],
    ['L', { shiftKey: true }, 'list=bullet: ‹ab›'],
    ['N', { shiftKey: true }, 'list=ordered: ‹ab›'],
    ['C', { shiftKey: true }, '<author=>‹ab</>›'],
    [']', {}, 'indent=1: ‹ab›'],
  ])('K1: Ctrl %s %j', (key, how, expected) => {
    const view = viewOf([line('‹ab›')], [editorKeys(actions)])
    expect(press(view, key, { ctrlKey: true, ...how })).toBe(true)
    expect(show(view.state)).toEqual([expected])
  })

  test('K1: Ctrl-Shift-1 makes a numbered list on keyboards where Shift-1 is another sign', () => {
    const view = viewOf([line('‹ab›')], [editorKeys(actions)])
    expect(press(view, '!', { ctrlKey: true, shiftKey: true }, 49)).toBe(true)
    expect(show(view.state)).toEqual(['list=ordered: ‹ab›'])
  })

  test('K1: undo and redo are used up even when there is nothing to do', () => {
    const view = viewOf([line('a|')], [editorKeys(actions)])
    expect(press(view, 'z', { ctrlKey: true })).toBe(true)
    expect(press(view, 'y', { ctrlKey: true })).toBe(true)
    expect(press(view, 'Z', { ctrlKey: true, shiftKey: true })).toBe(true)
    expect([actions.undo.mock.calls.length, actions.redo.mock.calls.length]).toEqual([1, 2])
  })

  test('K1: Ctrl-H deletes the sign before the cursor, all of an emoji', () => {
    const view = viewOf([line('a👩‍👩‍👧|')], [editorKeys(actions)])
    press(view, 'h', { ctrlKey: true })
    expect(show(view.state)).toEqual(['a|'])
  })

  test("K2: Etherpad's padShortcutEnabled switches keys off; the link, revision and leave keys come with their actions", () => {
    const bindings = keyBindings(actions, new Set(['cmdB', 'cmdShiftL', 'tab']))
    expect(Object.keys(bindings)).not.toEqual(expect.arrayContaining(['Mod-b']))
    expect(
      bindings['Tab'] ?? bindings['Mod-Shift-l'] ?? bindings['Mod-k'] ?? bindings['Mod-s'],
    ).toBeUndefined()
    const link = jest.fn(() => true)
    expect(keyBindings({ ...actions, link })['Mod-k']).toBeDefined()
  })

  test('K1: a read-only text has no keys of its own', () => {
    const leave = jest.fn(() => true)
    const view = viewOf([line('‹ab›')], [editorKeys({ ...actions, leave })], false)
    expect(press(view, 'b', { ctrlKey: true }) || press(view, 'Tab')).toBe(false)
    expect(show(view.state)).toEqual(['‹ab›'])
  })
})

describe('drawing', () => {
  test('T10: headings are headings, tasks have a named check box that a click ticks', () => {
    const view = viewOf(
      [
        line('T|', { header: 2 }),
        line('do', { list: 'unchecked' }),
        line([piece('x', { link: 'javascript:y' })]),
      ],
      [taskBoxes()],
    )
    expect(view.dom.querySelector('h2')?.textContent).toBe('T')
    const box = view.dom.querySelector('[role=checkbox]')
    expect(document.getElementById(box?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('do')
    box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    expect(show(view.state)[1]).toBe('list=checked: do')
    expect(view.dom.querySelector('[role=checkbox]')?.getAttribute('aria-checked')).toBe('true')
    expect(view.dom.querySelector('a')).toBeNull()
  })

  test('T6: embeds without a view are labelled', () => {
    const view = viewOf([line('a|'), block('board'), block('divider')], [])
    expect(view.dom.querySelector('[data-kind=board]')?.textContent).toBe('board')
    expect(view.dom.querySelector('[data-kind=divider] hr')).not.toBeNull()
  })
})

describe('list numbers', () => {
  const shown = (state: EditorState): [number, number][] =>
    numbersOf(state)
      .find()
      .map((one): [number, number] => [one.from, (one.spec as { number: number }).number])
      .sort((a, b) => a[0] - b[0])

  test('T7: numbers are drawn on the lines', () => {
    const view = viewOf([line('a|', { list: 'ordered' }), line('b', { list: 'ordered' })], [listNumbers()])
    expect([...view.dom.querySelectorAll('p')].map((p) => p.dataset['number'])).toEqual(['1', '2'])
  })

  test('T7: after any change the numbers are those of a fresh count', () => {
    const change = fc.record({
      at: fc.nat(400),
      kind: fc.constantFrom('list', 'plain', 'split', 'delete', 'type'),
      n: fc.nat(9),
    })
    fc.assert(
      fc.property(anyContent(20), fc.array(change, { maxLength: 12 }), (content, changes) => {
        let state = EditorState.create({ doc: docOf(schema, content), plugins: [listNumbers()] })
        for (const { at, kind, n } of changes) {
          const { tr } = state
          const index = at % state.doc.childCount
          let pos = 0
          for (let i = 0; i < index; i += 1) pos += state.doc.child(i).nodeSize
          const node = state.doc.child(index)
          if (kind === 'delete' && state.doc.childCount > 1) tr.delete(pos, pos + node.nodeSize)
          else if (node.type.name !== 'line') continue
          else if (kind === 'list') tr.setNodeAttribute(pos, 'list', n % 3 === 0 ? 'bullet' : 'ordered')
          else if (kind === 'plain') tr.setNodeAttribute(pos, 'list', null)
          else if (kind === 'split') tr.split(pos + 1)
          else tr.insertText('x', pos + 1)
          state = state.apply(tr)
        }
        const counter = listCounter()
        const expected: [number, number][] = []
        state.doc.forEach((node, pos) => {
          const number = counter.next(node.type.name === 'line' ? lineAttributes(node) : {})
          if (number !== undefined) expected.push([pos, number])
        })
        expect(shown(state)).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })

  test('T7: a kind of list nobody knows ends the list, in the editor and in HTML', () => {
    const content: Content = [
      { insert: '\n', attributes: { list: 'ordered' } },
      { insert: '\n', attributes: { indent: 1, list: 'odd' } },
      { insert: '\n', attributes: { list: 'ordered' } },
    ]
    const state = EditorState.create({ doc: docOf(schema, content), plugins: [listNumbers()] })
    expect(shown(state).map(([, number]) => number)).toEqual([1, 1])
    const counter = listCounter()
    expect(linesOf(content).map((one) => counter.next(one.attributes))).toEqual([1, undefined, 1])
  })

  test('T7: HTML and the editor count alike', () => {
    const content: Content = [
      { insert: 'a' },
      { insert: '\n\n', attributes: { list: 'ordered' } },
      { insert: '\n', attributes: { list: 'ordered', indent: 1 } },
      { insert: '\n', attributes: { list: 'ordered' } },
    ]
    const state = EditorState.create({ doc: docOf(schema, content), plugins: [listNumbers()] })
    const counter = listCounter()
    expect(shown(state).map(([, number]) => number)).toEqual(
      linesOf(content).map((one) => counter.next(one.attributes)),
    )
  })
})
