/** Which value of a plugin's setting counts. */
import { describe, expect, test } from '@jest/globals'
import { isEnforced, layersOf, ownChoices, valuesInForce } from '../../../client/plugins/values.ts'
import type { Fields } from '../../../shared/plugin.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'

const settings = {
  size: { scope: 'user', label: 'size', type: 'number', default: 3, min: 1, max: 9 },
  shape: { scope: 'pad', label: 'shape', type: 'choice', default: 'round', of: ['round', 'square'] },
  limit: { scope: 'server', label: 'limit', type: 'number', default: 10, public: true },
  key: { scope: 'server', label: 'key', type: 'secret', default: 'none' },
} as const satisfies Fields
const none = { server: {}, pad: {}, own: {}, enforce: false }

describe('a value in force', () => {
  test("is a person's own, else the pad's, else the server's, else the default", () => {
    const layers = { ...none, server: { size: 4 }, pad: { size: 5 }, own: { size: 6 } }
    expect(valuesInForce(settings, layers).size).toBe(6)
    expect(valuesInForce(settings, { ...layers, own: {} }).size).toBe(5)
    expect(valuesInForce(settings, { ...layers, own: {}, pad: {} }).size).toBe(4)
    expect(valuesInForce(settings, none).size).toBe(3)
  })

  test("is the pad's where it enforces one, and a person's own where it says nothing", () => {
    const layers = { ...none, pad: { size: 5 }, own: { size: 6 }, enforce: true }
    expect(valuesInForce(settings, layers).size).toBe(5)
    expect(valuesInForce(settings, { ...layers, pad: {} }).size).toBe(6)
  })

  test('no layer decides what is not its own, and a wrong value counts as none', () => {
    const layers = {
      ...none,
      server: { size: 'large', limit: 20, key: 'leaked' },
      pad: { limit: 99, shape: 'triangle' },
      own: { shape: 'square', limit: 99, size: 100 },
    }
    expect(valuesInForce(settings, layers)).toEqual({ size: 3, shape: 'round', limit: 20, key: 'none' })
  })

  test('names such as __proto__ are no plugins and no settings', () => {
    const layers = layersOf('__proto__', {}, { ...NO_PAD_SETTINGS, enforce: true }, {})
    expect(layers.pad).toEqual({})
    expect(isEnforced('constructor', 'name', { ...NO_PAD_SETTINGS, enforce: true })).toBe(false)
  })
})

describe('own choices', () => {
  const memory = (text: string | null = null) => {
    const kept = new Map<string, string>(text === null ? [] : [['inkpad.plugins', text]])
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
  }

  test('are kept on the device, beside what another tab chose meanwhile', () => {
    const storage = memory()
    const one = ownChoices(storage)
    const other = ownChoices(storage)
    one.set('ep_a', 'size', 4)
    other.set('ep_b', 'on', true)
    one.set('ep_a', 'name', 'x')
    expect(ownChoices(storage).all.value).toEqual({ ep_a: { size: 4, name: 'x' }, ep_b: { on: true } })
  })

  test('hold for the page where nothing can be kept, and what is broken counts as none', () => {
    const broken = ownChoices({
      getItem: () => '{"ep_a":{"size":[1],"ok":1},"ep_b":5',
      setItem: () => {
        throw new Error('full')
      },
    })
    expect(broken.all.value).toEqual({})
    broken.set('ep_a', 'size', 2)
    expect(broken.all.value).toEqual({ ep_a: { size: 2 } })
    expect(ownChoices(memory('{"ep_a":{"size":[1],"ok":1}}')).all.value).toEqual({ ep_a: { ok: 1 } })
  })
})
