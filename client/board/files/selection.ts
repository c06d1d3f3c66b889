/** What is selected, as a picture or a file made on this page (SPEC-board B528). */
import type { Theme } from '../../../shared/board/colours.ts'
import { GROUND } from '../../../shared/board/colours.ts'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { digitsFor, writeSvg } from '../../../shared/board/draw/svg.ts'
import { growBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Tree } from '../../../shared/board/model/tree.ts'
import type { Scene } from '../types.ts'

/** Page units around a picture. */
const MARGIN = 8

/** The shapes of `ids` with all that is in them, as a board of their own; others are not there. */
export function partOf(scene: Scene, ids: Iterable<string>): Map<string, Shape> {
  const part = new Map<string, Shape>()
  const tree: Tree = scene.tree()
  const add = (id: string): void => {
    const shape = scene.shapes.get(id)
    if (!shape || part.has(id)) return
    part.set(id, shape)
    for (const child of tree.children.get(id) ?? []) add(child.id)
  }
  for (const id of ids) add(id)
  return part
}

/** Round what is seen of them; null for nothing. */
export function boundsOf(scene: Scene, ids: Iterable<string>): Bounds | null {
  let bounds = NO_BOUNDS
  for (const id of partOf(scene, ids).keys()) {
    const own = scene.bounds(id)
    if (own) bounds = joinBounds(bounds, own)
  }
  return bounds.left > bounds.right ? null : growBounds(bounds, MARGIN)
}

/** The shapes as SVG, with pictures as `picture` gives them; null for nothing. */
export function svgOf(
  scene: Scene,
  ids: Iterable<string>,
  { theme, ground, picture }: { theme: Theme; ground: boolean; picture: (key: string) => string | null },
): string | null {
  const part = partOf(scene, ids)
  const bounds = boundsOf(scene, part.keys())
  if (!bounds) return null
  const commands = drawBoard(part, { theme, measure: measureText, tolerance: 0.25 })
  let thinnest = 1
  for (const { style } of part.values()) thinnest = Math.min(thinnest, style.width)
  return [
    ...writeSvg(commands, {
      bounds,
      ground: ground ? GROUND[theme] : null,
      digits: digitsFor(thinnest),
      picture,
    }),
  ].join('')
}
