/**
 * @jest-environment jsdom
 *
 * Every action of the page, of the writing tools and of the bundled plugins: its name, its key and its places (SPEC-writing W1).
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { keyBindings } from '../../../client/editor/keys.ts'
import { actionState, labelOf } from '../../../client/pad/actions.ts'
import type { Action } from '../../../client/pad/actions.ts'
import { keySpelling } from '../../../client/plugins/keys.ts'
import { wholePage } from '../../support/whole-page.ts'

/** Keys that the page listens for besides those of the text: of its dialogs and of what leaves the text. */
const nothing = (): boolean => false

/** A press of these keys, in ProseMirror's notation, as browsers tell it elsewhere than on a Mac. */
function pressOf(keys: string): KeyboardEvent {
  const parts = keys.split(/-(?=.)/)
  const key = parts.pop() ?? ''
  const shiftKey = parts.includes('Shift')
  return new KeyboardEvent('keydown', {
    key: shiftKey && key.length === 1 ? key.toUpperCase() : key,
    keyCode: key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0,
    ctrlKey: parts.includes('Mod') || parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey,
    cancelable: true,
  })
}

let pad: Awaited<ReturnType<typeof wholePage>>
let all: Action[]
beforeAll(async () => {
  pad = await wholePage()
  all = pad.all()
}, 60_000)

describe('W1: every action', () => {
  test('all of them are there, and nothing failed', () => {
    expect(pad.logged).toEqual([])
    expect(all.length).toBeGreaterThan(70)
    const found = all.map(({ id }) => id)
    for (const id of [
      'palette',
      'find',
      'replace',
      'pasteplain',
      'pastemarkdown',
      'copylink',
      'emoji',
      'characters',
    ])
      expect(found).toContain(id)
    for (const id of [
      'focusmode',
      'whowrote',
      'follow',
      'lastchange',
      'sincelast',
      'insertmenu',
      'image',
      'divider',
    ])
      expect(found).toContain(id)
  })

  test('has a name of its own', () => {
    const names = all.map((action) => labelOf(action))
    expect(names.filter((name) => name.trim() === '' || /^[a-z]+(\.[a-zA-Z]+)+$/.test(name))).toEqual([])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  test('has keys that no other one has', () => {
    const keys = all.flatMap((action) => (action.keys ? [keySpelling(action.keys)] : []))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test('of the text is bound to its keys', () => {
    const bound = new Set(
      Object.keys(
        keyBindings({ undo: nothing, redo: nothing, link: nothing, saveRevision: nothing, leave: nothing }),
      ).map((key) => keySpelling(key)),
    )
    const more = new Set(pad.comeAndGo.value.map(({ id }) => id))
    const own = all.filter(({ id, keys, group }) => keys && group !== 'page' && !more.has(id))
    expect(own.length).toBeGreaterThan(15)
    expect(own.filter(({ keys = '' }) => !bound.has(keySpelling(keys))).map(({ id }) => id)).toEqual([])
  })

  test('of tools and plugins is done by its keys in the text', () => {
    const done: string[] = []
    const expected: string[] = []
    for (const action of pad.comeAndGo.value) {
      if (action.keys === undefined || action.browserKey || actionState(action, pad.model).disabled) continue
      expected.push(action.id)
      const { run } = action
      action.run = () => done.push(action.id)
      const event = pressOf(action.keys)
      pad.editor.view.someProp('handleKeyDown', (take) => take(pad.editor.view, event))
      action.run = run
    }
    expect(done).toEqual(expected)
    expect(expected.length).toBeGreaterThan(15)
  })

  test('can be reached without a keyboard: the palette, which has them all, stands in both menus', () => {
    expect(pad.actions.get('palette')?.place).toEqual(['menu', 'more'])
    const insertable = all.filter(({ place }) => place?.includes('slash'))
    expect(insertable.length).toBeGreaterThan(5)
    for (const { place, id } of insertable) expect([id, place?.includes('more')]).toEqual([id, true])
  })
})
