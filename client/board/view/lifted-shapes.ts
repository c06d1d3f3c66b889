/** The lifted shapes as the live layer paints them: one by one, or as a picture while many are moved. */
import { boundsTouch, isEmptyBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Context, Lay } from './canvas.ts'
import { boundsOfAll, createSnapshot, MANY, movedAlike } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

export interface LiftedShapes {
  /** Other shapes, in painting order; answers where the layer looks different now. */
  set(next: readonly Shape[]): Bounds[]
  readonly some: boolean
  /** Whether marks are among what lies there: they mix with what is below. */
  mixes(within: Bounds): boolean
  draw(context: Context, lay: Lay, within: Bounds): void
}

export function createLiftedShapes(
  lookup: Lookup,
  paint: (context: Context, shapes: readonly Shape[], lay: Lay) => void,
): LiftedShapes {
  /** Each with where it was painted: a line that stays on others is soon somewhere else. */
  let singles = new Map<string, { shape: Shape; bounds: Bounds }>()
  let many: readonly Shape[] = []
  /** What the picture of the many shows as its beginning; it is made when it is drawn. */
  let moving = false
  let picture: Snapshot | null = null

  function setMany(next: readonly Shape[]): Bounds[] {
    const old = picture ? picture.bounds() : boundsOfAll(many, lookup)
    const alike = many.length > 0 && next.length > 0 && movedAlike(many, next) !== null
    if (!picture?.move(next)) picture = null
    moving = alike
    many = next
    const now = picture ? picture.bounds() : boundsOfAll(next, lookup)
    return [old, now].filter((bounds) => !isEmptyBounds(bounds))
  }

  function setSingles(next: readonly Shape[]): Bounds[] {
    const damage: Bounds[] = []
    const before = singles
    singles = new Map()
    for (const shape of next) {
      const old = before.get(shape.id)
      before.delete(shape.id)
      const bounds = shapeBounds(shape, lookup)
      singles.set(shape.id, { shape, bounds })
      // Lines that stay on what moves look different without being different.
      if (old && old.shape === shape && shape.kind !== 'line') continue
      damage.push(bounds)
      if (old) damage.push(old.bounds)
    }
    for (const { bounds } of before.values()) damage.push(bounds)
    return damage
  }

  return {
    set(next) {
      const free = next.filter(isFree)
      if (free.length < MANY) return [...setMany([]), ...setSingles(next)]
      return [...setMany(free), ...setSingles(next.filter((shape) => !isFree(shape)))]
    },
    get some() {
      return singles.size > 0 || many.length > 0
    },
    mixes(within) {
      const isMark = (shape: Shape): boolean => shape.kind === 'ink' && shape.style.brush === 'highlighter'
      for (const { shape, bounds } of singles.values())
        if (isMark(shape) && boundsTouch(bounds, within)) return true
      return (
        !picture && many.some((shape) => isMark(shape) && boundsTouch(shapeBounds(shape, lookup), within))
      )
    },
    draw(context, lay, within) {
      if (picture?.fits(lay) === false) picture = null
      if (!picture && moving) picture = createSnapshot(many, lay, context.canvas, lookup, paint)
      if (picture) {
        context.save()
        context.setTransform(1, 0, 0, 1, 0, 0)
        picture.draw(context, lay)
        context.restore()
      } else if (many.length > 0)
        paint(
          context,
          many.filter((shape) => boundsTouch(shapeBounds(shape, lookup), within)),
          lay,
        )
      const near = [...singles.values()].filter(({ bounds }) => boundsTouch(bounds, within))
      if (near.length > 0)
        paint(
          context,
          near.map(({ shape }) => shape),
          lay,
        )
    },
  }
}

/** Goes where it is taken, and not where others are. */
function isFree(shape: Shape): boolean {
  return shape.kind !== 'line' || (!shape.from && !shape.to)
}
