/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { authorAt } from '../../../../client/editor/authors.ts'
import { FLAG_TIME } from '../../../../client/editor/cursors.ts'
import { createEditor } from '../../../../client/editor/editor.ts'
import type { Editor, EditorOptions } from '../../../../client/editor/types.ts'

const made: Editor[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.destroy()
  jest.useRealTimers()
  document.body.replaceChildren()
})

function docOfTwo(): Y.Doc {
  const first = new Y.Doc()
  first.clientID = 11
  first.getText('text').insert(0, 'hello world\nsecond\n')
  const second = new Y.Doc()
  second.clientID = 12
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  second.getText('text').insert(5, ' dear')
  second.getText('text').format(17, 1, { author: 'a.3' })
  return second
}

function open(doc: Y.Doc, options: Partial<EditorOptions> = {}): { editor: Editor; errors: unknown[] } {
  const place = document.createElement('div')
  document.body.append(place)
  const errors: unknown[] = []
  const people: Record<string, { name: string; colour: string }> = {
    'a.1': { name: 'Ann', colour: '1' },
    'a.2': { name: '<b>Bob', colour: '#123456' },
    'a.3': { name: 'Cy', colour: 'red;}' },
  }
  const editor = createEditor({
    place,
    text: doc.getText('text'),
    authors: {
      authorOf: (client) => (client === 11 ? 'a.1' : 'a.2'),
      person: (author) => people[author],
      me: () => 'a.2',
    },
    readOnly: false,
    authorStyle: 'tint',
    label: 'Text of the pad',
    onState: () => undefined,
    onCursor: () => undefined,
    onError: (error) => errors.push(error),
    ...options,
  })
  made.push(editor)
  return { editor, errors }
}

function authorsShown(editor: Editor): [string | null, string | null][] {
  return [...editor.view.dom.querySelectorAll('[data-author]')].map((one) => [
    one.getAttribute('data-by'),
    one.textContent,
  ])
}

test('T12: authors are shown by name, with what is typed now too', () => {
  const doc = docOfTwo()
  const { editor } = open(doc)
  expect(authorsShown(editor)).toEqual([
    ['Ann', 'hello'],
    ['<b>Bob', ' dear'],
    ['Ann', ' world'],
    ['Cy', 's'],
    ['Ann', 'econd'],
  ])
  editor.view.dispatch(editor.state.tr.insertText('!', 1))
  doc.transact(() => doc.getText('text').insert(3, '?'), 'network')
  expect(authorsShown(editor).slice(0, 4)).toEqual([
    ['<b>Bob', '!'],
    ['Ann', 'he'],
    ['<b>Bob', '?'],
    ['Ann', 'llo'],
  ])
  expect(authorAt(editor.state, 2)).toBe('a.2')
  editor.setAuthorStyle('off')
  expect(authorsShown(editor)).toEqual([])
  editor.setAuthorStyle('bar')
  expect(editor.view.dom.querySelectorAll('.by-line').length).toBe(2)
})

test('T12: a colour that is none reaches neither attribute nor style', () => {
  const doc = docOfTwo()
  const { editor } = open(doc)
  expect(editor.view.dom.outerHTML).not.toContain('red;')
  editor.setCursors([
    { client: 5, name: '<i>Eve</i>', colour: 'url(x)', anchor: at(doc, 2), head: at(doc, 4) },
    { client: 6, name: 'Bad', colour: '2', anchor: 'nonsense', head: { item: { client: 'x' } } },
  ])
  const carets = editor.view.dom.querySelectorAll('.caret')
  expect(carets.length).toBe(1)
  expect(carets[0]?.getAttribute('data-name')).toBe('<i>Eve</i>')
  expect(carets[0]?.childNodes.length).toBe(0)
  expect(editor.view.dom.querySelector('.selected-by')?.textContent).toBe('ll')
  expect(editor.view.dom.outerHTML).not.toContain('url(x)')
})

function at(doc: Y.Doc, index: number): unknown {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(doc.getText('text'), index))
}

test('T12: the name over a caret goes after a while, and comes back while its owner writes, not others', () => {
  jest.useFakeTimers()
  const doc = docOfTwo()
  const { editor } = open(doc)
  const eve = { client: 21, name: 'Eve', colour: '1', anchor: at(doc, 16), head: at(doc, 16) }
  expect(doc.getText('text').toJSON().slice(0, 17)).toBe('hello dear world\n')
  editor.setCursors([eve])
  const named = (): boolean => editor.view.dom.querySelector('.caret:not(.quiet)') !== null
  const other = new Y.Doc()
  /** Another client's change, as the network brings it. */
  const edit = (client: number, change: (text: Y.Text) => void): void => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    other.clientID = client
    change(other.getText('text'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'network')
  }
  expect(named()).toBe(true)
  jest.advanceTimersByTime(FLAG_TIME)
  expect(named()).toBe(false)

  edit(22, (text) => text.insert(0, 'above\n'))
  edit(22, (text) => text.insert(22, '?'))
  editor.view.dispatch(editor.state.tr.insertText('mine', 1))
  expect(named()).toBe(false)
  edit(21, (text) => text.insert(27, '!'))
  expect(editor.view.dom.querySelectorAll('.line')[1]?.textContent).toBe('hello dear world?!')
  for (let second = 0; second < 5; second += 1) {
    expect(named()).toBe(true)
    jest.advanceTimersByTime(1000)
    edit(21, (text) => text.insert(28 + second, '.'))
  }
  jest.advanceTimersByTime(FLAG_TIME)
  expect(named()).toBe(false)
  edit(21, (text) => text.delete(32, 1))
  expect(named()).toBe(true)
  jest.advanceTimersByTime(FLAG_TIME)
  edit(21, (text) => text.insert(32, '\n'))
  expect(named()).toBe(true)
  expect(editor.view.dom.querySelectorAll('.caret').length).toBe(1)
})

test('the field says what it is, and can be read-only', () => {
  const { editor, errors } = open(docOfTwo())
  const field = editor.view.dom
  expect([
    field.getAttribute('role'),
    field.getAttribute('aria-multiline'),
    field.getAttribute('aria-label'),
  ]).toEqual(['textbox', 'true', 'Text of the pad'])
  expect(field.getAttribute('contenteditable')).toBe('true')
  editor.setReadOnly(true)
  expect(field.getAttribute('contenteditable')).toBe('false')
  expect(field.getAttribute('aria-readonly')).toBe('true')
  expect(editor.canUndo()).toBe(false)
  expect(errors).toEqual([])
})

test('R13: undo takes back one thing at a time: a command, what was typed, what was deleted', () => {
  const doc = docOfTwo()
  const { editor } = open(doc)
  const text = (): string => doc.getText('text').toJSON()
  const { view } = editor
  view.dispatch(view.state.tr.insertText('a', 1))
  view.dispatch(view.state.tr.insertText('b', 2))
  view.dispatch(view.state.tr.split(3))
  view.dispatch(view.state.tr.insertText('c', 5))
  view.dispatch(view.state.tr.delete(1, 2))
  expect(text()).toBe('b\nchello dear world\nsecond\n')
  const steps: string[] = []
  while (editor.undo()) steps.push(text())
  expect(steps).toEqual([
    'ab\nchello dear world\nsecond\n',
    'ab\nhello dear world\nsecond\n',
    'abhello dear world\nsecond\n',
    'hello dear world\nsecond\n',
  ])
})
