/** Packs old rows of open documents, one document at a time (DESIGN D5; the policy is the store's). */
import type { Log } from '../log.ts'
import { packOldRows } from '../store/maintenance.ts'
import type { Store } from '../store/store.ts'
import type { Room } from './room.ts'
import type { Times } from './types.ts'

/** Chunks of one look. */
const RUNS = 4

export class Packing {
  readonly #store: Store
  readonly #log: Log
  readonly #times: Times
  readonly #looked = new WeakMap<Room, number>()
  #busy: Promise<void> | null = null
  #next = 0

  constructor(store: Store, log: Log, times: Times) {
    this.#store = store
    this.#log = log
    this.#times = times
  }

  /** Looks at the open document that waited longest, when it is time. */
  sweep(now: number, rooms: Iterable<Room>): void {
    if (this.#busy || now < this.#next) return
    for (const room of rooms) {
      if (room.state !== 'open' || now - (this.#looked.get(room) ?? -Infinity) < this.#times.packEvery)
        continue
      this.#looked.set(room, now)
      this.#busy = this.#pack(room)
      return
    }
  }

  async #pack(room: Room): Promise<void> {
    try {
      await packOldRows(this.#store, room.rows.id, Date.now(), RUNS)
    } catch (error) {
      this.#log.warn('old rows were not packed', { document: room.name, error: String(error) })
    }
    this.#busy = null
    this.#next = performance.now() + this.#times.packPause
  }

  /** Waits for the look under way. */
  async settled(): Promise<void> {
    await this.#busy
  }
}
