/** A rectangle that selects what lies in it as a whole; with Ctrl what it touches (SPEC-board B206). */
import { rectangleHolds, skeleton } from '../../../../shared/board/geometry/hit.ts'
import type { Bounds } from '../../../../shared/board/geometry/bounds.ts'
import { segmentsMeet } from '../../../../shared/board/geometry/polyline.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import type { Inside, State } from '../../editor/inside.ts'
import { isLocked, leavesOf, pickOf } from '../../editor/selecting.ts'
import type { Point, Pointer } from '../../types.ts'

export function boundsBetween(a: Point, b: Point): Bounds {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  }
}

export function marquee(editor: Inside, from: Pointer, first: Pointer): State {
  const before = from.shift ? new Set(editor.selection.value) : new Set<string>()
  const sweep = (event: Pointer): void => {
    const bounds = boundsBetween(from.page, event.page)
    editor.marks.value = { ...editor.marks.value, marquee: bounds }
    editor.select([...before, ...idsIn(editor, bounds, event.mod)])
  }
  const end = (): void => {
    editor.marks.value = { ...editor.marks.value, marquee: null }
  }
  sweep(first)
  return {
    move: (event) => sweep(event),
    up: end,
    cancel() {
      editor.select(before)
      end()
    },
  }
}

/** What a click would select of all that lies in bounds: groups and frames as a whole or not at all. */
export function idsIn(editor: Inside, bounds: Bounds, touch: boolean): string[] {
  const { scene } = editor
  const lookup = (id: string): Shape | undefined => scene.shapes.get(id)
  const isIn = (shape: Shape): boolean =>
    rectangleHolds(bounds, shape, lookup) || (touch && touches(bounds, shape, lookup))
  return wholes(
    editor,
    scene.within(bounds).filter((shape) => !isLocked(scene, shape.id) && isIn(shape)),
    isIn,
    touch,
  )
}

/** Of shapes that a rectangle or a lasso holds, what is selected: a group when all of it is held. */
export function wholes(
  editor: Inside,
  held: readonly Shape[],
  isIn: (shape: Shape) => boolean,
  touch: boolean,
): string[] {
  const { scene } = editor
  const picked = new Set<string>()
  for (const { id } of held) {
    const pick = pickOf(scene, id, editor.inside.value)
    if (picked.has(pick)) continue
    if (pick === id || touch || leavesOf(scene, [pick]).every(isIn)) picked.add(pick)
  }
  // What is in a frame that is selected moves with it.
  const { parents } = scene.tree()
  return [...picked].filter((id) => {
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null)
      if (picked.has(at)) return false
    return true
  })
}

function touches(
  { left, top, right, bottom }: Bounds,
  shape: Shape,
  lookup: (id: string) => Shape | undefined,
): boolean {
  const edges = [left, top, right, top, right, bottom, left, bottom, left, top]
  return skeleton(shape, lookup).some((line) => {
    for (let i = 0; i + 1 < line.length; i += 2) {
      const [x, y] = [line[i] ?? 0, line[i + 1] ?? 0]
      if (x >= left && x <= right && y >= top && y <= bottom) return true
      if (i === 0) continue
      for (let j = 2; j < edges.length; j += 2)
        if (
          segmentsMeet(
            line[i - 2] ?? 0,
            line[i - 1] ?? 0,
            x,
            y,
            edges[j - 2] ?? 0,
            edges[j - 1] ?? 0,
            edges[j] ?? 0,
            edges[j + 1] ?? 0,
          )
        )
          return true
    }
    return false
  })
}
