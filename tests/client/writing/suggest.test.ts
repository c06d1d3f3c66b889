/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { createEditor } from '../../../client/editor/editor.ts'
import type { Editor } from '../../../client/editor/types.ts'
import { suggestPlugin } from '../../../client/writing/suggest.ts'
import type { Shown } from '../../../client/writing/suggest.ts'
import type { Insert } from '../../../shared/text/delta.ts'

let editor: Editor | undefined
let shown: Shown | null = null
let text: Y.Text

afterEach(() => {
  editor?.destroy()
  editor = undefined
})

function open(...content: Insert[]): Editor {
  text = new Y.Doc().getText('text')
  text.applyDelta(content.length > 0 ? content : [{ insert: '\n' }])
  const place = document.createElement('div')
  document.body.append(place)
  const made = createEditor({
    place,
    text,
    authors: { authorOf: () => undefined, person: () => undefined, me: () => 'a.1' },
    readOnly: false,
    authorStyle: 'off',
    label: 'text',
    plugins: [
      suggestPlugin({
        oneStep: (work) => made.oneStep(work),
        show: (now) => (shown = now),
        sources: () => [
          {
            sign: '/',
            label: () => 'Insert',
            find: (query) => [
              {
                title: '',
                options: ['heading', 'bold']
                  .filter((name) => name.startsWith(query))
                  .map((id) => ({
                    id,
                    label: id,
                    run: () => {
                      const { state, view } = made
                      view.dispatch(state.tr.setNodeAttribute(state.selection.$from.before(), 'header', 1))
                    },
                  })),
              },
            ],
          },
        ],
      }),
    ],
    onState: () => undefined,
    onCursor: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  editor = made
  return made
}

function type(letters: string): void {
  const { view } = editor ?? open()
  for (const letter of letters) {
    const { from, to } = view.state.selection
    const usual = (): Transaction => view.state.tr.insertText(letter, from, to)
    if (!view.someProp('handleTextInput', (take) => take(view, from, to, letter, usual)))
      view.dispatch(usual())
  }
}
function press(key: string): boolean {
  const view = editor?.view
  const event = new KeyboardEvent('keydown', { key, cancelable: true })
  return view?.someProp('handleKeyDown', (take) => take(view, event)) === true
}
function select(at: number): void {
  editor?.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, at)))
}
const ids = () => shown?.groups.flatMap(({ options }) => options.map(({ id }) => id)) ?? null

test('W2: the list follows what is typed, and the chosen one takes the place of the words; one undo brings them back', () => {
  open()
  type('/')
  expect(ids()).toEqual(['heading', 'bold'])
  press('ArrowDown')
  expect(shown?.active).toBe(1)
  type('hea')
  expect(ids()).toEqual(['heading'])
  expect(press('Enter')).toBe(true)
  expect(shown).toBeNull()
  expect(text.toDelta()).toEqual([{ insert: '\n', attributes: { header: 1 } }])
  editor?.undo()
  expect(text.toDelta()).toEqual([{ insert: '/hea\n' }])
  editor?.redo()
  expect(text.toDelta()).toEqual([{ insert: '\n', attributes: { header: 1 } }])
})

test("W2: others' changes move the list; leaving, Escape and words that fit nothing close it, and keys are the text's again", () => {
  open({ insert: 'above\n\n' })
  select(8)
  type('/')
  text.insert(0, 'far ')
  expect(shown?.from).toBe(12)
  type('b')
  expect(ids()).toEqual(['bold'])
  type('x')
  expect(shown).toBeNull()
  editor?.view.dispatch(editor.state.tr.delete(14, 15))
  expect(ids()).toEqual(['bold'])
  press('Escape')
  expect(shown).toBeNull()
  expect(text.toString()).toBe('far above\n/b\n')
  type(' /')
  expect(ids()).toEqual(['heading', 'bold'])
  select(2)
  expect(shown).toBeNull()
})

test('W2: in words, addresses and code the sign is only a sign', () => {
  open(
    { insert: 'https:' },
    { insert: '\n' },
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: 'x', attributes: { code: true } },
    { insert: '\n' },
  )
  for (const at of [12, 9, 7]) {
    select(at)
    type('/')
    expect(shown).toBeNull()
  }
})
