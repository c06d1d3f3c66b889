/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import * as Y from 'yjs'
import { createEditor } from '../../../client/editor/editor.ts'
import type { Editor } from '../../../client/editor/types.ts'

let end: (() => void) | undefined
afterEach(() => {
  end?.()
  jest.restoreAllMocks()
})

const WORDS = 'Before Saturday'

interface Wanted {
  attributes: () => Record<string, string>
  lines: number
}

/** An editor whose cursor a key has just put behind the words, which the browser has told nobody yet. */
function justMoved({ attributes = () => ({}), lines = 1 }: Partial<Wanted> = {}): Editor {
  const text = new Y.Doc().getText('text')
  text.insert(0, `${WORDS}\n`.repeat(lines))
  const place = document.createElement('div')
  document.body.append(place)
  const editor = createEditor({
    place,
    text,
    authors: { authorOf: () => 'a.1', person: () => ({ name: 'Ada', colour: '#3060c0' }), me: () => 'a.2' },
    readOnly: false,
    authorStyle: 'underline',
    label: 'text',
    attributes,
    onState: () => undefined,
    onCursor: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  end = () => {
    editor.destroy()
    place.remove()
  }
  editor.focus()
  const words = editor.view.domAtPos(1 + WORDS.length)
  document.getSelection()?.collapse(words.node, words.offset)
  return editor
}

const underline = new Plugin({
  props: {
    decorations: ({ doc }) => DecorationSet.create(doc, [Decoration.inline(1, 7, { class: 'checked' })]),
  },
})

test.each<[string, (editor: Editor, look: Record<string, string>) => void]>([
  ['the text may no longer be written', (editor) => editor.setReadOnly(true)],
  ['authors are shown another way', (editor) => editor.setAuthorStyle('colour')],
  ['a plugin comes that draws into the text', (editor) => editor.setPlugins([underline])],
  [
    'a plugin gives the text another look',
    (editor, look) => {
      look['data-glow'] = 'on'
      editor.attributesChanged()
    },
  ],
  ['others look at the text', (editor) => editor.setCursors([])],
])('R19: the cursor stays where a key has just put it when %s', (_case, change) => {
  const look: Record<string, string> = {}
  const editor = justMoved({ attributes: () => look })
  change(editor, look)
  expectBehindWords(editor)
})

test('R19: the cursor stays where a key has just put it when the authors of what comes into sight are drawn', () => {
  const editor = justMoved({ lines: 400 })
  // As if the whole text were in sight: jsdom lays nothing out.
  editor.view.dom.getBoundingClientRect = () => new DOMRect(0, 0, 600, 600)
  let draw: FrameRequestCallback = () => undefined
  jest.spyOn(window, 'requestAnimationFrame').mockImplementation((frame) => {
    draw = frame
    return 1
  })
  const tinted = (): number => editor.view.dom.querySelectorAll('.by').length
  const before = tinted()
  document.dispatchEvent(new Event('scroll'))
  draw(0)
  expect(tinted()).toBeGreaterThan(before)
  expectBehindWords(editor)
})

function expectBehindWords({ view, state }: Editor): void {
  const selection = document.getSelection()
  const at = selection?.focusNode ? view.posAtDOM(selection.focusNode, selection.focusOffset) : null
  expect([at, state.selection.head]).toEqual([1 + WORDS.length, 1 + WORDS.length])
}
