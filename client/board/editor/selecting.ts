/** What a click means (SPEC-board B202): groups as a whole, what is in the group that was gone into, what a selection holds. */
import { groupBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import {
  isEmptyBounds,
  joinBounds,
  NO_BOUNDS,
  boundsOfPoints,
} from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds, boxOfBounds } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { isBoxed } from '../../../shared/board/model/shape.ts'
import type { LineShape, Shape } from '../../../shared/board/model/shape.ts'
import { withDescendants } from '../../../shared/board/model/tree.ts'
import type { Scene } from '../types.ts'

/** What a click on a shape selects: its outermost group, below the group that was gone into where it is in that. */
export function pickOf(scene: Scene, id: string, inside: string | null): string {
  const { parents } = scene.tree()
  let picked = id
  for (let at = parents.get(id) ?? null; at !== null && at !== inside; at = parents.get(at) ?? null)
    if (scene.shapes.get(at)?.kind === 'group') picked = at
  return picked
}

/** Whether a shape is locked, or what it is in: it lies as if it were painted on the ground. */
export function isLocked(scene: Scene, id: string): boolean {
  const { parents } = scene.tree()
  for (let at: string | null = id; at !== null; at = parents.get(at) ?? null)
    if (scene.shapes.get(at)?.locked === true) return true
  return false
}

/** The shapes with a place of their own that move with these: of groups and frames what is in them as well. */
export function leavesOf(scene: Scene, ids: Iterable<string>): Shape[] {
  const leaves: Shape[] = []
  for (const id of withDescendants(scene.tree(), ids)) {
    const shape = scene.shapes.get(id)
    if (shape && shape.kind !== 'group') leaves.push(shape)
  }
  return leaves
}

/** Those of some shapes that are in none of the others. */
export function topsOf(scene: Scene, ids: ReadonlySet<string>): string[] {
  const { parents } = scene.tree()
  return [...ids].filter((id) => {
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null)
      if (ids.has(at)) return false
    return scene.shapes.has(id)
  })
}

/** Where a shape is, without the width of its lines; null for a group. */
export function placeOf(shape: Shape, lookup: Lookup): Bounds | null {
  if (isBoxed(shape)) return boxBounds(shape.box)
  return shape.kind === 'line' ? boundsOfPoints(routeLine(shape, lookup).points) : null
}

/** All shapes as they are shown now: what is moved, where it is moved to. */
export function shownLookup(scene: Scene, preview: ReadonlyMap<string, Shape | null>): Lookup {
  if (preview.size === 0) return (id) => scene.shapes.get(id)
  return (id) => {
    const shown = preview.get(id)
    return shown === undefined ? scene.shapes.get(id) : (shown ?? undefined)
  }
}

/** The bounds of shapes and all in them, without the width of their lines; null for none. */
export function boundsOfIds(scene: Scene, ids: Iterable<string>, lookup: Lookup): Bounds | null {
  let bounds = NO_BOUNDS
  for (const { id } of leavesOf(scene, ids)) {
    const shape = lookup(id)
    const place = shape && placeOf(shape, lookup)
    if (place) bounds = joinBounds(bounds, place)
  }
  return isEmptyBounds(bounds) ? null : bounds
}

/** Like {@link boundsOfIds} with everything that is painted: for showing all of it. */
export function paintedBounds(scene: Scene, ids: Iterable<string>): Bounds | null {
  const bounds = groupBounds(leavesOf(scene, ids), (id) => scene.shapes.get(id))
  return isEmptyBounds(bounds) ? null : bounds
}

/** The box the handles are on: that of a single shape, turned with it, else the bounds of all. */
export function selectionBox(scene: Scene, ids: ReadonlySet<string>, lookup: Lookup): Box | null {
  if (ids.size === 0) return null
  const only = onlyOf(ids)
  const shape = only === null ? undefined : lookup(only)
  if (shape && isBoxed(shape)) return shape.box
  const bounds = boundsOfIds(scene, ids, lookup)
  return bounds && boxOfBounds(bounds)
}

/** The single id of a set. */
export function onlyOf(ids: ReadonlySet<string>): string | null {
  if (ids.size !== 1) return null
  for (const id of ids) return id
  return null
}

/** The line that is selected alone; its ends and bends have handles instead of a box. */
export function lineOf(ids: ReadonlySet<string>, lookup: Lookup): LineShape | null {
  const only = onlyOf(ids)
  const shape = only === null ? undefined : lookup(only)
  return shape?.kind === 'line' ? shape : null
}

/** Lines that stay on any of some shapes and are none of them: they follow when those move. */
export function followersOf(scene: Scene, ids: ReadonlySet<string>): LineShape[] {
  const lines = new Map<string, LineShape>()
  for (const id of ids) {
    for (const on of scene.linesOn(id)) {
      const line = scene.shapes.get(on)
      if (line?.kind === 'line' && !ids.has(on)) lines.set(on, line)
    }
  }
  return [...lines.values()]
}
