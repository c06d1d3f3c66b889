/** The keyboard's way through a list of options. Pure. */

/** The id of an option's element. */
export function optionId(list: string, index: number): string {
  return `${list}-${index}`
}

/** The index a key leads to, round the ends; null for keys that do not move. */
export function optionAfter(key: string, active: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'ArrowDown') return (active + 1) % count
  if (key === 'ArrowUp') return (active - 1 + count) % count
  if (key === 'PageDown') return Math.min(active + 8, count - 1)
  return key === 'PageUp' ? Math.max(active - 8, 0) : null
}
