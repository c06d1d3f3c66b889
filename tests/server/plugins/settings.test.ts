/** Plugins: settings in layers, and what is said of wrong ones. */
import { expect, test } from '@jest/globals'
import type { Fields } from '../../../shared/plugin.ts'
import { resolveSettings, settingsInPad } from '../../../server/plugins/settings.ts'

const fields = {
  size: { type: 'number', scope: 'server', label: 'l', default: 3, min: 1, max: 9 },
  word: { type: 'text', scope: 'pad', label: 'l', default: 'a' },
  on: { type: 'switch', scope: 'user', label: 'l', default: false },
  key: { type: 'secret', scope: 'server', label: 'l', default: '' },
  mode: { type: 'choice', scope: 'server', label: 'l', default: 'x', of: ['x', 'y'], public: true },
} satisfies Fields

function resolve(file: unknown, env: Record<string, string> = {}, decided: Record<string, unknown> = {}) {
  const said: string[] = []
  const layers = { block: 'ep_x', file, env, decided: new Map(Object.entries(decided)) }
  const { views, values, open } = resolveSettings(fields, layers, (message) => said.push(message))
  const sources = Object.fromEntries(views.map(({ key, source }) => [key, source]))
  return { values, open, sources, said, views }
}

test('Plugins: default, then file, then environment; the administrator decides all but what the environment fixed', () => {
  const file = { size: 5, word: 'file', on: true, key: 'from file' }
  const env = { EP__ep_x__word: 'variable', EP__ep_x__key: '007' }
  const { values, sources, said, views } = resolve(file, env, { word: 'decided', on: false })
  expect(values).toEqual({ size: 5, word: 'variable', on: false, key: '007', mode: 'x' })
  expect(sources).toEqual({
    size: 'file',
    word: 'environment',
    on: 'administrator',
    key: 'environment',
    mode: 'default',
  })
  expect(views.find(({ key }) => key === 'word')?.fixed).toBe('EP__ep_x__word')
  expect(said).toEqual([])
})

test('Plugins: words of variables and of files count as what they say; null and undefined as not given', () => {
  const { values, sources } = resolve(
    { size: '7', on: 'true', word: null },
    { EP__ep_x__mode: 'y', EP__ep_x__word: 'undefined', EP__ep_x__on: 'null' },
  )
  expect(values).toEqual({ size: 7, word: 'a', on: true, key: '', mode: 'y' })
  expect(sources.word).toBe('default')
})

test('Plugins: a wrong value is told with key, value and what is allowed, and the default counts', () => {
  const { values, said } = resolve(
    { size: 12, on: 'maybe', key: ['x'], other: 1, constructor: 5 },
    { EP__ep_x__mode: 'z', EP__ep_x__more: '1' },
  )
  expect(values).toEqual({ size: 3, word: 'a', on: false, key: '', mode: 'x' })
  expect(said).toEqual([
    'ep_x.size is 12; allowed is a number from 1 to 9. The default counts: 3',
    'ep_x.on is "maybe"; allowed is true or false. The default counts: false',
    'ep_x.key is not what it should be; allowed is a text of at most 2000 characters. The default counts',
    'EP__ep_x__mode is "z"; allowed is "x" or "y". The default counts: "x"',
    'ep_x.other is unknown and has no effect; its settings are size, word, on, key, mode',
    'ep_x.constructor is unknown and has no effect; its settings are size, word, on, key, mode',
    'ep_x.more is unknown and has no effect; its settings are size, word, on, key, mode',
  ])
  expect(resolve('x').said).toEqual(['ep_x is "x"; allowed is an object: { ... }'])
  expect(resolve(null).said).toEqual([])
})

test('Plugins: browsers know settings of pads and people and public ones, never a secret', () => {
  expect(resolve({ key: 'secret', size: 5 }).open).toEqual({ word: 'a', on: false, mode: 'x' })
})

test("Plugins: a pad's owner decides what is the pad's and the people's, never the server's", () => {
  const { values } = resolve({})
  const decided = { word: 'pad', on: 'true', size: 9, mode: 'y', nothing: 1 }
  expect(settingsInPad(fields, values, decided)).toEqual({ ...values, word: 'pad', on: true })
  expect(settingsInPad(fields, values, { on: 'perhaps' })).toEqual(values)
  expect(settingsInPad(fields, values, undefined)).toBe(values)
})
