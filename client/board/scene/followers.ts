/** Which lines stay on which shapes (SPEC-board B28): when a shape moves, they move too. */
import type { Shape } from '../../../shared/board/model/shape.ts'

export interface Followers {
  /** A shape came, changed or went. */
  change(before: Shape | undefined, after: Shape | undefined): void
  /** Ids of the lines that are bound to a shape. */
  of(id: string): Iterable<string>
  has(id: string): boolean
}

const NONE: readonly string[] = []

export function createFollowers(): Followers {
  const followers = new Map<string, Set<string>>()

  function targets(shape: Shape | undefined): string[] {
    if (shape?.kind !== 'line') return []
    return [shape.from, shape.to].flatMap((binding) => (binding ? [binding.shape] : []))
  }

  return {
    change(before, after) {
      for (const target of targets(before)) {
        const lines = followers.get(target)
        lines?.delete(before?.id ?? '')
        if (lines?.size === 0) followers.delete(target)
      }
      for (const target of targets(after)) {
        const lines = followers.get(target)
        if (lines) lines.add(after?.id ?? '')
        else followers.set(target, new Set([after?.id ?? '']))
      }
    },
    of: (id) => followers.get(id) ?? NONE,
    has: (id) => followers.has(id),
  }
}
