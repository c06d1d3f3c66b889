/** Shapes that a gesture moves, turns or stretches: as they were, and what a map makes of them (SPEC-board B32). */
import type { Bounds } from '../../../../shared/board/geometry/bounds.ts'
import type { Matrix } from '../../../../shared/board/geometry/matrix.ts'
import { routeLine } from '../../../../shared/board/geometry/route.ts'
import { mapShape } from '../../../../shared/board/geometry/transform.ts'
import type { Guide, SnapOptions } from '../../../../shared/board/geometry/snap.ts'
import type { LineShape, Shape } from '../../../../shared/board/model/shape.ts'
import { withParts } from '../../../../shared/board/model/with-parts.ts'
import type { ShapeParts } from '../../../../shared/board/model/write.ts'
import type { Inside } from '../../editor/inside.ts'
import { followersOf, isLocked, leavesOf } from '../../editor/selecting.ts'
import type { Marks } from '../../types.ts'

export interface Moving {
  /** With a place of their own; not the locked ones. */
  readonly shapes: readonly Shape[]
  readonly ids: ReadonlySet<string>
  /** Lines that stay on them. */
  readonly followers: readonly string[]
  /** What is written once, with the first change: ends of lines that are let go of what does not move. */
  readonly loosened: ReadonlyMap<string, ShapeParts>
  mapped(map: Matrix): Map<string, ShapeParts>
}

export function movingOf(editor: Inside, ids: Iterable<string>): Moving {
  const { scene } = editor
  const leaves = leavesOf(scene, ids).filter(({ id }) => !isLocked(scene, id))
  const set = new Set(leaves.map(({ id }) => id))
  const loosened = new Map<string, ShapeParts>()
  const shapes = leaves.map((shape) => {
    const loose = shape.kind === 'line' ? loosen(editor, shape, set) : null
    if (!loose) return shape
    loosened.set(shape.id, loose)
    return withParts(shape, loose)
  })
  return {
    shapes,
    ids: set,
    followers: followersOf(scene, set).map(({ id }) => id),
    loosened,
    mapped(map) {
      const parts = new Map<string, ShapeParts>()
      for (const shape of shapes) {
        const moved = mapShape(shape, map)
        if (moved) parts.set(shape.id, { ...loosened.get(shape.id), ...moved })
      }
      return parts
    },
  }
}

/** A line whose shapes do not all move with it leaves them: its ends are then where they were seen. */
function loosen(editor: Inside, line: LineShape, moving: ReadonlySet<string>): ShapeParts | null {
  const from = line.from && !moving.has(line.from.shape)
  const to = line.to && !moving.has(line.to.shape)
  if (!from && !to) return null
  const { points } = routeLine(line, (id) => editor.scene.shapes.get(id))
  const path = [...line.path]
  if (from) path.splice(0, 2, points[0] ?? 0, points[1] ?? 0)
  if (to) path.splice(-2, 2, points.at(-2) ?? 0, points.at(-1) ?? 0)
  return { path, ...(from ? { from: null } : {}), ...(to ? { to: null } : {}) }
}

/** Bounds of what is in view and does not move, to snap to. */
export function snapTargets(editor: Inside, except: ReadonlySet<string>, around: Bounds): Bounds[] {
  return editor.edges.near(editor.camera.seen.value, around, except)
}

/** Screen pixels within which something is near. */
const SNAP = 6

/** How to snap now; with Ctrl held the other way about. Null: not at all. */
export function snapOptions(editor: Inside, mod: boolean): { shapes: boolean; options: SnapOptions } | null {
  const { snapShapes, snapGrid } = editor.settings.value
  const shapes = snapShapes !== mod
  const grid = snapGrid && !mod ? editor.scene.settings.value.step : 0
  if (!shapes && grid === 0) return null
  return { shapes, options: { tolerance: SNAP / editor.camera.place.value.zoom, grid } }
}

/** Guides as the overlay paints them. */
export function guideMarks(guides: readonly Guide[]): Marks['guides'] {
  return guides.map(({ axis, at, from, to }) =>
    axis === 'x'
      ? { from: { x: at, y: from }, to: { x: at, y: to } }
      : { from: { x: from, y: at }, to: { x: to, y: at } },
  )
}

export function showGuides(editor: Inside, guides: readonly Guide[]): void {
  if (guides.length === 0 && editor.marks.value.guides.length === 0) return
  editor.marks.value = { ...editor.marks.value, guides: guideMarks(guides) }
}
