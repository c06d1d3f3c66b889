/** @jest-environment jsdom */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { actionMap, labelOf, pageActions } from '../../../client/pad/actions.ts'
import { textActions } from '../../../client/pad/text-actions.ts'
import { startWriting } from '../../../client/pad/writing.ts'
import { isTaken, keySpelling } from '../../../client/plugins/keys.ts'
import { testModel } from '../../support/pad-model.ts'

function tools() {
  const { model } = testModel()
  const own = actionMap([...textActions(model), ...pageActions(model)])
  const stop = startWriting({ model, actions: own, visit: null })
  return { model, own, stop, all: model.parts.actions.parts.value.map(({ value }) => value) }
}

test('W1: every tool has a name and a key that nothing else has, or its place in a menu', () => {
  const { own, all } = tools()
  const keys = all.flatMap((action) => (action.keys === undefined ? [] : [keySpelling(action.keys)]))
  expect(new Set(keys).size).toBe(keys.length)
  for (const action of all) {
    expect(labelOf(action)).not.toBe('')
    expect([action.id, own.has(action.id)]).toEqual([action.id, false])
    if (action.keys !== undefined)
      expect([action.id, isTaken(action.keys, own.values())]).toEqual([action.id, false])
    else expect([action.id, action.place?.length]).not.toEqual([action.id, 0])
  }
})

test('W1: each is known to what fetches the tools', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../client/writing/tools.ts'), 'utf8')
  const fetched = [...source.matchAll(/^ {2}(\w+): async \(\)/gm)].map(([, id]) => id)
  expect(new Set(fetched)).toEqual(new Set(tools().all.map(({ id }) => id)))
})

test('W1: what is stopped leaves nothing behind', () => {
  const { model, stop } = tools()
  stop()
  expect(model.parts.actions.parts.value).toEqual([])
})
