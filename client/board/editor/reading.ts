/** Shapes in the order somebody would read them: rows from top to bottom, in a row from left to right (SPEC-board B219). */
import type { Inside } from './inside.ts'
import { boundsOfIds } from './selecting.ts'

/** Ids in reading order; what has no place comes last. */
export function readingOrder({ scene }: Pick<Inside, 'scene'>, ids: readonly string[]): string[] {
  const places = ids
    .map((id) => ({ id, bounds: boundsOfIds(scene, [id], (other) => scene.shapes.get(other)) }))
    .sort((a, b) => (a.bounds?.top ?? Infinity) - (b.bounds?.top ?? Infinity) || (a.id < b.id ? -1 : 1))
  const rows: (typeof places)[] = []
  let bottom = -Infinity
  for (const place of places) {
    const { bounds } = place
    const row = rows.at(-1)
    // Of a row is what begins above the middle of its first shape.
    if (row && bounds && bounds.top < bottom) row.push(place)
    else {
      rows.push([place])
      bottom = bounds ? (bounds.top + bounds.bottom) / 2 : Infinity
    }
  }
  return rows.flatMap((row) =>
    row.sort((a, b) => (a.bounds?.left ?? 0) - (b.bounds?.left ?? 0)).map(({ id }) => id),
  )
}
