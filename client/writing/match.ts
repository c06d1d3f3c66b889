/** Finding something by a few letters of its name. Pure. */

/** Letters without accents and capitals. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/**
 * How well a name fits what was typed: 0 it is that, by itself or as a word of its own that is a further word, too, 1 it
 * begins so, 2 each typed word begins a word of it, 3 it holds it somewhere, 4 its further words do; null for not at all.
 */
export function fitness(typed: string, name: string, further = ''): number | null {
  const wanted = folded(typed).trim()
  const own = folded(name)
  const more = folded(further)
  if (own === wanted || (wordsOf(own).includes(wanted) && wordsOf(more).includes(wanted))) return 0
  if (own.startsWith(wanted)) return 1
  const parts = wanted.split(/\s+/)
  const begins = (text: string): boolean => {
    const words = wordsOf(text)
    return parts.every((part) => words.some((word) => word.startsWith(part)))
  }
  if (begins(own)) return 2
  if (own.includes(wanted)) return 3
  return begins(`${own} ${more}`) ? 4 : null
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u)

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
