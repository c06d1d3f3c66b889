/** Which changes made here the server has not acknowledged as durable. */

/** A write message under way: acknowledging it settles rows up to `row`, with `found` also those of earlier visits. */
interface UnderWay {
  row: number
  found: boolean
}

export interface Ledger {
  readonly unsaved: number
  /** Row number of the newest change. */
  readonly newest: number
  /** Write messages of this connection that are not acknowledged. */
  readonly underWay: number
  /** A change was made; `row` grows. */
  made(row: number): void
  /** Unsaved changes that were found in the copy of this device. */
  found(changes: number): void
  /** A new connection: its messages are counted from 0. */
  restart(): void
  /** A write message was sent that holds everything up to `row`. */
  sent(row: number, found: boolean): void
  /** Everything goes out once more: what was sent before settles nothing by itself any more. */
  offering(): void
  /** The first `count` messages of this connection are durable. The result is what that settled, if anything. */
  durable(count: number): UnderWay | null
}

export function createLedger(): Ledger {
  let rows: number[] = []
  let earlier = 0
  let newest = 0
  let queue: UnderWay[] = []
  let acknowledged = 0
  return {
    get unsaved() {
      return rows.length + earlier
    },
    get newest() {
      return newest
    },
    get underWay() {
      return queue.length
    },
    made(row) {
      rows.push(row)
      newest = row
    },
    found(changes) {
      earlier += changes
    },
    restart() {
      queue = []
      acknowledged = 0
    },
    sent(row, found) {
      queue.push({ row, found })
    },
    offering() {
      queue = queue.map(() => ({ row: 0, found: false }))
    },
    durable(count) {
      const done = queue.slice(0, Math.max(0, count - acknowledged))
      if (done.length === 0) return null
      queue = queue.slice(done.length)
      acknowledged += done.length
      const row = Math.max(...done.map((message) => message.row))
      const found = done.some((message) => message.found)
      rows = rows.filter((n) => n > row)
      if (found) earlier = 0
      return { row, found }
    },
  }
}
