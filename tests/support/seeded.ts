/** Random numbers that can be had again: the same seed gives the same numbers. */
export interface Random {
  /** 0 (inclusive) to `below` (exclusive). */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

export function seeded(seed: number): Random {
  let state = (seed * 2654435761) >>> 0 || 1
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number): number => Math.floor(next() * below)
  return {
    int,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const found = list[int(list.length)]
      if (found === undefined) throw new RangeError('Nothing to pick from')
      return found
    },
  }
}
