/** New shapes: on top of their siblings, in the frame they lie in (SPEC-board B204). */
import { boundsHold, isEmptyBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { isInBox } from './handles.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { MAX_ORDER } from '../../../shared/board/limits.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import type { FrameShape, Shape } from '../../../shared/board/model/shape.ts'
import { canEnter, paintOrder } from '../../../shared/board/model/tree.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { Scene } from '../types.ts'
import type { Random } from '../../../shared/board/ids.ts'
import { placeOf } from './selecting.ts'

/** An order key above all that is in a parent. */
export function topOrder(scene: Scene, parent: string | null, random: Random): string {
  const siblings = scene.tree().children.get(parent)
  return orderBetween(siblings?.at(-1)?.order ?? null, null, random)
}

/** Where a shape could go: frames that are not locked, those painted last coming last. */
export function openFrames(scene: Scene, except: ReadonlySet<string> = NONE): readonly FrameShape[] {
  const { frames } = framesOf(scene)
  const open = frames.filter(({ locked, id }) => !locked && !except.has(id))
  if (except.size === 0 || open.length === 0) return open
  const { parents } = scene.tree()
  // Nor those that lie in what is left out.
  return open.filter(({ id }) => {
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null)
      if (except.has(at)) return false
    return true
  })
}

const NONE: ReadonlySet<string> = new Set()

/** The frames of a scene, found once for each state of it. */
const known = new WeakMap<Scene, { version: number; frames: readonly FrameShape[] }>()

function framesOf(scene: Scene): { readonly frames: readonly FrameShape[] } {
  const version = scene.version.peek()
  const before = known.get(scene)
  if (before?.version === version) return before
  const frames: FrameShape[] = []
  for (const shape of scene.shapes.values()) if (shape.kind === 'frame') frames.push(shape)
  const found = { version, frames: frames.length > 1 ? (scene.inOrder(frames) as FrameShape[]) : frames }
  known.set(scene, found)
  return found
}

/** The uppermost of some frames whose area holds the middle of bounds, or with `whole` all of them. */
export function frameAt(frames: readonly FrameShape[], bounds: Bounds, whole = false): FrameShape | null {
  const middle = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 }
  let found: FrameShape | null = null
  for (const frame of frames)
    if (isInBox(frame.box, middle) && (!whole || boundsHold(boxBounds(frame.box), bounds))) found = frame
  return found
}

/** Parent and order of a shape that is made at a place. Ink is taken in only as a whole: nothing of it shall be cut off. */
export function newPlace(
  scene: Scene,
  bounds: Bounds,
  random: Random,
  whole = false,
): { parent: string | null; order: string } {
  const parent = frameAt(openFrames(scene), bounds, whole)?.id ?? null
  return { parent, order: topOrder(scene, parent, random) }
}

/**
 * An order key for what is marked with a highlighter: under the ink it goes over, which lies on nothing else it goes over, else
 * on top.
 */
export function underInk(scene: Scene, bounds: Bounds, parent: string | null, random: Random): string {
  const { parents, children } = scene.tree()
  let lowest: Shape | null = null
  for (const shape of scene.within(bounds)) {
    if ((parents.get(shape.id) ?? null) !== parent || shape.kind === 'frame') continue
    if (shape.kind !== 'ink') lowest = null
    else if (shape.style.brush === 'pen') lowest ??= shape
  }
  const siblings = children.get(parent) ?? []
  const at = lowest ? siblings.indexOf(lowest) : -1
  return orderUnder(siblings, at, random) ?? topOrder(scene, parent, random)
}

/** A key just under one of some siblings; null where there is no room, or no such sibling. */
export function orderUnder(siblings: readonly Shape[], at: number, random: Random): string | null {
  const above = siblings[at]?.order
  const below = siblings[at - 1]?.order ?? null
  if (above === undefined || (below !== null && below >= above)) return null
  const order = orderBetween(below, above, random)
  return order.length > MAX_ORDER ? null : order
}

/**
 * After shapes were moved: those whose middle now lies in another frame go into it, those that left theirs go out. What is in
 * a group stays there.
 */
export function settle(scene: Scene, board: Board, ids: readonly string[], random: Random): void {
  const tree = scene.tree()
  const except = new Set(ids)
  const frames = openFrames(scene, except)
  if (frames.length === 0 && ids.every((id) => (tree.parents.get(id) ?? null) === null)) return
  const lookup = (id: string) => scene.shapes.get(id)
  const moved = new Map<string | null, string[]>()
  for (const shape of paintOrder(tree)) {
    if (!except.has(shape.id)) continue
    const parent = tree.parents.get(shape.id) ?? null
    const home = parent === null ? undefined : scene.shapes.get(parent)
    if (home && home.kind !== 'frame') continue
    let bounds: Bounds = NO_BOUNDS
    for (const leaf of shape.kind === 'group' ? paintOrder(tree, shape.id) : [shape])
      bounds = joinBounds(bounds, placeOf(leaf, lookup) ?? NO_BOUNDS)
    if (isEmptyBounds(bounds)) continue
    // A locked frame takes nothing in, and keeps what it has.
    if (home?.locked === true && frameAt([home], bounds)) continue
    const into = frameAt(frames, bounds)?.id ?? null
    if (into === parent || (into !== null && !canEnter(scene.shapes, tree, shape.id, into))) continue
    const list = moved.get(into)
    if (list) list.push(shape.id)
    else moved.set(into, [shape.id])
  }
  for (const [parent, list] of moved) {
    let order = scene.tree().children.get(parent)?.at(-1)?.order ?? null
    for (const id of list) {
      order = orderBetween(order, null, random)
      changeShape(board, id, { parent, order })
    }
  }
}
