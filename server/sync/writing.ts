/**
 * The writes of one connection: may it, what the document makes of them, what is asked again and what is acknowledged
 * (SPEC-sync S12, S13, S16, S17, S19).
 */
import * as Y from 'yjs'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { Close } from '../../shared/protocol.ts'
import type { Person } from '../../shared/protocol.ts'
import { Claims } from './claims.ts'
import type { Hub } from './hub.ts'
import type { Acknowledged } from './ledger.ts'
import type { Refused } from './live-document.ts'
import type { Receiver } from './relay.ts'
import type { Room } from './room.ts'
import { isEmptyUpdate, step1 } from './wire.ts'
import type { Packet } from './wire.ts'
import { WriteCount } from './write-count.ts'

/** Ms in which edits under way are forgiven after `write` was lost (S13). */
const GRACE = 5000

/** The connection, as far as its writes need it. */
export interface Writer extends Receiver, Acknowledged {
  readonly hub: Hub
  readonly person: Person
  readonly level: Level
  /** It gets updates from now on. */
  listens(): void
  send(...packets: Packet[]): void
  refuse(code: number, why: string, reason: string): void
}

export class Writing {
  readonly #count = new WriteCount()
  readonly #writer: Writer
  readonly #claims: Claims
  /** The server has asked for everything since this connection may write. */
  #asked = false
  #lostAt = -Infinity

  constructor(writer: Writer) {
    this.#writer = writer
    this.#claims = new Claims(writer.ours)
  }

  /** Takes a step 2 (`whole`) or an update. @throws GuardError */
  take(room: Room, update: Uint8Array, whole: boolean, now: number): void {
    const writer = this.#writer
    const count = this.#count
    count.received++
    const empty = isEmptyUpdate(update)
    if (!allows(writer.level, 'write')) {
      if (empty) count.taken(room.rows.ledger, writer)
      else if (now - this.#lostAt < GRACE) count.hole = true
      else writer.refuse(Close.forbidden, 'reader', 'you may not write here')
    } else if (empty) {
      this.#taken(room, whole)
    } else if (update.length > writer.hub.limits.update) {
      writer.refuse(Close.tooLarge, 'update', 'update too large')
    } else if (room.rows.store === 'readonly') {
      count.hole = true
    } else {
      writer.listens()
      const verdict = room.write(writer, update, now, (unowned) =>
        this.#claims.of(unowned, whole, writer.client !== undefined),
      )
      if (verdict === 'applied' || verdict === 'known') this.#taken(room, whole)
      else if (verdict === 'gap' || verdict === 'later' || (verdict === 'foreign' && whole))
        // A step 2 may honestly hold what a third person wrote and we lost; its owner brings it (S14).
        this.#missing(room, now)
      else this.#refuse(verdict)
    }
  }

  #taken(room: Room, whole: boolean): void {
    if (whole) this.#count.healed()
    this.#count.taken(room.rows.ledger, this.#writer)
  }

  #missing(room: Room, now: number): void {
    this.#count.hole = true
    this.#writer.hub.counters.resyncs++
    this.#ask(room, now)
  }

  #refuse(verdict: Refused): void {
    const [code, why, reason] = REFUSALS[verdict]
    this.#writer.refuse(code, why, reason)
  }

  /** The question for what we miss, unless it was asked just now or the answer could not be taken. */
  question(room: Room, now: number): Packet | null {
    if (room.state !== 'open' || room.rows.store === 'readonly') return null
    if (!allows(this.#writer.level, 'write') || !this.#count.mayAsk(now)) return null
    this.#asked = true
    return step1(Y.encodeStateVector(room.doc))
  }

  #ask(room: Room, now: number): void {
    const question = this.question(room, now)
    if (question) this.#writer.send(question)
  }

  /** It may write from now on, or the document was made again: asks for everything (S6, S21). */
  askForAll(room: Room, now: number): void {
    this.#asked = false
    this.#count.askSoon()
    this.#ask(room, now)
  }

  /** Edits are taken again: asks for what was not (S34). */
  askAgain(room: Room, now: number): void {
    if (!this.#count.hole && this.#asked) return
    this.#count.askSoon()
    this.#ask(room, now)
  }

  /** Called about four times a second. */
  sweep(room: Room, now: number): void {
    if (this.#count.hole || !this.#asked) this.#ask(room, now)
  }

  /** What it offers from now on may hold what others wrote (S14). */
  bringsOthers(): void {
    this.#claims.others()
  }

  /** It may not write any more. */
  lost(now: number): void {
    this.#lostAt = now
  }

  /** So many of its first writes are durable; gives how many are by now. */
  durable(n = 0): number {
    this.#count.durable = Math.max(this.#count.durable, n)
    return this.#count.durable
  }
}

const REFUSALS: Readonly<Record<Refused, readonly [code: number, why: string, reason: string]>> = {
  foreign: [Close.forbidden, 'foreign', 'a client id of somebody else'],
  broken: [Close.badData, 'broken', 'the update does not fit the document'],
  tooMany: [Close.tooLarge, 'clients', 'too many client ids'],
  tooLarge: [Close.tooLarge, 'document', 'the document is full'],
}
