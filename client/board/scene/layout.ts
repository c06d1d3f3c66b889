/**
 * All shapes in painting order with the places they take, side by side: a board that is seen as a whole asks for them once
 * for each tile, and looking each up would cost more than painting them.
 */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'

export interface Layout {
  /** The shapes that touch a place, in painting order, found while they are asked for. */
  walk(place: Bounds): Generator<Shape, void>
  /** Shapes came, went or changed. */
  reset(): void
}

interface LayoutParts {
  /** All of them, in painting order. */
  readonly all: () => Iterable<Shape>
  readonly boundsOf: (id: string) => Bounds | null
  /** The shape as it is now, as it may change between two steps. */
  readonly now: (id: string) => Shape | undefined
}

export function createLayout({ all, boundsOf, now }: LayoutParts): Layout {
  let known: { ids: readonly string[]; sides: Float64Array } | null = null

  function laid(): { ids: readonly string[]; sides: Float64Array } {
    if (known) return known
    const ids: string[] = []
    const sides: number[] = []
    for (const { id } of all()) {
      const bounds = boundsOf(id)
      if (!bounds) continue
      ids.push(id)
      sides.push(bounds.left, bounds.top, bounds.right, bounds.bottom)
    }
    known = { ids, sides: Float64Array.from(sides) }
    return known
  }

  return {
    *walk({ left, top, right, bottom }) {
      const { ids, sides } = laid()
      for (let i = 0, at = 0; i < ids.length; i++, at += 4) {
        const touches =
          (sides[at] ?? 0) <= right &&
          (sides[at + 2] ?? 0) >= left &&
          (sides[at + 1] ?? 0) <= bottom &&
          (sides[at + 3] ?? 0) >= top
        const shape = touches ? now(ids[i] ?? '') : undefined
        if (shape) yield shape
      }
    },
    reset() {
      known = null
    },
  }
}
