/** Which tiles are seen, and in which scale. Pure. */
import type { Lay } from './canvas.ts'
import type { Wanted } from './raster.ts'
import type { Tiles } from './tiles.ts'

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
  const { x = canvas.width / 2, y = canvas.height / 2 } = focus ?? {}
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
