/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { Fragment, Slice } from 'prosemirror-model'
import { AllSelection, NodeSelection, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { toggleCode, toggleList } from '../../../../client/editor/commands/line-formats.ts'
import { backspaceAtStart, deleteAtEnd, enter } from '../../../../client/editor/commands/enter.ts'
import { toggleFormat } from '../../../../client/editor/commands/inline.ts'
import { contentOfDoc } from '../../../../client/editor/content.ts'
import { createEditor } from '../../../../client/editor/editor.ts'
import { documentOf } from '../../../../client/editor/binding/binding.ts'
import type { Editor, EditorOptions } from '../../../../client/editor/types.ts'
import { createDice } from '../../../support/dice.ts'
import type { Dice } from '../../../support/dice.ts'

const SMALL = { from: 8, rows: 3, most: 6 }
const made: { destroy(): void }[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.destroy()
  document.body.replaceChildren()
})

interface Opened {
  doc: Y.Doc
  text: Y.Text
  editor: Editor
  errors: unknown[]
}

function open(lines: number, options: Partial<EditorOptions> = {}): Opened {
  const doc = new Y.Doc()
  doc.clientID = 7
  const text = doc.getText('text')
  text.insert(0, Array.from({ length: lines }, (_, index) => `line ${index}\n`).join(''))
  const place = document.createElement('div')
  document.body.append(place)
  const errors: unknown[] = []
  const editor = createEditor({
    place,
    text,
    authors: {
      authorOf: (client) => (client === 7 ? 'a.1' : 'a.2'),
      person: (author) => ({ name: author, colour: author === 'a.1' ? '1' : '2' }),
      me: () => 'a.1',
    },
    readOnly: false,
    authorStyle: 'tint',
    label: 'Text',
    onState: () => undefined,
    onCursor: () => undefined,
    onError: (error) => errors.push(error),
    chunks: SMALL,
    ...options,
  })
  made.push(editor)
  return { doc, text, editor, errors }
}

/** What is shown, without the chunks, and how many rows each has. */
function shown({ view }: Editor): { html: string[]; sizes: number[] } {
  const chunks = [...view.dom.children]
  expect(chunks.every((chunk) => chunk.className === 'chunk')).toBe(true)
  return {
    html: chunks.flatMap((chunk) => [...chunk.childNodes].map(htmlOf)),
    sizes: chunks.map((chunk) => chunk.querySelectorAll(':scope > :is(.line, .block)').length),
  }
}

/** HTML without what depends on how an element came about: the order of attributes and classes. */
function htmlOf(node: globalThis.Node): string {
  if (!(node instanceof Element)) return `text ${node.textContent}`
  const copy = node.cloneNode(true) as Element
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    const attributes = [...element.attributes].map(({ name, value }): [string, string] => [name, value])
    for (const [name] of attributes) element.removeAttribute(name)
    for (const [name, value] of attributes.sort(([a], [b]) => (a < b ? -1 : 1)))
      if (name !== 'draggable')
        element.setAttribute(
          name,
          name === 'class' ? value.split(' ').filter(isLasting).sort().join(' ') : value,
        )
  }
  return copy.outerHTML
}

/** A selected node is marked by the view that has the selection; a name flag fades with time. */
function isLasting(name: string): boolean {
  return name !== 'ProseMirror-selectednode' && name !== 'quiet'
}

/** What a view without chunks shows of the same state. */
function flat(editor: Editor): string[] {
  const view = new EditorView(null, { state: editor.state, attributes: { class: 'document' } })
  const html = [...view.dom.childNodes].map(htmlOf)
  view.destroy()
  return html
}

function expectWhole({ editor, text, errors }: Opened): void {
  expect(errors).toEqual([])
  const { html, sizes } = shown(editor)
  expect(html).toEqual(flat(editor))
  expect(sizes.every((size) => size > 0 && size <= SMALL.most)).toBe(true)
  expect(contentOfDoc(editor.state.doc)).toEqual(contentOfDoc(documentOf(editor.state.schema, text)))
}

function wordsOf(element: Element): string | null {
  const copy = element.cloneNode(true) as Element
  for (const caret of copy.querySelectorAll('.caret')) caret.remove()
  return copy.textContent
}

function expectPlaces({ view, state }: Editor): void {
  state.doc.forEach((row, pos) => {
    const element = view.nodeDOM(pos)
    if (!(element instanceof HTMLElement)) throw new Error(`nothing drawn at ${pos}`)
    expect(wordsOf(element)).toBe(row.isTextblock ? row.textContent : '')
    const inside = row.isTextblock
      ? view.posAtDOM(element, 0)
      : view.posAtDOM(element.parentNode ?? element, 0)
    if (row.isTextblock) expect(inside).toBe(pos + 1)
    const { node, offset } = view.domAtPos(pos + 1)
    if (row.isTextblock) expect(view.posAtDOM(node, offset)).toBe(pos + 1)
    expect(view.domAtPos(pos, 1).node).not.toBe(view.dom)
    expect(view.domAtPos(pos, -1).node).not.toBe(view.dom)
  })
}

test('a short text has no chunks, a long one has, in the page only', () => {
  const short = open(SMALL.from - 2)
  expect(short.editor.view.dom.querySelector('.chunk')).toBeNull()
  const long = open(20)
  expectWhole(long)
  expectPlaces(long.editor)
  expect(shown(long.editor).sizes.length).toBeGreaterThan(4)
  expect(long.editor.state.doc.childCount).toBe(20)
})

test('a text that grows past the limit is cut, its lines stay the same elements', () => {
  const opened = open(SMALL.from - 2)
  const { view } = opened.editor
  const first = view.dom.children[0]
  const last = view.dom.children[view.dom.children.length - 1]
  opened.text.insert(9, 'x\ny\nz\n')
  expectWhole(opened)
  const lines = view.dom.querySelectorAll('.line')
  expect(lines[0]).toBe(first)
  expect(lines[lines.length - 1]).toBe(last)
})

test('a key changes the element of its line and no other', () => {
  const { editor } = open(20)
  const lines = [...editor.view.dom.querySelectorAll('.line')]
  const chunks = [...editor.view.dom.children]
  editor.view.dispatch(editor.state.tr.insertText('!', editor.state.doc.child(0).nodeSize * 10 + 3))
  expect([...editor.view.dom.querySelectorAll('.line')]).toEqual(lines)
  expect([...editor.view.dom.children]).toEqual(chunks)
})

test('lines before and after a cut stay the same elements', () => {
  const opened = open(20)
  const { editor } = opened
  const before = new Set(editor.view.dom.querySelectorAll('.line'))
  for (let count = 0; count < 10; count += 1) {
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 20)))
    enter(editor.state, editor.view.dispatch)
  }
  expectWhole(opened)
  const kept = [...editor.view.dom.querySelectorAll('.line')].filter((line) => before.has(line))
  expect(kept.length).toBe(20)
})

test('Enter, Backspace and Delete at the edges of chunks; undo and redo', () => {
  const opened = open(20)
  const { editor } = opened
  const edges = (): number[] => {
    let pos = 0
    const out: number[] = []
    for (const size of shown(editor).sizes) {
      out.push(pos)
      for (let row = 0; row < size; row += 1) pos += editor.state.doc.nodeAt(pos)?.nodeSize ?? 0
    }
    return out.slice(1)
  }
  const at = (pos: number): void =>
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, pos)))
  for (const index of [0, 1, 2]) {
    at((edges()[index] ?? 0) + 1)
    expect(backspaceAtStart(editor.state, editor.view.dispatch)).toBe(true)
    expectWhole(opened)
    at((edges()[index] ?? 0) - 1)
    expect(deleteAtEnd(editor.state, editor.view.dispatch)).toBe(true)
    expectWhole(opened)
    at((edges()[index] ?? 0) - 1)
    enter(editor.state, editor.view.dispatch)
    at((edges()[index] ?? 0) + 1)
    enter(editor.state, editor.view.dispatch)
    expectWhole(opened)
  }
  while (editor.undo()) expectWhole(opened)
  expect(editor.state.doc.childCount).toBe(20)
  while (editor.redo()) expectWhole(opened)
  expectPlaces(editor)
})

test('code goes on from chunk to chunk', () => {
  const opened = open(20)
  const { editor } = opened
  editor.view.dispatch(editor.state.tr.setSelection(new AllSelection(editor.state.doc)))
  toggleCode()(editor.state, editor.view.dispatch)
  expectWhole(opened)
  const chunks = [...editor.view.dom.children]
  for (const [index, chunk] of chunks.entries()) {
    const joins = [...(index > 0 ? ['start'] : []), ...(index < chunks.length - 1 ? ['end'] : [])]
    expect(chunk.getAttribute('data-code-joins')).toBe(joins.join(' '))
  }
  editor.undo()
  expect(editor.view.dom.querySelector('[data-code-joins]')).toBeNull()
})

test.each([1, 2, 3])('R1, R11: chunks show what a text without them shows, whatever happens (%i)', (seed) => {
  const dice = createDice(seed)
  const opened = open(30)
  const other = new Y.Doc()
  other.clientID = 9
  const sync = (): void => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(opened.doc), 'network')
    Y.applyUpdate(opened.doc, Y.encodeStateAsUpdate(other), 'network')
  }
  sync()
  for (let step = 0; step < 60; step += 1) {
    act(dice, opened, other.getText('text'))
    if (dice.chance(0.3)) sync()
    expectWhole(opened)
  }
  sync()
  expectWhole(opened)
  expectPlaces(opened.editor)
  opened.editor.setAuthorStyle('bar')
  expectWhole(opened)
})

/** One random step of this person or another. */
function act(dice: Dice, { editor, text }: Opened, other: Y.Text): void {
  const { view } = editor
  const place = (): number => dice.int(editor.state.doc.content.size + 1)
  const select = (from: number, to: number): void => {
    const { doc } = editor.state
    view.dispatch(editor.state.tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))))
  }
  const near = place()
  const steps: (() => void)[] = [
    () => view.dispatch(editor.state.tr.insertText('ab', near, near)),
    () => {
      select(near, near)
      view.dispatch(editor.state.tr.insertText('typed '))
    },
    () => {
      select(near, near)
      enter(editor.state, view.dispatch)
    },
    () => {
      select(near, Math.min(near + dice.int(60), editor.state.doc.content.size))
      view.dispatch(editor.state.tr.deleteSelection())
    },
    () => {
      const { schema } = editor.state
      const rows = Array.from({ length: 1 + dice.int(12) }, (_, at) =>
        schema.node('line', null, schema.text(`pasted ${at}`)),
      )
      view.dispatch(editor.state.tr.replaceSelection(new Slice(Fragment.from(rows), 0, 0)))
    },
    () => {
      select(near, place())
      toggleFormat('bold')(editor.state, view.dispatch)
    },
    () => {
      select(near, Math.min(near + 40, editor.state.doc.content.size))
      toggleList(dice.pick(['bullet', 'ordered']))(editor.state, view.dispatch)
    },
    () => other.insert(dice.int(other.length + 1), dice.pick(['remote', 'one\ntwo\n', '\n'])),
    () => {
      const from = dice.int(other.length)
      other.delete(from, Math.min(dice.int(30), other.length - from))
    },
    () => other.insertEmbed(dice.int(other.length + 1), { divider: true }),
    () => {
      if (dice.chance(0.5)) editor.undo()
      else editor.redo()
    },
    () => {
      const at = (): unknown =>
        Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, dice.int(text.length + 1)))
      editor.setCursors([
        { client: 9, name: 'Bo', colour: '2', anchor: at(), head: at() },
        { client: 10, name: 'Cy', colour: '3', anchor: at(), head: at() },
      ])
    },
    () => {
      editor.state.doc.forEach((row, pos) => {
        if (row.isAtom && dice.chance(0.5))
          view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, pos)))
      })
    },
  ]
  dice.pick(steps)()
}
