/** The tile pyramid: pieces of the page as they were painted, at any scale, the least used forgotten first. */
import { boundsTouch, growBounds, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Lay, Surface } from './canvas.ts'

/** A tile's pixels: to be painted on, or as they came from the worker. */
export type Pixels = Surface | ImageBitmap

export interface Tile {
  readonly level: Level
  readonly column: number
  readonly row: number
  /** What it shows, on the page. */
  readonly bounds: Bounds
  pixels: Pixels
  /** What of it shows an older state; page units. */
  dirty: Bounds | null
  used: number
}

/** All tiles of one scale. */
export interface Level {
  /** Canvas pixels for a page unit. */
  readonly scale: number
  readonly tiles: Map<string, Tile>
}

export interface Tiles {
  /** Canvas pixels along a tile's side. */
  readonly side: number
  level(scale: number): Level
  levels(): Iterable<Level>
  get(level: Level, column: number, row: number): Tile | undefined
  put(level: Level, column: number, row: number, pixels: Pixels): Tile
  boundsOf(level: Level, column: number, row: number): Bounds
  /** Something has changed there. */
  spoil(bounds: Bounds): void
  /** Forgets the least used until what is left is within the budget; `keep` says from which use on none is forgotten. */
  trim(keep: number): Pixels[]
  /** Forgets all; answers what they were. */
  clear(): Pixels[]
}

export const keyOf = (column: number, row: number): string => `${column},${row}`

export function createTiles(side: number, budget: number): Tiles {
  const levels = new Map<number, Level>()
  const bytes = side * side * 4
  let count = 0

  function boundsOf({ scale }: Level, column: number, row: number): Bounds {
    const size = side / scale
    return { left: column * size, top: row * size, right: (column + 1) * size, bottom: (row + 1) * size }
  }

  return {
    side,
    level(scale) {
      const known = levels.get(scale)
      if (known) return known
      const level: Level = { scale, tiles: new Map() }
      levels.set(scale, level)
      return level
    },
    levels: () => levels.values(),
    get: (level, column, row) => level.tiles.get(keyOf(column, row)),
    put(level, column, row, pixels) {
      const key = keyOf(column, row)
      if (!level.tiles.has(key)) count++
      const tile: Tile = {
        level,
        column,
        row,
        bounds: boundsOf(level, column, row),
        pixels,
        dirty: null,
        used: 0,
      }
      level.tiles.set(key, tile)
      levels.set(level.scale, level)
      return tile
    },
    boundsOf,
    spoil(bounds) {
      for (const { scale, tiles } of levels.values()) {
        // Smooth edges reach a pixel further.
        const place = growBounds(bounds, 1.5 / scale)
        for (const tile of tiles.values())
          if (boundsTouch(tile.bounds, place)) tile.dirty = tile.dirty ? joinBounds(tile.dirty, place) : place
      }
    },
    trim(keep) {
      const free: Pixels[] = []
      const most = Math.floor(budget / bytes)
      if (count > most) {
        const all = [...levels.values()].flatMap(({ tiles }) => [...tiles.values()])
        all.sort((a, b) => a.used - b.used)
        for (const tile of all) {
          if (count <= most || tile.used >= keep) break
          tile.level.tiles.delete(keyOf(tile.column, tile.row))
          free.push(tile.pixels)
          count--
        }
      }
      for (const [scale, { tiles }] of levels) if (tiles.size === 0) levels.delete(scale)
      return free
    },
    clear() {
      const all = [...levels.values()].flatMap(({ tiles }) => [...tiles.values()].map(({ pixels }) => pixels))
      levels.clear()
      count = 0
      return all
    },
  }
}

/** How the page lies on a tile's canvas. */
export function tileLay({ scale }: Level, column: number, row: number, side: number): Lay {
  return { scale, x: -column * side, y: -row * side }
}
