/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals'
import { effect, signal } from '@preact/signals'
import { EditorState, TextSelection } from 'prosemirror-state'
import { formattingOf } from '../../../client/editor/commands/formatting.ts'
import { makeText } from '../../../client/editor/commands/line-formats.ts'
import { docOf } from '../../../client/editor/content.ts'
import { keyBindings } from '../../../client/editor/keys.ts'
import { schema } from '../../../client/editor/schema.ts'
import { actionMap, actionState, pageActions } from '../../../client/pad/actions.ts'
import { keyNames, matchesKeys } from '../../../client/pad/key-names.ts'
import { isEmptyText, lineStyle } from '../../../client/pad/selection.ts'
import { textActions } from '../../../client/pad/text-actions.ts'
import { testModel } from '../../support/pad-model.ts'

const model = (level: 'read' | 'write' = 'write') => testModel({ level }).model

const state = EditorState.create({
  doc: docOf(schema, [
    { insert: 'plain ' },
    { insert: 'bold', attributes: { bold: true } },
    { insert: '\n' },
    { insert: 'item' },
    { insert: '\n', attributes: { list: 'bullet' } },
    { insert: 'head' },
    { insert: '\n', attributes: { header: 4 } },
  ]),
})
const at = (from: number, to = from) =>
  state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)))

describe('actions', () => {
  const pad = model()
  const actions = actionMap([...textActions(pad), ...pageActions(pad)])

  test("have Etherpad's names where it has one", () => {
    for (const id of [
      'bold',
      'italic',
      'underline',
      'strikethrough',
      'orderedlist',
      'unorderedlist',
      'indent',
      'outdent',
      'undo',
      'redo',
      'clearauthorship',
      'settings',
      'embed',
      'showusers',
    ])
      expect(actions.has(id)).toBe(true)
  })

  test('two of one name are refused', () => {
    const twice = [...actions.values()].slice(0, 1)
    expect(() => actionMap([...twice, ...twice])).toThrow(RangeError)
  })

  test('show keys that the text really has', () => {
    const bound = keyBindings({ undo: () => true, redo: () => true, link: () => true })
    for (const action of actions.values())
      if (action.keys !== undefined && action.group !== 'page')
        expect(Object.keys(bound)).toContain(action.keys)
  })

  test('toggles show the formats of the selection', () => {
    const pressed = (id: string, from: number, to?: number) => {
      pad.editorState.value = at(from, to)
      const action = actions.get(id)
      return action && actionState(action, pad).pressed
    }
    expect(pressed('bold', 3)).toBe(false)
    expect(pressed('bold', 8, 11)).toBe(true)
    expect(pressed('bold', 2, 11)).toBe(false)
    expect(pressed('unorderedlist', 14)).toBe(true)
    expect(pressed('undo', 14)).toBeUndefined()
  })

  test('a button repaints only when its own state changes', () => {
    const bold = actions.get('bold')
    if (!bold) throw new Error('no bold')
    pad.editorState.value = at(2)
    const shown = signal(0)
    let painted = 0
    const pressedNow = () => actionState(bold, pad).pressed
    const stop = effect(() => {
      const now = pressedNow() ? 1 : 0
      if (shown.peek() !== now) painted += 1
      shown.value = now
    })
    for (const place of [3, 4, 5, 14, 15]) pad.editorState.value = at(place)
    expect(painted).toBe(0)
    pad.editorState.value = at(8, 11)
    expect(painted).toBe(1)
    stop()
  })

  test('writing is off for readers and before there is a text', () => {
    const reader = model('read')
    const own = actionMap(textActions(reader))
    reader.editorState.value = state
    for (const action of own.values()) expect(actionState(action, reader).disabled).toBe(true)
    const early = model()
    const bold = actionMap(textActions(early)).get('bold')
    expect(bold && actionState(bold, early).disabled).toBe(true)
    for (const action of pageActions(reader))
      expect([action.id, actionState(action, reader).disabled]).toEqual([action.id, action.id === 'import'])
  })

  test('one panel at a time; the same action closes it', () => {
    actions.get('settings')?.run()
    expect(pad.panel.value).toBe('settings')
    actions.get('showusers')?.run()
    expect(pad.panel.value).toBe('showusers')
    actions.get('showusers')?.run()
    expect(pad.panel.value).toBeNull()
  })
})

describe('line styles', () => {
  test('every heading below the second counts as the third', () => {
    expect(lineStyle(formattingOf(at(state.doc.content.size - 2)))).toBe('heading3')
    expect(lineStyle(formattingOf(at(2)))).toBe('text')
  })

  test('plain text is no heading, and a list stays a list', () => {
    let made = at(state.doc.content.size - 2)
    makeText(made, (tr) => (made = made.apply(tr)))
    expect(made.doc.lastChild?.attrs['header']).toBeNull()
    expect(made.doc.child(1).attrs['list']).toBe('bullet')
  })

  test('a pad is empty without a character and without a marker', () => {
    const only = (attributes?: Record<string, string>) =>
      EditorState.create({ doc: docOf(schema, [{ insert: '\n', ...(attributes ? { attributes } : {}) }]) })
    expect(isEmptyText(only())).toBe(true)
    expect(isEmptyText(only({ list: 'bullet' }))).toBe(false)
    expect(isEmptyText(state)).toBe(false)
  })
})

describe('keys', () => {
  test('are written as people read them', () => {
    expect(keyNames('Mod-Shift-l', false)).toBe('Ctrl Shift L')
    expect(keyNames('Mod-Shift-l', true)).toBe('⌘⇧L')
    expect(keyNames('Alt-ArrowUp', false)).toBe('Alt ↑')
    expect(keyNames('Mod-/', false)).toBe('Ctrl /')
  })

  test('match with exactly their modifiers; a sign may need Shift on some keyboards', () => {
    const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init)
    expect(matchesKeys(press({ key: '/', ctrlKey: true }), 'Mod-/', false)).toBe(true)
    expect(matchesKeys(press({ key: '/', ctrlKey: true, shiftKey: true }), 'Mod-/', false)).toBe(true)
    expect(matchesKeys(press({ key: '/', ctrlKey: true }), 'Mod-/', true)).toBe(false)
    expect(matchesKeys(press({ key: 'k', ctrlKey: true, shiftKey: true }), 'Mod-k', false)).toBe(false)
    expect(matchesKeys(press({ key: 'c', code: 'KeyC', altKey: true }), 'Alt-c', false)).toBe(true)
    expect(matchesKeys(press({ key: 'ç', code: 'KeyC', altKey: true }), 'Alt-c', true)).toBe(true)
    expect(matchesKeys(press({ key: 'ç', code: 'KeyC', altKey: true }), 'Ctrl-Alt-c', true)).toBe(false)
    expect(matchesKeys(press({ key: 'j', code: 'KeyC', ctrlKey: true }), 'Ctrl-c', false)).toBe(false)
  })
})
