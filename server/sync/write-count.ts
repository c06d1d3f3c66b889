/** Which of a connection's writes are in, and when to ask for what is missing (SPEC-sync S17, S19). */
import type { Ledger } from './ledger.ts'

/** Ms between two questions, growing. */
const ASK_FIRST = 1000
const ASK_MOST = 30_000

export class WriteCount {
  /** Write messages received. */
  received = 0
  /** How many of them, from the first, are durable. */
  durable = 0
  /** Something before what this client wrote since is missing: nothing after it is acknowledged. */
  hole = false
  #askedAt = -Infinity
  #askDelay = ASK_FIRST

  /** A step 2 was taken in whole. */
  healed(): void {
    this.hole = false
    this.#askDelay = ASK_FIRST
  }

  /** All writes so far are in: they are acknowledged when what is unsaved now is durable. */
  taken(ledger: Ledger, to: { durable(n: number): void }): void {
    if (!this.hole) ledger.acknowledge(to, this.received)
  }

  /** Is it time to ask? Counts as asked. */
  mayAsk(now: number): boolean {
    if (now - this.#askedAt < this.#askDelay) return false
    if (this.#askedAt !== -Infinity) this.#askDelay = Math.min(ASK_MOST, this.#askDelay * 2)
    this.#askedAt = now
    return true
  }

  /** It was asked just now. */
  asked(now: number): void {
    this.#askedAt = now
  }

  /** The next question need not wait. */
  askSoon(): void {
    this.#askedAt = -Infinity
    this.#askDelay = ASK_FIRST
  }
}
