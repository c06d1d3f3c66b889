/** Repeatable randomness: the same seed gives the same run. */

export interface Random {
  /** 0 <= x < 1. */
  next(): number
  /** A whole number, 0 <= n < limit. */
  below(limit: number): number
}

/** Mulberry32 (Tommy Ettinger's generator): 32 bits of state, even enough for choosing test steps. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}
