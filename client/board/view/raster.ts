/** Paints tiles, the nearest to the pointer first, as long as a frame leaves time (DESIGN D8). */
import { boundsTouch, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { areaOf, contextOf, createSurface, sharedArea } from './canvas.ts'
import type { Area, Context, Lay, Surface } from './canvas.ts'
import { tileLay } from './tiles.ts'
import type { Level, Tile, Tiles } from './tiles.ts'

/** The tiles that are seen, at the scale they are wanted in. */
export interface Wanted {
  readonly level: Level
  readonly left: number
  readonly top: number
  /** Not included. */
  readonly right: number
  readonly bottom: number
  /** Where the pointer is, in tiles. */
  readonly focusX: number
  readonly focusY: number
}

export interface RasterParts {
  readonly tiles: Tiles
  /** What is on a piece of the page, in painting order. */
  readonly within: (bounds: Bounds) => readonly Shape[]
  readonly paint: (context: Context, shapes: readonly Shape[], lay: Lay) => Generator<void, void>
  readonly ground: (context: Context, area: Area, lay: Lay) => void
  readonly now: () => number
}

export interface Raster {
  /** Paints until a time (ms). Says whether anything new can be seen, and whether something is left to do. */
  work(wanted: Wanted, until: number, ahead: boolean): { changed: boolean; left: boolean }
  /** Whether all that is wanted is there and new, within bounds if given. */
  clean(wanted: Wanted, within?: Bounds): boolean
  spoil(bounds: Bounds): void
  /** Paints new shapes over what is there. */
  stamp(shapes: readonly Shape[], bounds: readonly (Bounds | null)[]): void
  /** Everything has to be painted anew. */
  clear(): void
  trim(keep: number): void
}

/** Shapes of a small change, painted at once in their place. */
const SMALL = 40
/** Surfaces kept for the next tiles. */
const POOL = 12
/** Shapes painted between looks at the clock. */
const STRIDE = 4

interface Job {
  readonly level: Level
  readonly column: number
  readonly row: number
  readonly surface: Surface
  readonly steps: Generator<void, void>
  readonly bounds: Bounds
  /** What has changed since it was begun. */
  dirty: Bounds | null
}

export function createRaster({ tiles, within, paint, ground, now }: RasterParts): Raster {
  const { side } = tiles
  const whole: Area = { x: 0, y: 0, width: side, height: side }
  const pool: Surface[] = []
  let job: Job | null = null

  function giveBack(surface: Surface): void {
    if (pool.length < POOL) pool.push(surface)
  }

  function begin(level: Level, column: number, row: number): Job {
    const surface = pool.pop() ?? createSurface(side, side)
    const context = contextOf(surface, true)
    const lay = tileLay(level, column, row, side)
    const bounds = tiles.boundsOf(level, column, row)
    ground(context, whole, lay)
    const margin = 1 / level.scale
    const shapes = within({
      left: bounds.left - margin,
      top: bounds.top - margin,
      right: bounds.right + margin,
      bottom: bounds.bottom + margin,
    })
    return { level, column, row, surface, steps: paint(context, shapes, lay), bounds, dirty: null }
  }

  /** What of a tile is old, painted anew: at once where that is little, else on a copy. */
  function repair(tile: Tile): Job | null {
    const { level, column, row, bounds } = tile
    const lay = tileLay(level, column, row, side)
    const area = tile.dirty && sharedArea(areaOf(tile.dirty, lay), whole)
    tile.dirty = null
    if (!area) return null
    const page = {
      left: (area.x - lay.x) / lay.scale,
      top: (area.y - lay.y) / lay.scale,
      right: (area.x + area.width - lay.x) / lay.scale,
      bottom: (area.y + area.height - lay.y) / lay.scale,
    }
    const shapes = within(page)
    const small = shapes.length <= SMALL
    const surface = small ? tile.surface : (pool.pop() ?? createSurface(side, side))
    const context = contextOf(surface, true)
    if (!small) context.drawImage(tile.surface, 0, 0)
    const steps = repainted(context, area, lay, shapes)
    if (!small) return { level, column, row, surface, steps, bounds, dirty: null }
    for (const _step of steps) continue
    return null
  }

  function* repainted(
    context: Context,
    area: Area,
    lay: Lay,
    shapes: readonly Shape[],
  ): Generator<void, void> {
    context.save()
    context.beginPath()
    context.rect(area.x, area.y, area.width, area.height)
    context.clip()
    ground(context, area, lay)
    yield* paint(context, shapes, lay)
    context.restore()
  }

  /** The next to do: first what shows an older state, then what is missing, from the pointer outwards. */
  function next(
    wanted: Wanted,
    ahead: boolean,
  ): { column: number; row: number; tile: Tile | undefined } | null {
    let best: { column: number; row: number; tile: Tile | undefined } | null = null
    let least = Infinity
    const around = ahead ? 1 : 0
    for (let row = wanted.top - around; row < wanted.bottom + around; row++) {
      for (let column = wanted.left - around; column < wanted.right + around; column++) {
        const tile = tiles.get(wanted.level, column, row)
        if (tile && !tile.dirty) continue
        const far = Math.hypot(column + 0.5 - wanted.focusX, row + 0.5 - wanted.focusY)
        const outside = holds(wanted, column, row) ? 0 : 2e6
        const cost = far + outside + (tile ? 0 : 1e6)
        if (cost >= least) continue
        least = cost
        best = { column, row, tile }
      }
    }
    return best
  }

  function finish(done: Job): void {
    const old = tiles.get(done.level, done.column, done.row)
    const tile = tiles.put(done.level, done.column, done.row, done.surface)
    tile.dirty = done.dirty
    tile.used = old?.used ?? 0
    if (old) giveBack(old.surface)
  }

  function drop(): void {
    if (job) giveBack(job.surface)
    job = null
  }

  return {
    work(wanted, until, ahead) {
      let changed = false
      if (job && (job.level !== wanted.level || !holds(wanted, job.column, job.row, ahead ? 1 : 0))) drop()
      for (;;) {
        if (!job) {
          const found = next(wanted, ahead)
          if (!found) return { changed, left: false }
          if (now() >= until) return { changed, left: true }
          const { column, row, tile } = found
          job = tile ? repair(tile) : begin(wanted.level, column, row)
          if (!job) {
            changed = true
            continue
          }
        }
        for (let step = 1; ; step++) {
          if (job.steps.next().done === true) break
          if (step % STRIDE === 0 && now() >= until) return { changed, left: true }
        }
        changed ||= holds(wanted, job.column, job.row)
        finish(job)
        job = null
      }
    },
    clean(wanted, place) {
      for (let row = wanted.top; row < wanted.bottom; row++) {
        for (let column = wanted.left; column < wanted.right; column++) {
          if (place && !boundsTouch(tiles.boundsOf(wanted.level, column, row), place)) continue
          const tile = tiles.get(wanted.level, column, row)
          if (!tile || tile.dirty) return false
        }
      }
      return true
    },
    spoil(bounds) {
      tiles.spoil(bounds)
      if (job && boundsTouch(job.bounds, bounds))
        job.dirty = job.dirty ? joinBounds(job.dirty, bounds) : bounds
    },
    stamp(shapes, places) {
      for (const [i, shape] of shapes.entries()) {
        const place = places[i]
        if (!place) continue
        if (job && boundsTouch(job.bounds, place))
          job.dirty = job.dirty ? joinBounds(job.dirty, place) : place
        for (const level of tiles.levels()) {
          for (const tile of level.tiles.values()) {
            if (!boundsTouch(tile.bounds, place)) continue
            if (tile.dirty) tile.dirty = joinBounds(tile.dirty, place)
            else
              for (const _step of paint(
                contextOf(tile.surface, true),
                [shape],
                tileLay(level, tile.column, tile.row, side),
              ))
                continue
          }
        }
      }
    },
    clear() {
      drop()
      tiles.clear()
    },
    trim(keep) {
      for (const surface of tiles.trim(keep)) giveBack(surface)
    },
  }
}

function holds(wanted: Wanted, column: number, row: number, around = 0): boolean {
  return (
    column >= wanted.left - around &&
    column < wanted.right + around &&
    row >= wanted.top - around &&
    row < wanted.bottom + around
  )
}
