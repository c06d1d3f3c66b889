/**
 * Edits the others see only after the commit, because they bring client ids the log does not know yet (SPEC-sync S18):
 * after a crash nobody may hold a third person's edits under an id that nobody owns.
 */
import type { LogRow } from '../store/store.ts'

interface Queue<From> {
  /** The newest row with ids of its own; what follows from the same sender waits for it too. */
  until: LogRow
  edits: { bytes: Uint8Array; from: From }[]
}

/** `From` is a sender; null is the server, whose edits may build on any. */
export class Held<From> {
  #queues: Map<From, Queue<From>> | null = null

  get empty(): boolean {
    return this.#queues === null
  }

  /** Keeps an edit back when it must wait; else false. `fresh`: its row brings ids. */
  take(row: LogRow, from: From, fresh: boolean): boolean {
    const queue = this.#queues?.get(from)
    const until = fresh ? row : from === null ? this.#newest() : queue?.until
    if (until === undefined) return false
    this.#queues ??= new Map()
    if (queue) {
      queue.until = until
      queue.edits.push({ bytes: row.bytes, from })
    } else this.#queues.set(from, { until, edits: [{ bytes: row.bytes, from }] })
    return true
  }

  #newest(): LogRow | undefined {
    let newest: LogRow | undefined
    for (const { until } of this.#queues?.values() ?? [])
      if (!newest || until.seq > newest.seq) newest = until
    return newest
  }

  /** What may be told once everything up to `saved` is durable, each sender's in order. */
  release(saved: number): readonly { bytes: Uint8Array; from: From }[] {
    if (this.#queues === null) return []
    const edits: { bytes: Uint8Array; from: From }[] = []
    for (const [from, queue] of this.#queues) {
      if (queue.until.seq > saved) continue
      edits.push(...queue.edits)
      this.#queues.delete(from)
    }
    if (this.#queues.size === 0) this.#queues = null
    return edits
  }
}
