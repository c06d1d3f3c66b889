/** Tiles put together on the screen: those wanted, and where they are not there yet, others' pictures of the same place. */
import { boundsTouch } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Area, Context, Lay } from './canvas.ts'
import type { Level, Tile, Tiles } from './tiles.ts'
import type { Wanted } from './wanted.ts'

/** Draws all that is wanted; `use` numbers the frames. True: every tile was there in its own scale. */
export function compose(
  context: Context,
  tiles: Tiles,
  wanted: Wanted,
  lay: Lay,
  ground: (context: Context, area: Area, lay: Lay) => void,
  use: number,
): boolean {
  let whole = true
  let others: Level[] | null = null
  for (let row = wanted.top; row < wanted.bottom; row++) {
    for (let column = wanted.left; column < wanted.right; column++) {
      const tile = tiles.get(wanted.level, column, row)
      if (tile) {
        put(context, tile, lay, use, tiles.side)
        continue
      }
      whole = false
      others ??= byNearness(tiles, wanted.level)
      insteadOf(context, tiles, others, tiles.boundsOf(wanted.level, column, row), lay, ground, use)
    }
  }
  return whole
}

function put(context: Context, tile: Tile, lay: Lay, use: number, side: number): void {
  tile.used = use
  const { column, row, level, pixels } = tile
  if (level.scale === lay.scale) {
    context.drawImage(pixels, column * side + lay.x, row * side + lay.y)
    return
  }
  const { x, y, width, height } = placeOf(tile.bounds, lay)
  context.drawImage(pixels, x, y, width, height)
}

/** Whole pixels, so that neighbours meet without a seam. */
function placeOf({ left, top, right, bottom }: Bounds, { scale, x, y }: Lay): Area {
  const x0 = Math.round(left * scale + x)
  const y0 = Math.round(top * scale + y)
  return {
    x: x0,
    y: y0,
    width: Math.round(right * scale + x) - x0,
    height: Math.round(bottom * scale + y) - y0,
  }
}

/** Other levels, the nearest in scale first; of two as near the finer one. */
function byNearness(tiles: Tiles, wanted: Level): Level[] {
  const far = ({ scale }: Level): number => Math.abs(Math.log2(scale / wanted.scale) - 0.01)
  return [...tiles.levels()].filter((level) => level !== wanted).sort((a, b) => far(a) - far(b))
}

function insteadOf(
  context: Context,
  tiles: Tiles,
  others: readonly Level[],
  bounds: Bounds,
  lay: Lay,
  ground: (context: Context, area: Area, lay: Lay) => void,
  use: number,
): void {
  const area = placeOf(bounds, lay)
  const full = others.find((level) => covers(tiles, level, bounds))
  context.save()
  context.beginPath()
  context.rect(area.x, area.y, area.width, area.height)
  context.clip()
  if (full) drawLevel(context, full, bounds, lay, use, tiles.side)
  else {
    ground(context, area, lay)
    // The best comes last, over the others.
    for (const level of others.toReversed()) drawLevel(context, level, bounds, lay, use, tiles.side)
  }
  context.restore()
}

function drawLevel(
  context: Context,
  level: Level,
  bounds: Bounds,
  lay: Lay,
  use: number,
  side: number,
): void {
  for (const tile of level.tiles.values())
    if (boundsTouch(tile.bounds, bounds)) put(context, tile, lay, use, side)
}

function covers(tiles: Tiles, level: Level, { left, top, right, bottom }: Bounds): boolean {
  const size = tiles.side / level.scale
  const first = Math.floor(left / size)
  const last = Math.ceil(right / size)
  const low = Math.ceil(bottom / size)
  if ((last - first) * (low - Math.floor(top / size)) > level.tiles.size) return false
  for (let row = Math.floor(top / size); row < low; row++)
    for (let column = first; column < last; column++) if (!tiles.get(level, column, row)) return false
  return true
}
