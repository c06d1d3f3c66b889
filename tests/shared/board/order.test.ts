import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { BoardError } from '../../../shared/board/error.ts'
import { isOrder } from '../../../shared/board/check/values.ts'
import { MAX_ORDER } from '../../../shared/board/limits.ts'
import { moveLayers } from '../../../shared/board/model/layers.ts'
import type { LayerMove } from '../../../shared/board/model/layers.ts'
import { compareOrder, orderBetween, orderKeys } from '../../../shared/board/model/order.ts'
import { createRandom } from '../../support/random.ts'

const randomOf = (seed: number) => {
  const random = createRandom(seed)
  return () => random.next()
}

describe('order keys', () => {
  test('B21: a key lies between any two, however they were made', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (seed, places) => {
        const random = randomOf(seed)
        const keys: string[] = []
        for (const place of places) {
          const at = place % (keys.length + 1)
          const key = orderBetween(keys[at - 1] ?? null, keys[at] ?? null, random)
          expect(isOrder(key)).toBe(true)
          keys.splice(at, 0, key)
        }
        expect([...keys].sort()).toEqual(keys)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      { numRuns: 200 },
    )
  })

  test('B21: keys of importers and strangers leave room too', () => {
    const key = fc.stringMatching(/^[0-9A-Za-z]{0,12}[1-9A-Za-z]$/)
    fc.assert(
      fc.property(key, key, fc.integer(), (a, b, seed) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        const random = randomOf(seed)
        if (low === high) expect(() => orderBetween(low, high, random)).toThrow(BoardError)
        else {
          const between = orderBetween(low, high, random)
          expect(low < between && between < high && isOrder(between)).toBe(true)
        }
        const above = orderBetween(a, null, random)
        const below = orderBetween(null, a, random)
        expect(above > a && below < a && isOrder(above) && isOrder(below)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('B21: 100 000 shapes put on top keep keys of five characters, and as many at the bottom', () => {
    const random = randomOf(1)
    let top = orderBetween(null, null, random)
    let bottom = top
    for (let i = 0; i < 100_000; i++) {
      const next = orderBetween(top, null, random)
      if (next <= top || next.length > 5) throw new Error(`${next} is not above ${top}`)
      top = next
      const under = orderBetween(null, bottom, random)
      if (under >= bottom || under.length > 5) throw new Error(`${under} is not below ${bottom}`)
      bottom = under
    }
    expect(top.length).toBeLessThanOrEqual(5)
  })

  test('B21: keys grow by a character in several steps at most, wherever one keeps putting things', () => {
    const random = randomOf(2)
    let [low, high] = [orderBetween(null, null, random), '']
    high = orderBetween(low, null, random)
    for (let i = 0; i < 200; i++) {
      const key = orderBetween(low, high, random)
      if (i % 2 === 0) low = key
      else high = key
    }
    expect(Math.max(low.length, high.length)).toBeLessThanOrEqual(MAX_ORDER)
    let last = 'zzzzz'
    for (let i = 0; i < 150; i++) last = orderBetween(last, null, random)
    expect(last.length).toBeLessThanOrEqual(MAX_ORDER)
  })

  test('B21: two people who draw at once rarely get the same key', () => {
    const [mine, theirs] = [randomOf(3), randomOf(4)]
    const top = orderBetween(null, null, mine)
    let same = 0
    for (let i = 0; i < 5000; i++)
      if (orderBetween(top, null, mine) === orderBetween(top, null, theirs)) same++
    expect(same).toBeLessThan(25)
  })

  test.each([
    [null, null],
    ['V', null],
    [null, 'V'],
    ['V', 'W'],
    ['V', 'V1'],
  ])('B21: a hundred keys between %s and %s ascend', (low, high) => {
    const keys = orderKeys(100, low, high, randomOf(5))
    const all = [...(low === null ? [] : [low]), ...keys, ...(high === null ? [] : [high])]
    expect(all).toEqual([...new Set(all)].sort())
    expect(keys).toHaveLength(100)
  })
})

describe('layers', () => {
  const layered = fc.array(fc.tuple(fc.stringMatching(/^[A-Z]{0,2}[1-9a-z]$/), fc.boolean()), {
    minLength: 1,
    maxLength: 12,
  })
  const moves: readonly LayerMove[] = ['front', 'back', 'forward', 'backward']

  test('B23: what moves keeps its order and arrives where it should, also where keys are equal', () => {
    fc.assert(
      fc.property(layered, fc.constantFrom(...moves), fc.integer(), (rows, move, seed) => {
        const layers = rows.map(([order], i) => ({ id: `s${i}`, order }))
        const moving = new Set(rows.flatMap(([, is], i) => (is ? [`s${i}`] : [])))
        const before = [...layers].sort(compareOrder).map(({ id }) => id)
        const keys = moveLayers(layers, moving, move, randomOf(seed))
        const after = layers
          .map(({ id, order }) => ({ id, order: keys.get(id) ?? order }))
          .sort(compareOrder)
          .map(({ id }) => id)
        const still = (ids: string[]): string[] => ids.filter((id) => !moving.has(id))
        const moved = (ids: string[]): string[] => ids.filter((id) => moving.has(id))
        expect(still(after)).toEqual(still(before))
        expect(moved(after)).toEqual(moved(before))
        if (move === 'front') expect(after).toEqual([...still(before), ...moved(before)])
        if (move === 'back') expect(after).toEqual([...moved(before), ...still(before)])
        if (moving.size === 1 && move === 'forward') {
          const id = moved(before)[0] ?? ''
          expect(after.indexOf(id)).toBe(Math.min(before.length - 1, before.indexOf(id) + 1))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('B23: the others keep their keys while there is room', () => {
    const layers = ['A', 'B', 'C', 'D'].map((order) => ({ id: order, order }))
    expect([...moveLayers(layers, new Set(['A']), 'front', randomOf(1)).keys()]).toEqual(['A'])
    expect([...moveLayers(layers, new Set(['D']), 'backward', randomOf(1)).keys()]).toEqual(['D'])
    expect(moveLayers(layers, new Set(['D']), 'front', randomOf(1)).size).toBe(0)
  })
})
