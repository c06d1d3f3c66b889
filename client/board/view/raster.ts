/** Has tiles painted, the nearest to the pointer first: by the worker where there is one, else as long as a frame leaves time. */
import { boundsTouch, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { areaOf, contextOf, createSurface, sharedArea } from './canvas.ts'
import type { Area, Context, Lay, Surface } from './canvas.ts'
import type { CutShape } from './pack.ts'
import { tileLay } from './tiles.ts'
import type { Level, Pixels, Tile, Tiles } from './tiles.ts'
import { holds, nextTile } from './wanted.ts'
import type { Wanted } from './wanted.ts'

export interface RasterParts {
  readonly tiles: Tiles
  /** What is on a piece of the page, in painting order; a list where that is little. */
  readonly within: (bounds: Bounds) => readonly Shape[] | Iterable<Shape>
  readonly cut: (shapes: Iterable<Shape>) => Iterable<CutShape>
  readonly paint: (context: Context, shapes: Iterable<CutShape>, lay: Lay) => Generator<void, void>
  readonly ground: (context: Context, area: Area, lay: Lay) => void
  /** The worker; null while there is none. */
  readonly helper: () => TileHelper | null
  readonly now: () => number
}

/** What paints tiles elsewhere. */
export interface TileHelper {
  hasRoom(): boolean
  /** Whether a shape can only be painted on the page: it needs fonts or pictures. */
  needsPage(shape: Shape, scale: number): boolean
  paint(
    level: Level,
    column: number,
    row: number,
    shapes: readonly CutShape[],
    done: (image: ImageBitmap) => void,
  ): void
}

export interface Raster {
  /** Paints until a time (ms). Says whether anything new can be seen, and whether something is left to do here. */
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
/** Bytes of surfaces kept for the next tiles. */
const POOL = 12e6
/** Shapes painted between looks at the clock. */
const STRIDE = 4

const ENDED = { done: true, value: null } as const

interface Job {
  readonly level: Level
  readonly column: number
  readonly row: number
  readonly bounds: Bounds
  steps: Generator<void, Surface | null> | null
  /** What has changed since it was begun. */
  dirty: Bounds | null
  /** The worker has it. */
  away: boolean
}

export function createRaster(parts: RasterParts): Raster {
  const { tiles, within, cut, paint, ground, helper, now } = parts
  const { side } = tiles
  const whole: Area = { x: 0, y: 0, width: side, height: side }
  const pool: Surface[] = []
  let job: Job | null = null
  const away = new Set<Job>()
  let arrived = false

  function giveBack(pixels: Pixels): void {
    if ('close' in pixels) pixels.close()
    else if ((pool.length + 1) * side * side * 4 <= POOL) pool.push(pixels)
  }

  function begin(level: Level, column: number, row: number): Job {
    const bounds = tiles.boundsOf(level, column, row)
    const made: Job = {
      level,
      column,
      row,
      bounds,
      dirty: null,
      away: false,
      steps: null,
    }
    made.steps = wholeTile(made)
    return made
  }

  /** Finds what is on a tile, and hands it over or paints it here. */
  function* wholeTile(made: Job): Generator<void, Surface | null> {
    const { level, column, row, bounds } = made
    const margin = 1 / level.scale
    const { left, top, right, bottom } = bounds
    const place = { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin }
    const shapes: CutShape[] = []
    const other = helper()
    let here = other === null
    for (const one of cut(within(place))) {
      shapes.push(one)
      here ||= other?.needsPage(one.shape, level.scale) === true
      yield
    }
    if (!here && other) {
      made.away = true
      away.add(made)
      other.paint(level, column, row, shapes, (image) => {
        if (!away.delete(made)) return image.close()
        finish(made, image)
        arrived = true
      })
      return null
    }
    const surface = pool.pop() ?? createSurface(side, side)
    const context = contextOf(surface, true)
    const lay = tileLay(level, column, row, side)
    ground(context, whole, lay)
    yield* paint(context, shapes, lay)
    return surface
  }

  /** What of a tile is old, painted anew at once where that is little; else false. */
  function repaired(tile: Tile): boolean {
    const { level, column, row } = tile
    const lay = tileLay(level, column, row, side)
    const area = tile.dirty && sharedArea(areaOf(tile.dirty, lay), whole)
    if (area) {
      const page = {
        left: (area.x - lay.x) / lay.scale,
        top: (area.y - lay.y) / lay.scale,
        right: (area.x + area.width - lay.x) / lay.scale,
        bottom: (area.y + area.height - lay.y) / lay.scale,
      }
      const shapes = within(page)
      if (!Array.isArray(shapes) || shapes.length > SMALL) return false
      const context = contextOf(paintable(tile), true)
      context.save()
      context.beginPath()
      context.rect(area.x, area.y, area.width, area.height)
      context.clip()
      ground(context, area, lay)
      for (const _step of paint(context, cut(shapes as readonly Shape[]), lay)) continue
      context.restore()
    }
    tile.dirty = null
    return true
  }

  /** The tile's pixels as a surface: what came from the worker cannot be painted on. */
  function paintable(tile: Tile): Surface {
    const { pixels } = tile
    if (!('close' in pixels)) return pixels
    const surface = pool.pop() ?? createSurface(side, side)
    contextOf(surface, true).drawImage(pixels, 0, 0)
    pixels.close()
    tile.pixels = surface
    return surface
  }

  function finish(done: Job, pixels: Pixels): void {
    const old = tiles.get(done.level, done.column, done.row)
    const tile = tiles.put(done.level, done.column, done.row, pixels)
    tile.dirty = done.dirty
    tile.used = old?.used ?? 0
    if (old) giveBack(old.pixels)
  }

  /** Gives up what is half done; a tile it was to replace is as old as it was. */
  function drop(): void {
    const tile = job && tiles.get(job.level, job.column, job.row)
    if (tile) tile.dirty = tile.bounds
    job = null
  }

  function isAway(level: Level, column: number, row: number): boolean {
    for (const one of away) if (one.level === level && one.column === column && one.row === row) return true
    return false
  }

  function addDirt(bounds: Bounds): void {
    for (const one of job && !job.away ? [job, ...away] : away)
      if (boundsTouch(one.bounds, bounds)) one.dirty = one.dirty ? joinBounds(one.dirty, bounds) : bounds
  }

  return {
    work(wanted, until, ahead) {
      let changed = arrived
      arrived = false
      const around = ahead ? 1 : 0
      if (job && (job.level !== wanted.level || !holds(wanted, job.column, job.row, around))) drop()
      for (;;) {
        if (!job) {
          const found = nextTile(tiles, wanted, around, isAway)
          if (!found) return { changed, left: false }
          if (now() >= until) return { changed, left: true }
          if (found.tile && repaired(found.tile)) {
            changed = true
            continue
          }
          // The worker tells when it has room again.
          if (helper()?.hasRoom() === false) return { changed, left: false }
          job = begin(wanted.level, found.column, found.row)
          if (found.tile) found.tile.dirty = null
        }
        let result = job.steps?.next() ?? ENDED
        for (let step = 1; result.done !== true; step++) {
          if (step % STRIDE === 0 && now() >= until) return { changed, left: true }
          result = job.steps?.next() ?? ENDED
        }
        if (result.value) {
          changed ||= holds(wanted, job.column, job.row)
          finish(job, result.value)
        }
        job = null
      }
    },
    clean(wanted, place) {
      for (let row = wanted.top; row < wanted.bottom; row++) {
        for (let column = wanted.left; column < wanted.right; column++) {
          if (place && !boundsTouch(tiles.boundsOf(wanted.level, column, row), place)) continue
          const tile = tiles.get(wanted.level, column, row)
          if (!tile || tile.dirty || isAway(wanted.level, column, row)) return false
          if (job && job.level === wanted.level && job.column === column && job.row === row) return false
        }
      }
      return true
    },
    spoil(bounds) {
      tiles.spoil(bounds)
      addDirt(bounds)
    },
    stamp(shapes, places) {
      for (const [i, shape] of shapes.entries()) {
        const place = places[i]
        if (!place) continue
        addDirt(place)
        for (const level of tiles.levels()) {
          for (const tile of level.tiles.values()) {
            if (!boundsTouch(tile.bounds, place)) continue
            if (tile.dirty) tile.dirty = joinBounds(tile.dirty, place)
            else {
              const context = contextOf(paintable(tile), true)
              const lay = tileLay(level, tile.column, tile.row, side)
              for (const _step of paint(context, cut([shape]), lay)) continue
            }
          }
        }
      }
    },
    clear() {
      job = null
      away.clear()
      for (const pixels of tiles.clear()) giveBack(pixels)
    },
    trim(keep) {
      for (const pixels of tiles.trim(keep)) giveBack(pixels)
    },
  }
}
