/** A room's rows that are not durable yet, in the order of their seqs, and who waits for them (SPEC-sync S17). */
import type { LogRow } from '../store/store.ts'
import type { Unsaved } from './journal-room.ts'

/** Who is told how many of their writes are durable. */
export interface Acknowledged {
  durable(n: number): void
}

interface Waiting extends Unsaved {
  /** Whom to tell after the commit, and up to which of their writes. */
  acks: { to: Acknowledged; upTo: number }[]
  /** Server code that waits for it. */
  settled?: () => void
}

export class Ledger {
  rows: Waiting[] = []
  bytes = 0
  /** Last durable seq. */
  saved = 0

  /** The seq of the last row, durable or not. */
  get head(): number {
    return this.saved + this.rows.length
  }

  /** Puts a row at the end; its seq is the next one. */
  add(row: LogRow, received: number): void {
    this.rows.push({ row, received, acks: [] })
    this.bytes += row.bytes.length
  }

  /** `n` writes are durable once everything unsaved now is. */
  acknowledge(to: Acknowledged, n: number): void {
    const last = this.rows.at(-1)
    const ack = last?.acks.at(-1)
    if (!last) to.durable(n)
    else if (ack?.to === to) ack.upTo = n
    else last.acks.push({ to, upTo: n })
  }

  /** Waits at most `ms` until everything unsaved now is durable; says whether it is. */
  async durable(ms: number): Promise<boolean> {
    const last = this.rows.at(-1)
    if (!last) return true
    const before = last.settled
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), ms)
      last.settled = () => {
        before?.()
        clearTimeout(timer)
        done(true)
      }
    })
  }

  /** The first `count` rows are durable: tells who waited. Gives their bytes; `sample` gets each row's ms. */
  commit(count: number, sample: (ms: number) => void): number {
    const rows = this.rows.splice(0, count)
    const now = performance.now()
    const told = new Map<Acknowledged, number>()
    let bytes = 0
    for (const { row, received, acks, settled } of rows) {
      bytes += row.bytes.length
      for (const { to, upTo } of acks) told.set(to, upTo)
      settled?.()
      sample(now - received)
    }
    this.saved += rows.length
    this.bytes -= bytes
    for (const [to, upTo] of told) to.durable(upTo)
    return bytes
  }

  /** Is this row of the log our first unsaved one? Then its commit was done though we were not told. */
  isFirst(row: LogRow): boolean {
    const mine = this.rows[0]?.row
    if (!mine || mine.seq !== row.seq || mine.author !== row.author || mine.time !== row.time) return false
    return Buffer.compare(mine.bytes, row.bytes) === 0
  }

  /** The log holds rows of others up to `seq`: ours follow them. */
  renumber(seq: number): void {
    this.saved = seq
    for (const [index, { row }] of this.rows.entries()) row.seq = seq + index + 1
  }

  clear(): void {
    this.rows = []
    this.bytes = 0
  }
}
