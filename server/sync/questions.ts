/** A client's questions for what it lacks: never refused, sometimes answered a little later (SPEC-sync S22). */
import { Bucket } from './limits.ts'

/** Answers at once, and ms between further ones. */
const AT_ONCE = 3
const BETWEEN = 5000
/** Ms an answer waits for edits that are about to become durable. */
const PATIENCE = 1000

export class Questions {
  readonly #rate: Bucket
  /** The state vector of the question that waits, the last one. */
  #owed: Uint8Array | null = null
  #since = 0

  constructor(now: number) {
    this.#rate = new Bucket(1000 / BETWEEN, AT_ONCE, now)
  }

  /** The question comes back when it is to be answered now; else it waits, and one that waited is forgotten. */
  ask(vector: Uint8Array, now: number, settled: boolean): Uint8Array | null {
    if (this.#owed === null) this.#since = now
    this.#owed = vector
    const due = this.due(now, settled)
    if (due === null) this.#owed = vector.slice()
    return due
  }

  /** The question to answer now, if any. `settled`: nothing in the document waits for its commit to be told. */
  due(now: number, settled: boolean): Uint8Array | null {
    const owed = this.#owed
    if (!owed || (!settled && now - this.#since < PATIENCE) || !this.#rate.take(1, now)) return null
    this.#owed = null
    return owed
  }

  clear(): void {
    this.#owed = null
  }
}
