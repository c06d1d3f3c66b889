/** Rooms whose rows the database refuses for a reason of their own, and when each is tried again (SPEC-sync S33). */
import type { JournalRoom } from './journal-room.ts'

const RETRY_FIRST = 100
const RETRY_MOST = 5000

/** Ms before the next try after so many failures. */
export function backOff(failures: number): number {
  return Math.min(RETRY_MOST, RETRY_FIRST * 2 ** Math.min(failures - 1, 10))
}

export class Parked {
  readonly #rooms = new Map<JournalRoom, { until: number; failures: number }>()

  /** The room's rows were refused once more. `now` is monotonic ms. */
  add(room: JournalRoom, now: number): void {
    const failures = (this.#rooms.get(room)?.failures ?? 0) + 1
    this.#rooms.set(room, { until: now + backOff(failures), failures })
  }

  has(room: JournalRoom): boolean {
    return this.#rooms.has(room)
  }

  /** Is it too early to try this room? */
  waits(room: JournalRoom, now: number): boolean {
    return (this.#rooms.get(room)?.until ?? -Infinity) > now
  }

  /** Its rows were taken, or are gone; says whether they had been refused. */
  remove(room: JournalRoom): boolean {
    return this.#rooms.delete(room)
  }

  all(): Iterable<JournalRoom> {
    return this.#rooms.keys()
  }
}
