/**
 * Group commit over all rooms (SPEC-sync S17, S33 to S35): rows wait in their rooms, one transaction is in flight, and
 * everything queued meanwhile is the next one. Rows leave memory only after their commit.
 */
import type { Log } from '../log.ts'
import type { StoreState } from '../../shared/protocol.ts'
import { SeqConflict, StoreDown } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { takeBatch } from './journal-batch.ts'
import type { Part } from './journal-batch.ts'
import type { JournalRoom } from './journal-room.ts'
import { backOff, Parked } from './parked.ts'
import { Soon } from './soon.ts'
import type { Limits } from './types.ts'

/**
 * Milliseconds between the beginnings of two commits, at least: an edit that comes alone is committed at once, and a
 * busy server makes 250 commits a second at most, each of which costs it and the disk more than many rows do.
 */
const WINDOW = 4
/** Milliseconds a commit waits at most for the time when a crowded room's edits can be told. */
const PATIENCE = 10
/** Part of a commit's duration in the average of the last ones. */
const NEWEST = 0.1
/** Ms between two looks at rooms that are parked. */
const PARKED = 100
/** Rooms whose tails are read at the same time. */
const TAILS = 4

export interface JournalParts {
  store: Store
  log: Log
  limits: Limits
  /** Each commit's duration in ms. */
  committed(ms: number, rows: number): void
  /** What {@link Journal.stateOf} says may have changed for every room. */
  changed(): void
}

export class Journal {
  readonly #parts: JournalParts
  /** Rooms with unsaved rows or a tail to read. */
  readonly #queue = new Set<JournalRoom>()
  readonly #tails = new Set<JournalRoom>()
  readonly #parked = new Parked()
  readonly #soon = new Soon(() => this.#run())
  #running: Promise<void> | null = null
  #down = false
  #failures = 0
  #alone = 0
  #blocked = false
  #stopped = false
  #lastStart = -Infinity
  /** Ms that commits take of late. */
  #duration = 1
  bytes = 0
  rows = 0

  constructor(parts: JournalParts) {
    this.#parts = parts
  }

  /** A row was put at the end of the room's unsaved ones. */
  add(room: JournalRoom, bytes: number): void {
    this.bytes += bytes
    this.rows++
    this.#queue.add(room)
    this.#schedule()
  }

  /** The room should see what other servers wrote. */
  follow(room: JournalRoom): void {
    this.#tails.add(room)
    this.#schedule()
  }

  /** Rows that will never be committed, because their document is gone. */
  forget(room: JournalRoom): void {
    this.bytes -= room.unsavedBytes
    this.rows -= room.unsaved.length
    this.#queue.delete(room)
    this.#tails.delete(room)
    this.#parked.remove(room)
  }

  get down(): boolean {
    return this.#down
  }

  /** Age of the oldest unsaved row in ms. */
  age(now: number): number {
    return this.#oldest(now, this.#queue)
  }

  #oldest(now: number, rooms: Iterable<JournalRoom>): number {
    let oldest = now
    for (const room of rooms) oldest = Math.min(oldest, room.unsaved[0]?.received ?? now)
    return now - oldest
  }

  /** What a room's people should be told (S33, S34). */
  stateOf(room: JournalRoom): StoreState {
    if (this.#blocked || this.bytes > this.#parts.limits.unsavedTotal) return 'readonly'
    if (room.unsavedBytes > this.#parts.limits.unsavedPerPad) return 'readonly'
    const refused = this.#parked.has(room)
    if (refused && this.#oldest(performance.now(), [room]) > this.#parts.limits.unsavedTime) return 'readonly'
    return this.#down || refused ? 'down' : 'ok'
  }

  /** Looks at the bounds of time; called by the sweeper. */
  check(now: number): void {
    // A room whose own rows are refused must not stop the others.
    const others = [...this.#queue].filter((room) => !this.#parked.has(room))
    const blocked = this.#oldest(now, others) > this.#parts.limits.unsavedTime
    for (const room of this.#parked.all()) room.storeChanged()
    if (blocked === this.#blocked) return
    this.#blocked = blocked
    this.#parts.changed()
  }

  /** Back-off goes on as it is. */
  #schedule(): void {
    if (this.#running || this.#failures > 0) return
    const now = performance.now()
    this.#soon.in(Math.max(this.#lastStart + WINDOW - now, this.#notBefore(now)))
  }

  /** Ms until the first room can tell what it has: until then a commit may take more rows with it. */
  #notBefore(now: number): number {
    if (this.#tails.size > 0) return 0
    let wait = PATIENCE
    for (const room of this.#queue) {
      wait = Math.min(wait, room.due - now - this.#duration)
      if (wait <= 0) break
    }
    return wait
  }

  #run(): void {
    if (this.#running) return
    this.#lastStart = performance.now()
    this.#running = this.#cycle()
  }

  async #cycle(): Promise<void> {
    const wait = await this.#round()
    this.#running = null
    if (this.#stopped) return
    if (wait > 0) this.#soon.in(wait)
    else if (this.#queue.size > 0 || this.#tails.size > 0) this.#schedule()
  }

  /** One transaction; gives the ms to wait before the next one when this one failed. */
  async #round(): Promise<number> {
    let batch: Part[] = []
    try {
      await this.#readTails()
      batch = takeBatch(this.#queue, this.#parked, this.#alone > 0, performance.now())
      if (batch.length > 0) await this.#append(batch)
      this.#failures = 0
      if (this.#blocked) this.check(performance.now())
      if (this.#down) {
        this.#down = false
        this.#parts.log.info('the database is back', { rows: this.rows })
        this.#parts.changed()
      }
      return this.#nothingButParked() ? PARKED : 0
    } catch (error) {
      return this.#failed(error, batch)
    }
  }

  async #readTails(): Promise<void> {
    const all = [...this.#tails]
    // Before they are read: who is to be followed again meanwhile wrote more.
    this.#tails.clear()
    for (let at = 0; at < all.length; at += TAILS) {
      const some = all.slice(at, at + TAILS)
      const read = await Promise.allSettled(some.map((room) => room.readTail()))
      const failed = read.find((result) => result.status === 'rejected')
      if (failed === undefined) continue
      for (const room of all.slice(at)) this.#tails.add(room)
      throw failed.reason
    }
  }

  async #append(batch: readonly Part[]): Promise<void> {
    const rows = batch.flatMap(({ room, count }) =>
      room.unsaved.slice(0, count).map((unsaved) => unsaved.row),
    )
    const start = performance.now()
    try {
      await this.#parts.store.append(rows)
    } catch (error) {
      if (!(error instanceof SeqConflict)) throw error
      for (const { room } of batch) {
        const document = room.unsaved[0]?.row.document
        if (document !== undefined && error.documents.includes(document)) await room.readTail()
      }
      return
    }
    const took = performance.now() - start
    this.#duration += (Math.min(took, PATIENCE) - this.#duration) * NEWEST
    this.#parts.committed(took, rows.length)
    if (this.#alone > 0) this.#alone--
    for (const { room, count } of batch) {
      const parked = this.#parked.remove(room)
      this.#settle(room, count)
      if (parked) room.storeChanged()
    }
  }

  /** Takes committed rows out of the count and out of the room. Also for rows a room found in the log itself. */
  #settle(room: JournalRoom, count: number): void {
    if (this.#queue.has(room)) room.committed(count)
    if (room.unsaved.length === 0) this.#queue.delete(room)
  }

  /** A room reports rows that left its unsaved ones. */
  left(rows: number, bytes: number): void {
    this.rows -= rows
    this.bytes -= bytes
  }

  #nothingButParked(): boolean {
    for (const room of this.#queue) if (!this.#parked.has(room)) return false
    return this.#queue.size > 0
  }

  #failed(error: unknown, batch: readonly Part[]): number {
    if (!(error instanceof StoreDown)) {
      // A refusal that is about these rows must not stop everybody else: find the room by trying each alone.
      this.#parts.log.error('rows were refused', { error: String(error), rooms: batch.length })
      const only = batch.length === 1 ? batch[0]?.room : undefined
      if (!only) {
        this.#alone = batch.length
        return WINDOW
      }
      this.#parked.add(only, performance.now())
      this.#queue.delete(only)
      this.#queue.add(only)
      only.storeChanged()
      return WINDOW
    }
    this.#failures++
    if (!this.#down) {
      this.#down = true
      this.#parts.log.error('the database is away; edits are kept in memory', { error: String(error) })
      this.#parts.changed()
    }
    return backOff(this.#failures)
  }

  /** Resolves when nothing is unsaved, or at the deadline (monotonic ms); says whether all is durable. */
  async drain(deadline: number): Promise<boolean> {
    while (this.#queue.size > 0 && performance.now() < deadline) {
      if (!this.#running) {
        this.#soon.cancel()
        this.#run()
      }
      const left = Math.max(1, deadline - performance.now())
      await Promise.race([this.#running, sleep(Math.min(left, 50))])
      if (this.#down) await sleep(Math.min(left, 50))
    }
    return this.#queue.size === 0
  }

  /** Waits for the transaction in flight, whatever comes of it. */
  async settled(): Promise<void> {
    await this.#running
  }

  stop(): void {
    this.#stopped = true
    this.#soon.cancel()
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms)
  })
}
