/** Finding something by a few letters of its name. Pure. */

/** Letters without accents and capitals. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/**
 * How well a name fits what was typed: 0 it begins so, 1 each typed word begins a word of it, 2 it holds it somewhere,
 * 3 its further words do; null for not at all.
 */
export function fitness(typed: string, name: string, further = ''): number | null {
  const wanted = folded(typed).trim()
  const own = folded(name)
  if (own.startsWith(wanted)) return 0
  const parts = wanted.split(/\s+/)
  const begins = (text: string): boolean => {
    const words = text.split(/[^\p{L}\p{N}]+/u)
    return parts.every((part) => words.some((word) => word.startsWith(part)))
  }
  if (begins(own)) return 1
  if (own.includes(wanted)) return 2
  return begins(`${own} ${folded(further)}`) ? 3 : null
}

/** Those that fit, the best first; equally good ones keep their order. */
export function fitting<T>(typed: string, all: readonly T[], words: (one: T) => [string, string]): T[] {
  return all
    .flatMap((one) => {
      const rank = fitness(typed, ...words(one))
      return rank === null ? [] : [{ one, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one)
}
