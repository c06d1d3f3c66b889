/** Which lines begin what somebody wrote. Pure. */

/** Somebody's share of a line. */
export interface Share {
  author: string
  length: number
}

/** Whose a line is: who wrote most of it, the first of equals; null for nobody's. */
export function mainAuthor(shares: readonly Share[]): string | null {
  const sizes = new Map<string, number>()
  for (const { author, length } of shares) sizes.set(author, (sizes.get(author) ?? 0) + length)
  let most: string | null = null
  for (const [author, size] of sizes) if (size > (most === null ? 0 : (sizes.get(most) ?? 0))) most = author
  return most
}

/** Indexes of the lines that are somebody else's than the last line before them that is anybody's. */
export function runStarts(authors: readonly (string | null)[], before: string | null): number[] {
  const starts: number[] = []
  let last = before
  for (const [index, author] of authors.entries()) {
    if (author === null) continue
    if (author !== last) starts.push(index)
    last = author
  }
  return starts
}

/**
 * How many lines each name may take: as many as there is room until the next one, at least two.
 * @param tops where the names begin, from above to below; @param line the height of one of their lines
 */
export function linesOfNames(tops: readonly number[], line: number): number[] {
  return tops.map((top, index) => {
    const next = tops[index + 1]
    return next === undefined ? 6 : Math.max(2, Math.min(6, Math.floor((next - top) / line)))
  })
}
