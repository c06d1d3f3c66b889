/** One control of a toolbar, for the arithmetic of folding. */
export interface Foldable {
  id: string
  /** Pixels it takes with the gaps around it. */
  width: number
  /** What folds first has the lowest number; equal numbers fold together; Infinity never folds. */
  priority: number
}

/**
 * Which controls fold away so that the rest fits into `available` pixels. Whole groups of equal priority fold, the
 * lowest first, so the toolbar never shows half of a pair such as indent and outdent.
 */
export function fold(items: readonly Foldable[], available: number): ReadonlySet<string> {
  const folded = new Set<string>()
  let width = items.reduce((sum, item) => sum + item.width, 0)
  const priorities = [...new Set(items.map((item) => item.priority))].sort((a, b) => a - b)
  for (const priority of priorities) {
    if (width <= available || priority === Infinity) break
    for (const item of items) {
      if (item.priority !== priority) continue
      folded.add(item.id)
      width -= item.width
    }
  }
  return folded
}
