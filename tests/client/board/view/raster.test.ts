import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hasRoom } from '../../../../client/board/view/pack.ts'
import { createRaster } from '../../../../client/board/view/raster.ts'
import type { TileHelper } from '../../../../client/board/view/raster.ts'
import { createTiles } from '../../../../client/board/view/tiles.ts'
import { wantedTiles } from '../../../../client/board/view/wanted.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { geoShape } from '../../../shared/board/shapes.ts'

/** Node has no canvas; which tile is painted when does not depend on what is on it (tests/browser/board-view looks at that). */
class NoCanvas {
  readonly width: number
  readonly height: number
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }
  getContext(): unknown {
    return new Proxy({}, { get: () => () => undefined, set: () => true })
  }
}

beforeAll(() => {
  Object.assign(globalThis, { OffscreenCanvas: NoCanvas })
})

afterAll(() => {
  Reflect.deleteProperty(globalThis, 'OffscreenCanvas')
})

const SHAPES = Array.from({ length: 100 }, (_, i) => geoShape(`shape${i}`, boxOf(i, i, 10, 10), {}))
const LAY = { scale: 1, x: 0, y: 0 }
const WINDOW = { width: 512, height: 512 }

/** A clock that goes on by one with each look. */
function start(helper: TileHelper | null = null) {
  let time = 0
  let painted = 0
  const tiles = createTiles(512, 1e9)
  const raster = createRaster({
    tiles,
    within: () => SHAPES,
    cut: (shapes: Iterable<Shape>) => Array.from(shapes, (shape) => ({ shape, cut: [] })),
    *paint(_context, shapes) {
      for (const _one of shapes) {
        painted++
        yield
      }
    },
    ground: () => undefined,
    helper: () => helper,
    now: () => time++,
  })
  const wanted = (scale = 1) => wantedTiles(tiles, scale, LAY, WINDOW, null)
  return { tiles, raster, wanted, now: () => time, painted: () => painted }
}

describe('painting tiles', () => {
  test('B111: a tile takes as many frames as it needs, each no longer than it is given', () => {
    const { raster, wanted, now } = start()
    let frames = 0
    for (let left = true; left; frames++) {
      const before = now()
      left = raster.work(wanted(), now() + 5, false).left
      expect(now() - before).toBeLessThan(10)
      if (frames > 100) throw new Error('never done')
    }
    expect(frames).toBeGreaterThan(3)
    expect(raster.clean(wanted())).toBe(true)
  })

  test('B112: what changes while a tile is painted is painted after it', () => {
    const { raster, wanted, now, tiles } = start()
    raster.work(wanted(), now() + 5, false)
    raster.spoil({ left: 10, top: 10, right: 30, bottom: 30 })
    while (!tiles.get(wanted().level, 0, 0)) raster.work(wanted(), now() + 5, false)
    expect(raster.clean(wanted())).toBe(false)
    expect(raster.clean(wanted(), { left: 600, top: 600, right: 700, bottom: 700 })).toBe(true)
    while (!raster.clean(wanted())) raster.work(wanted(), now() + 5, false)
  })

  test('B112: an old tile whose painting was given up for another zoom is still old when it is seen again', () => {
    const { raster, wanted, now } = start()
    while (!raster.clean(wanted())) raster.work(wanted(), now() + 50, false)
    raster.spoil({ left: 0, top: 0, right: 500, bottom: 500 })
    raster.work(wanted(), now() + 4, false)
    raster.work(wanted(2), now() + 4, false)
    expect(raster.clean(wanted())).toBe(false)
    raster.work(wanted(), now() + 1000, false)
    expect(raster.clean(wanted())).toBe(true)
  })

  test('B111: the worker gets tiles while it has room; what needs fonts or pictures is painted here', () => {
    const handed: ((image: ImageBitmap) => void)[] = []
    let page = false
    const { raster, wanted, now, tiles, painted } = start({
      hasRoom: () => handed.length < 1,
      needsPage: () => page,
      paint: (_level, _column, _row, _shapes, done) => handed.push(done),
    })
    raster.work(wanted(), now() + 1000, false)
    expect(handed).toHaveLength(1)
    expect(painted()).toBe(0)
    expect(raster.clean(wanted())).toBe(false)
    let closed = 0
    const image = { close: () => closed++ } as unknown as ImageBitmap
    handed.pop()?.(image)
    expect(raster.work(wanted(), now() + 1000, false)).toEqual({ changed: true, left: false })
    expect(tiles.get(wanted().level, 0, 0)?.pixels).toBe(image)
    expect(raster.clean(wanted())).toBe(true)
    page = true
    raster.spoil({ left: 0, top: 0, right: 500, bottom: 500 })
    raster.work(wanted(), now() + 1000, false)
    expect(painted()).toBe(SHAPES.length)
    expect(closed).toBe(1)
  })

  test('B111: the worker has two tiles in its hands, and up to six that hold little, so that it need not wait for the page', () => {
    const roomBeside = (...shapes: number[]): boolean => hasRoom(shapes.map((count) => ({ shapes: count })))
    expect(roomBeside()).toBe(true)
    expect(roomBeside(9000)).toBe(true)
    expect(roomBeside(9000, 1)).toBe(false)
    expect(roomBeside(70, 70, 70)).toBe(true)
    expect(roomBeside(70, 70, 70, 70)).toBe(false)
    expect(roomBeside(0, 0, 0, 0, 0)).toBe(true)
    expect(roomBeside(0, 0, 0, 0, 0, 0)).toBe(false)
  })
})
