import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createScene } from '../../../../client/board/scene.ts'
import { gridStep } from '../../../../client/board/view/grid.ts'
import { createLifted } from '../../../../client/board/view/lifted.ts'
import { createPacker, unpack } from '../../../../client/board/view/pack.ts'
import { pictureScale } from '../../../../client/board/view/picture.ts'
import { movedAlike } from '../../../../client/board/view/snapshot.ts'
import { createTiles } from '../../../../client/board/view/tiles.ts'
import type { Pixels } from '../../../../client/board/view/tiles.ts'
import { nextTile, targetScale, wantedTiles } from '../../../../client/board/view/wanted.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import { createRandom } from '../../../support/random.ts'
import { drawSomething, geoAt, inkAt, lineBetween } from '../scene/drawing.ts'

/** Stands for a canvas; nothing here paints. */
const pixels = {} as Pixels

const nothingAway = (): boolean => false

describe('tiles', () => {
  test('B111: while a zoom moves, powers of two are wanted; at rest the scale itself', () => {
    expect(targetScale(1.3, 1, false)).toBe(1)
    expect(targetScale(1.5, 1, false)).toBe(2)
    expect(targetScale(3.1, 2, false)).toBe(4)
    expect(targetScale(0.3, 1, false)).toBe(0.25)
    expect(targetScale(1.3, 1, true)).toBe(1.3)
    expect(targetScale(2 * (1 + 1e-12), 1, true)).toBe(2)
  })

  test('B111: what is wanted covers the screen, and no row or column more', () => {
    const tiles = createTiles(512, 1e9)
    for (const [x, y, scale, target] of [
      [0, 0, 1, 1],
      [-700, 300, 1, 1],
      [33, -9000, 1.3, 1],
      [5, 5, 0.3, 0.25],
    ] as const) {
      const wanted = wantedTiles(tiles, target, { scale, x, y }, { width: 1000, height: 700 }, null)
      const size = (512 * scale) / target
      expect(wanted.left * size + x).toBeLessThanOrEqual(0)
      expect((wanted.left + 1) * size + x).toBeGreaterThan(0)
      expect(wanted.right * size + x).toBeGreaterThanOrEqual(1000)
      expect((wanted.right - 1) * size + x).toBeLessThan(1000)
      expect(wanted.bottom * size + y).toBeGreaterThanOrEqual(700)
    }
  })

  test('B111: old tiles come first, then missing ones from the pointer outwards, then those around', () => {
    const tiles = createTiles(512, 1e9)
    const lay = { scale: 1, x: 0, y: 0 }
    const wanted = wantedTiles(tiles, 1, lay, { width: 1536, height: 1024 }, { x: 1300, y: 800 })
    const order: string[] = []
    tiles.put(wanted.level, 0, 0, pixels)
    tiles.spoil({ left: 10, top: 10, right: 20, bottom: 20 })
    for (;;) {
      const next = nextTile(tiles, wanted, 1, nothingAway)
      if (!next) break
      order.push(`${next.column},${next.row}`)
      tiles.put(wanted.level, next.column, next.row, pixels)
    }
    expect(order.slice(0, 3)).toEqual(['0,0', '2,1', '1,1'])
    expect(order).toHaveLength(5 * 4)
    const inside = (name: string): boolean => /^[012],[01]$/.test(name)
    expect(order.findIndex((name) => !inside(name))).toBe(6)
    const empty = createTiles(512, 1e9)
    const again = wantedTiles(empty, 1, lay, { width: 1536, height: 1024 }, null)
    expect(nextTile(empty, again, 0, (_level, column) => column !== 2)?.column).toBe(2)
  })

  test('B112: a change spoils tiles of all scales it touches, and no others', () => {
    const tiles = createTiles(512, 1e9)
    const near = tiles.put(tiles.level(1), 0, 0, pixels)
    const far = tiles.put(tiles.level(1), 3, 0, pixels)
    const coarse = tiles.put(tiles.level(0.25), 0, 0, pixels)
    tiles.spoil({ left: 500, top: 10, right: 511, bottom: 20 })
    expect([near, far, coarse].map(({ dirty }) => dirty !== null)).toEqual([true, false, true])
    tiles.spoil({ left: 2047, top: 0, right: 2047.5, bottom: 1 })
    expect(far.dirty).not.toBeNull()
  })

  test('B111: the least used tiles go when the bytes are used up, never those on the screen', () => {
    const tiles = createTiles(256, 10 * 256 * 256 * 4)
    const level = tiles.level(1)
    for (let i = 0; i < 14; i++) tiles.put(level, i, 0, pixels).used = i
    expect(tiles.trim(13)).toHaveLength(4)
    expect(tiles.get(level, 3, 0)).toBeUndefined()
    expect(tiles.get(level, 4, 0)).toBeDefined()
    for (let i = 20; i < 40; i++) tiles.put(level, i, 0, pixels).used = 99
    tiles.trim(99)
    expect(Array.from({ length: 20 }, (_, i) => tiles.get(level, 20 + i, 0)).every(Boolean)).toBe(true)
    expect(tiles.clear()).toHaveLength(20)
  })

  test('B111: a worker gets what the page has: strokes as bytes, the rest as it is, in order', () => {
    const random = createRandom(4)
    const board = boardOf(new Y.Doc())
    for (let step = 0; step < 80; step++) drawSomething(board, random)
    const scene = createScene(board)
    const packer = createPacker((id) => scene.shapes.get(id))
    const all = [...scene.shapes.values()]
    const cut = [{ x: 0, y: 0, w: 5, h: 5, r: 0, flipX: false, flipY: false }]
    for (const [i, shape] of all.entries()) packer.add(shape, i % 3 === 0 ? cut : [])
    const packed = packer.done()
    const back = [...unpack(structuredClone(packed))]
    expect(back).toHaveLength(all.length)
    for (const [i, shape] of all.entries()) {
      expect(back[i]?.cut).toEqual(i % 3 === 0 ? cut : [])
      const expected =
        shape.kind === 'ink'
          ? { style: shape.style, box: shape.box, natural: shape.natural, points: shape.points }
          : shape
      expect(back[i]?.shape).toMatchObject(expected)
    }
    const targets = all.flatMap((shape) =>
      shape.kind === 'line' ? [shape.from, shape.to].flatMap((end) => end?.shape ?? []) : [],
    )
    const known = new Set(targets.filter((id) => scene.shapes.has(id)))
    expect(new Set(packed.targets.map(({ id }) => id))).toEqual(known)
    expect(known.size).toBeGreaterThan(0)
  })
})

describe('what a gesture lifts', () => {
  test('B113: lifted shapes and lines on them are not in the tiles; put down, they are shown until tiles show them', () => {
    const board = boardOf(new Y.Doc())
    const shape = geoAt(board, 0, 0)
    const other = geoAt(board, 300, 0)
    const line = lineBetween(board, [50, 50, 350, 50], shape, other)
    const scene = createScene(board)
    const lifted = createLifted(scene)
    const moved = { ...scene.shapes.get(shape), link: 'moved' } as NonNullable<
      ReturnType<typeof scene.shapes.get>
    >
    const dirty = lifted.set(new Map([[shape, moved]]))
    expect(dirty).toEqual(expect.arrayContaining([scene.bounds(shape), scene.bounds(line)]))
    expect([shape, other, line].map((id) => lifted.hides(id))).toEqual([true, false, true])
    expect(lifted.shown().map(({ id }) => id)).toEqual([shape, line])
    expect(lifted.lookup(shape)).toBe(moved)
    expect([...lifted.without(scene.shapes.values())].map(({ id }) => id)).toEqual([other])
    lifted.set(new Map())
    expect(lifted.hides(shape)).toBe(false)
    expect(lifted.shown().map(({ id }) => id)).toEqual([shape, line])
    expect(lifted.settle(() => false)).toBe(false)
    expect(lifted.settle(() => true)).toBe(true)
    expect(lifted.shown()).toEqual([])
    lifted.set(new Map([[shape, null]]))
    expect(lifted.lookup(shape)).toBeUndefined()
    expect(lifted.shown().map(({ id }) => id)).not.toContain(shape)
  })

  test('B113: only shapes that all went the same way are moved as a picture', () => {
    const board = boardOf(new Y.Doc())
    const ids = [inkAt(board, 0, 0), geoAt(board, 50, 0), lineBetween(board, [0, 0, 9, 9], null, null)]
    const scene = createScene(board)
    const all = () => ids.flatMap((id) => scene.shapes.get(id) ?? [])
    const before = all()
    const by = (dx: number, dy: number) => {
      for (const shape of before) {
        if (shape.kind === 'line')
          changeShape(board, shape.id, {
            path: shape.path.map((value, i) => value + (i % 2 === 0 ? dx : dy)),
          })
        else if ('box' in shape)
          changeShape(board, shape.id, { box: { ...shape.box, x: shape.box.x + dx, y: shape.box.y + dy } })
      }
    }
    by(7, -3)
    expect(movedAlike(before, all())?.x).toBeCloseTo(7, 3)
    expect(movedAlike(before, all())?.y).toBeCloseTo(-3, 3)
    expect(movedAlike(before, all().slice(1))).toBeNull()
    changeShape(board, ids[1] ?? '', { style: { color: 5 } })
    expect(movedAlike(before, all())).toBeNull()
    changeShape(board, ids[1] ?? '', { style: { color: 0 } })
    changeShape(board, ids[1] ?? '', {
      box: { x: 57, y: -3, w: 100, h: 120, r: 0, flipX: false, flipY: false },
    })
    expect(movedAlike(before, all())).toBeNull()
  })
})

test('B115: marks of the grid are never closer than can be told apart, and stay on their places', () => {
  const settings = { grid: 'dots', step: 20, ground: null, title: '' } as const
  for (const scale of [40, 1, 0.5, 0.1, 0.02])
    for (const density of [1, 2, 3]) {
      const step = gridStep(settings, scale * density, density)
      expect(step * scale).toBeGreaterThanOrEqual(14)
      expect(Math.log2(step / 20) % 1).toBe(0)
    }
})

test('B115: a picture is no larger than canvases can be', () => {
  expect(pictureScale(100, 100, 3)).toBe(3)
  expect(100_000 * pictureScale(100_000, 10, 1)).toBeLessThanOrEqual(8192)
  const scale = pictureScale(8000, 8000, 1)
  expect((8000 * scale) ** 2).toBeLessThanOrEqual(40e6 * 1.001)
})
