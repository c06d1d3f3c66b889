/** Limits that plugins lay on what people may do: the lowest of all answers counts (DESIGN D6, D7). */
import type { Level } from '../../shared/access.ts'
import type { Person } from '../../shared/protocol.ts'
import { least } from './rule.ts'

/** One limit: the most a person may do in a pad; undefined is no opinion. Never throws. */
export type Limit = (person: Person | null, pad: string) => Level | undefined

export interface Gates {
  /** Lays a limit on everybody, until the answer is called. */
  add(limit: Limit): () => void
  /** The lowest of all answers; undefined when nobody has an opinion. */
  answer(person: Person | null, pad: string): Level | undefined
  /** `level`, or less. */
  narrow(level: Level, person: Person | null, pad: string): Level
}

/** No limits yet. */
export function createGates(): Gates {
  const limits = new Set<Limit>()
  function answer(person: Person | null, pad: string): Level | undefined {
    let lowest: Level | undefined
    for (const limit of limits) {
      const own = limit(person, pad)
      if (own !== undefined) lowest = lowest === undefined ? own : least(lowest, own)
    }
    return lowest
  }
  return {
    add(limit) {
      // Wrapped, so that one function laid twice is two limits.
      const own: Limit = (person, pad) => limit(person, pad)
      limits.add(own)
      return () => void limits.delete(own)
    },
    answer,
    narrow(level, person, pad) {
      const lowest = answer(person, pad)
      return lowest === undefined ? level : least(level, lowest)
    },
  }
}
