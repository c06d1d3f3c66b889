/**
 * Edits the others see only after their commit (SPEC-sync S18): then nobody holds, after a crash, what the log does not
 * know and only its author may bring again (S14); people who typed into each other's words would wait for one another.
 */
import type { LogRow } from '../store/store.ts'

interface Waiting<From> {
  row: LogRow
  from: From
  fresh: boolean
}

/** `From` is a sender; null is the server. */
export class Held<From> {
  #waiting: Waiting<From>[] = []
  #fresh = 0

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  /** No edit waits that brings client ids the log does not know. */
  get known(): boolean {
    return this.#fresh === 0
  }

  /** `fresh`: its row brings ids. */
  add(row: LogRow, from: From, fresh: boolean): void {
    this.#waiting.push({ row, from, fresh })
    if (fresh) this.#fresh++
  }

  /** What may be told once everything up to `saved` is durable, in order. */
  release(saved: number): readonly Waiting<From>[] {
    let count = 0
    while (count < this.#waiting.length && (this.#waiting[count]?.row.seq ?? Infinity) <= saved) count++
    const released = this.#waiting.splice(0, count)
    for (const { fresh } of released) if (fresh) this.#fresh--
    return released
  }
}
