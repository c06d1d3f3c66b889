/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals'
import { keyBindings, keysNamed } from '../../../client/editor/keys.ts'
import type { Action } from '../../../client/pad/actions.ts'
import { withoutKeys } from '../../../client/pad/keys-off.ts'
import { fields } from '../../../server/settings/schema.ts'

const action = (id: string, keys?: string): Action => ({
  id,
  label: 'action.bold',
  icon: 'bold',
  group: 'text',
  writes: true,
  run: () => undefined,
  ...(keys === undefined ? {} : { keys }),
})
const nothing = () => false
const all = { undo: nothing, redo: nothing, link: nothing, saveRevision: nothing, leave: nothing }

describe('Settings: padShortcutEnabled', () => {
  test('a shortcut that is off is named by no button, menu or help; the action stays', () => {
    const list = [action('bold', 'Mod-b'), action('unorderedlist', 'Mod-Shift-l'), action('print')]
    const left = withoutKeys(list, ['cmdB', 'cmdShiftL', 'unheardOf'])
    expect(left.map(({ id, keys }) => [id, keys])).toEqual([
      ['bold', undefined],
      ['unorderedlist', undefined],
      ['print', undefined],
    ])
    expect(withoutKeys(list, [])).toEqual(list)
  })

  test('every name of the setting that is off takes its keys out of the text', () => {
    const names = fields()
      .filter(([path]) => path[0] === 'padShortcutEnabled')
      .map(([path]) => path[1] ?? '')
    expect(names.length).toBeGreaterThan(20)
    for (const name of names)
      for (const keys of keysNamed([name]))
        expect(Object.keys(keyBindings(all, new Set([name])))).not.toContain(keys)
    const bound = Object.keys(keyBindings(all))
    // The browser's own keys, and keys of the page.
    const without = ['altF9', 'altC', 'cmdShift2', 'ctrlHome', 'pageUp', 'pageDown']
    for (const name of names.filter((one) => !without.includes(one)))
      expect([name, [...keysNamed([name])].some((keys) => bound.includes(keys))]).toEqual([name, true])
  })
})
