/** Where somebody is on a board (SPEC-board B404): part of their presence, read from strangers. */
import type { SeenPart } from '../meeting.ts'
import { readSeenPart } from '../meeting.ts'
import type { Bounds } from './geometry/bounds.ts'
import { isCoordinate } from './check/values.ts'
import { isShapeId } from './ids.ts'

export interface BoardPresence {
  /** Where the pointer is, on the page; null when it is elsewhere. */
  readonly at: { readonly x: number; readonly y: number } | null
  /** Ids of selected shapes, the first {@link MOST_SELECTED} of them. */
  readonly selection: readonly string[]
  readonly seen: SeenPart | null
  /** Round what is under the hand, while that is more than is written meanwhile (B201); null else. */
  readonly held: Bounds | null
}

/** Selected shapes that are told: all of one's presence has to fit in 2 kB. */
export const MOST_SELECTED = 40

/** As it travels. */
export function boardPresenceValue({ at, selection, seen, held }: BoardPresence): Record<string, unknown> {
  return {
    at: at && [round(at.x), round(at.y)],
    sel: selection.slice(0, MOST_SELECTED),
    seen: seen?.map(round) ?? null,
    ...(held ? { held: [held.left, held.top, held.right, held.bottom].map(round) } : {}),
  }
}

/** Reads the presence of somebody; null for what is none. What is wrong in it is as if it were not there. */
export function readBoardPresence(value: unknown): BoardPresence | null {
  if (typeof value !== 'object' || value === null) return null
  const { at, sel, seen, held } = value as Record<string, unknown>
  const [x, y] = Array.isArray(at) ? (at as readonly unknown[]) : []
  return {
    at: isCoordinate(x) && isCoordinate(y) ? { x, y } : null,
    selection: Array.isArray(sel) ? sel.slice(0, MOST_SELECTED).filter((id) => isShapeId(id)) : [],
    seen: readSeenPart(seen),
    held: readBounds(held),
  }
}

function readBounds(value: unknown): Bounds | null {
  if (!Array.isArray(value) || value.length !== 4) return null
  const [left, top, right, bottom] = value as readonly unknown[]
  if (!isCoordinate(left) || !isCoordinate(top) || !isCoordinate(right) || !isCoordinate(bottom)) return null
  return left <= right && top <= bottom ? { left, top, right, bottom } : null
}

/** A hundredth of a page unit is less than can be seen. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}
