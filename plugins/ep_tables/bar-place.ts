/** Where the bar of a table stands (SPEC-tables TE6). */

/** Pixels between the bar and what it stands beside. */
const GAP = 4

/** The edges that count, in pixels of the window. */
interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

/**
 * Above the table; when its top is out of sight, at the top of what is seen, or below the cell when that one is there. Never
 * over the right or the left edge of what is seen.
 */
export function placeOfBar(
  { table, cell, seen }: { table: Box; cell: Box; seen: Box },
  { width, height }: { width: number; height: number },
): { top: number; left: number } {
  const left = Math.max(seen.left, Math.min(table.left, seen.right - width - GAP))
  const above = table.top - height - GAP
  if (above >= seen.top) return { top: above, left }
  const first = seen.top + GAP
  const covers = cell.top < first + height + GAP && cell.bottom > first
  return { top: covers ? cell.bottom + GAP : first, left }
}
