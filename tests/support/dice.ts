/** Repeatable choices for random tests. */
import { createRandom } from './random.ts'

export interface Dice {
  /** 0 <= n < 1 */
  next(): number
  /** 0 <= n < below */
  int(below: number): number
  pick<T>(from: readonly T[]): T
  chance(probability: number): boolean
}

export function createDice(seed: number): Dice {
  const random = createRandom(seed)
  return {
    next: () => random.next(),
    int: (below) => random.below(below),
    pick(from) {
      const chosen = from[random.below(from.length)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    chance: (probability) => random.next() < probability,
  }
}
