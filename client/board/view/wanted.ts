/** Which tiles are seen, in which scale, and which comes next. Pure. */
import type { Lay } from './canvas.ts'
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

/** The scale tiles are wanted in: exactly that of the screen once it rests, else the next power of two. */
export function targetScale(scale: number, density: number, resting: boolean): number {
  const power = Math.round(Math.log2(scale / density))
  const even = density * 2 ** power
  return resting && Math.abs(scale / even - 1) > 1e-9 ? scale : even
}

/** The tiles that cover a canvas. `focus` is in canvas pixels; its middle when left out. */
export function wantedTiles(
  tiles: Tiles,
  scale: number,
  lay: Lay,
  canvas: { readonly width: number; readonly height: number },
  focus: { readonly x: number; readonly y: number } | null,
): Wanted {
  /** Canvas pixels a tile takes up as it is shown. */
  const size = (tiles.side * lay.scale) / scale
  const { x, y } = focus ?? { x: canvas.width / 2, y: canvas.height / 2 }
  return {
    level: tiles.level(scale),
    left: Math.floor(-lay.x / size),
    top: Math.floor(-lay.y / size),
    right: Math.ceil((canvas.width - lay.x) / size),
    bottom: Math.ceil((canvas.height - lay.y) / size),
    focusX: (x - lay.x) / size,
    focusY: (y - lay.y) / size,
  }
}

/** Whether a tile is wanted, or lies around what is wanted. */
export function holds(wanted: Wanted, column: number, row: number, around = 0): boolean {
  return (
    column >= wanted.left - around &&
    column < wanted.right + around &&
    row >= wanted.top - around &&
    row < wanted.bottom + around
  )
}

export interface NextTile {
  readonly column: number
  readonly row: number
  /** What is there already, showing an older state. */
  readonly tile: Tile | undefined
}

/** The next to paint: first what shows an older state, then what is missing, from the pointer outwards; then those around. */
export function nextTile(
  tiles: Tiles,
  wanted: Wanted,
  around: number,
  isAway: (level: Level, column: number, row: number) => boolean,
): NextTile | null {
  let best: NextTile | null = null
  let least = Infinity
  for (let row = wanted.top - around; row < wanted.bottom + around; row++) {
    for (let column = wanted.left - around; column < wanted.right + around; column++) {
      const tile = tiles.get(wanted.level, column, row)
      if ((tile && !tile.dirty) || isAway(wanted.level, column, row)) continue
      const far = Math.hypot(column + 0.5 - wanted.focusX, row + 0.5 - wanted.focusY)
      const cost = far + (holds(wanted, column, row) ? 0 : 2e6) + (tile ? 0 : 1e6)
      if (cost >= least) continue
      least = cost
      best = { column, row, tile }
    }
  }
  return best
}
