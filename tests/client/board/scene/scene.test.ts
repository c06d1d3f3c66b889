import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createScene } from '../../../../client/board/scene.ts'
import type { SceneChange } from '../../../../client/board/types.ts'
import { boundsTouch } from '../../../../shared/board/geometry/bounds.ts'
import { shapeBounds } from '../../../../shared/board/geometry/shape-bounds.ts'
import { boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import { paintOrder, treeOf } from '../../../../shared/board/model/tree.ts'
import { createRandom } from '../../../support/random.ts'
import { drawSomething, geoAt, inkAt, lineBetween } from './drawing.ts'

function start() {
  const board = boardOf(new Y.Doc())
  const scene = createScene(board)
  const changes: SceneChange[] = []
  scene.onChange((change) => changes.push(change))
  return { board, scene, changes }
}

describe('the scene', () => {
  test('B100: after any changes it is what a scene made anew from the document is', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = createRandom(seed)
      const { board, scene } = start()
      for (let step = 0; step < 120; step++) drawSomething(board, random)
      const fresh = readShapes(board)
      expect([...scene.shapes.keys()].sort()).toEqual([...fresh.keys()].sort())
      for (const [id, shape] of fresh) expect(scene.shapes.get(id)).toEqual(shape)
      const tree = treeOf(fresh)
      const order = paintOrder(tree).map(({ id }) => id)
      expect(paintOrder(scene.tree()).map(({ id }) => id)).toEqual(order)
      const lookup = (id: string) => fresh.get(id)
      for (let look = 0; look < 20; look++) {
        const left = random.next() * 900
        const top = random.next() * 900
        const place = { left, top, right: left + 200, bottom: top + 150 }
        const expected = order.filter((id) => {
          const shape = fresh.get(id)
          return shape && shape.kind !== 'group' && boundsTouch(shapeBounds(shape, lookup), place)
        })
        expect(scene.within(place).map(({ id }) => id)).toEqual(expected)
        expect([...scene.walk(place)].map(({ id }) => id)).toEqual(expected)
      }
    }
  })

  test('B100: what a large piece of a large board holds comes in the same order', () => {
    const { board, scene } = start()
    const random = createRandom(3)
    board.doc.transact(() => {
      for (let i = 0; i < 1200; i++) geoAt(board, random.below(3000), random.below(3000), {}, i)
    })
    const place = { left: 200, top: 100, right: 2600, bottom: 2500 }
    expect(scene.within(place).length).toBeGreaterThan(500)
    expect([...scene.walk(place)].map(({ id }) => id)).toEqual(scene.within(place).map(({ id }) => id))
  })

  test('B100: what is dirty holds all that looks different', () => {
    const random = createRandom(11)
    const { board, scene, changes } = start()
    for (let step = 0; step < 200; step++) {
      const before = new Map([...scene.shapes.keys()].map((id) => [id, scene.bounds(id)]))
      const old = new Map(scene.shapes)
      changes.length = 0
      drawSomething(board, random)
      const dirty = changes.flatMap((change) => change.dirty)
      const holds = (id: string): boolean => {
        const shown = [before.get(id), scene.bounds(id)].filter((place) => place != null)
        return shown.every((place) => dirty.some((one) => boundsTouch(one, place)))
      }
      for (const id of new Set([...before.keys(), ...scene.shapes.keys()])) {
        const moved = JSON.stringify(before.get(id)) !== JSON.stringify(scene.bounds(id))
        if ((moved || old.get(id) !== scene.shapes.get(id)) && scene.shapes.get(id)?.kind !== 'group')
          expect([step, id, holds(id)]).toEqual([step, id, true])
      }
    }
  })

  test('B100: a line that stays on a shape is painted anew where it was and is when the shape moves', () => {
    const { board, scene, changes } = start()
    const shape = geoAt(board, 0, 0)
    const line = lineBetween(board, [50, 50, 500, 500], shape, null)
    const before = scene.bounds(line)
    board.doc.transact(() => board.shapes.get(shape)?.set('g', [0, 900, 100, 100, 0]))
    const after = scene.bounds(line)
    expect(after).not.toEqual(before)
    expect(changes.at(-1)?.ids).toEqual(new Set([shape]))
    expect(changes.at(-1)?.dirty).toEqual(expect.arrayContaining([before, after]))
  })

  test('B101: new shapes above all others can be painted over what is there, others cannot', () => {
    const { board, changes } = start()
    const first = inkAt(board, 10, 10)
    const second = inkAt(board, 40, 10)
    expect(changes.map(({ onTop }) => onTop?.map(({ id }) => id))).toEqual([[first], [second]])
    expect(changes.every(({ own }) => own)).toBe(true)
    board.doc.transact(() => board.shapes.get(first)?.set('s.color', 3))
    expect(changes.at(-1)?.onTop).toBeNull()
    inkAt(board, 10, 10, '0')
    expect(changes.at(-1)?.onTop).toBeNull()
  })

  test('B102: a place is that of the uppermost shape; what frames cut off is not there', () => {
    const { board, scene } = start()
    const below = geoAt(board, 0, 0, { fill: 'solid' })
    const above = geoAt(board, 50, 50, { fill: 'solid' })
    expect(scene.at({ x: 75, y: 75 }, 2)?.id).toBe(above)
    expect(scene.at({ x: 75, y: 75 }, 2, ({ id }) => id !== above)?.id).toBe(below)
    expect(scene.at({ x: 400, y: 400 }, 2)).toBeNull()
    board.doc.transact(() => {
      const frame = new Y.Map<unknown>([['h', { t: 'frame', g: [50, 50, 40, 40, 0], z: 'k' }]])
      board.shapes.set('frame00001', frame)
      board.shapes.get(above)?.set('p', 'frame00001')
    })
    expect(scene.at({ x: 75, y: 75 }, 2)?.id).toBe(above)
    expect(scene.at({ x: 120, y: 120 }, 2)).toBeNull()
  })

  test('B100: settings and pictures follow the document; nothing does after the end', () => {
    const { board, scene, changes } = start()
    board.settings.set('grid', 'lines')
    expect(scene.settings.value.grid).toBe('lines')
    scene.destroy()
    inkAt(board, 0, 0)
    board.settings.set('grid', 'none')
    expect(changes).toEqual([])
    expect(scene.settings.value.grid).toBe('lines')
  })
})
