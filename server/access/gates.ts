/** Limits that plugins lay on what people may do: the lowest of all answers counts (DESIGN D6, D7). */
import { LEVELS } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import type { Person } from '../../shared/protocol.ts'

/** One limit: the most a person may do in a pad; undefined is no opinion. Never throws. */
export type Limit = (person: Person | null, pad: string) => Level | undefined

export interface Gates {
  /** Lays a limit on everybody, until the answer is called. */
  add(limit: Limit): () => void
  /** `level`, or less. */
  narrow(level: Level, person: Person | null, pad: string): Level
}

/** No limits yet. */
export function createGates(): Gates {
  const limits = new Set<Limit>()
  return {
    add(limit) {
      // Wrapped, so that one function laid twice is two limits.
      const own: Limit = (person, pad) => limit(person, pad)
      limits.add(own)
      return () => void limits.delete(own)
    },
    narrow(level, person, pad) {
      let least = LEVELS.indexOf(level)
      for (const limit of limits) {
        const answer = limit(person, pad)
        if (answer !== undefined) least = Math.min(least, LEVELS.indexOf(answer))
      }
      return LEVELS[Math.max(0, least)] ?? 'none'
    },
  }
}
