/** Slows down who guesses passwords, without locking out who knows one (docs/SPEC-admin.md A3). */

/** Wrong tries of one name or one address before waiting begins. */
const FREE = 5
/** Ms of the first wait; each further wrong try doubles it, to {@link LONGEST}. */
const FIRST = 1000
const LONGEST = 5 * 60_000
/** Ms after which wrong tries are forgotten. */
const MEMORY = 30 * 60_000
/** Names and addresses remembered. */
const MOST = 10_000

interface Record {
  wrong: number
  last: number
}

export interface Tries {
  /** Ms to wait before the next try under these keys; 0 for none. */
  wait(keys: readonly string[]): number
  wrong(keys: readonly string[]): void
  right(keys: readonly string[]): void
}

/** No tries yet. `now` gives ms; `free` tries are wrong before waiting begins, which is `longest` ms at most. */
export function createTries(
  now: () => number = Date.now,
  { free, longest } = { free: FREE, longest: LONGEST },
): Tries {
  const records = new Map<string, Record>()
  const recordOf = (key: string): Record | undefined => {
    const record = records.get(key)
    if (record && now() - record.last > MEMORY) {
      records.delete(key)
      return undefined
    }
    return record
  }
  return {
    wait(keys) {
      const waits = keys.map((key) => {
        const record = recordOf(key)
        if (!record || record.wrong < free) return 0
        const span = Math.min(longest, FIRST * 2 ** (record.wrong - free))
        return Math.max(0, record.last + span - now())
      })
      return Math.max(0, ...waits)
    },
    wrong(keys) {
      for (const key of keys) {
        const wrong = (recordOf(key)?.wrong ?? 0) + 1
        records.delete(key)
        records.set(key, { wrong, last: now() })
      }
      for (const [oldest] of records) {
        if (records.size <= MOST) break
        records.delete(oldest)
      }
    },
    right(keys) {
      for (const key of keys) records.delete(key)
    },
  }
}
