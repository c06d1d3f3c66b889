/** One connection to one document, whatever carries it (SPEC-sync S3 to S6, S13, S22, S30). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { withoutLink } from '../../shared/ids.ts'
import { Close, Message } from '../../shared/protocol.ts'
import type { Person, ServerEvent } from '../../shared/protocol.ts'
import type { DocumentName } from '../store/store.ts'
import { arrive } from './arrival.ts'
import type { Arriving } from './arrival.ts'
import type { Carrier, CarrierEvents, Knock } from './carrier.ts'
import { NOBODY, recheck } from './entrance.ts'
import { reject } from './hub.ts'
import type { Hub } from './hub.ts'
import { Intake } from './intake.ts'
import { Reading } from './reading.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { speakerOf, Talk } from './talk.ts'
import type { Talker } from './talk.ts'
import type { Speaker } from './types.ts'
import { Waiting } from './waiting.ts'
import { ack, denied, json } from './wire.ts'
import type { Batch, Packet } from './wire.ts'
import { Writing } from './writing.ts'

/** Ms without a hello. */
const HELLO = 10_000

export class Connection implements CarrierEvents, Talker, Arriving {
  readonly ours: boolean
  readonly hub: Hub
  readonly target: string
  person: Person
  through: string | undefined = undefined
  session: string | undefined = undefined
  level: Level = 'none'
  /** The client id it speaks for in presence. */
  client: number | undefined
  /** Monotonic ms of the last look at its permission. */
  checkedAt: number
  readonly #carrier: Carrier
  readonly #rooms: Rooms
  readonly #gone: (connection: Connection) => void
  #state: 'hello' | 'entering' | 'open' | 'closed'
  #cookie: string
  #room: Room | null = null
  readonly #since: number
  readonly #intake: Intake
  readonly reading: Reading
  readonly #writing: Writing
  readonly #talk: Talk
  /** Messages that came before the document was open. */
  #waiting: Waiting | null = null

  constructor(
    hub: Hub,
    rooms: Rooms,
    carrier: Carrier,
    knock: Knock,
    gone: (connection: Connection) => void,
  ) {
    const now = performance.now()
    this.hub = hub
    this.ours = knock.ours
    this.target = knock.target
    this.person = NOBODY
    this.#rooms = rooms
    this.#carrier = carrier
    this.#gone = gone
    this.#cookie = knock.cookie
    this.#since = now
    this.checkedAt = now
    this.#intake = new Intake(hub.limits, knock.ours, now)
    this.reading = new Reading(hub, this, carrier, now)
    this.#writing = new Writing(this)
    this.#talk = new Talk({
      talker: this,
      intake: this.#intake,
      reading: this.reading,
      writing: this.#writing,
      renamed: (person) => rooms.renamed(person),
    })
    this.#state = 'hello'
    if (!knock.ours) this.#enter(null)
  }

  /** Gets updates. */
  get live(): boolean {
    return this.reading.live
  }

  /** It has asked for the document, or written into it. */
  listens(): void {
    this.reading.live = true
  }

  /** How its messages go now. */
  get way(): Carrier['way'] {
    return this.#carrier.way
  }

  get room(): Room | null {
    return this.#room
  }

  get closed(): boolean {
    return this.#state === 'closed'
  }

  // ---- from the carrier

  message(bytes: Uint8Array): void {
    if (this.#state === 'closed') return
    this.hub.counters.messagesIn++
    const now = performance.now()
    const weighed = this.#intake.weigh(bytes, now)
    if (weighed === 'drop') return
    if (weighed === 'tooFast') this.refuse(Close.tooFast, 'rate', 'too many messages')
    else if (this.#state === 'hello') this.#enter(bytes)
    else if (this.#state === 'open' && this.#waiting === null && this.#room?.state === 'open')
      this.#talk.handle(this.#room, bytes, now)
    else this.#wait(bytes)
  }

  nonsense(what: string): void {
    this.refuse(Close.badData, 'nonsense', what)
  }

  ping(): void {
    if (!this.#intake.ping(performance.now())) this.refuse(Close.tooFast, 'rate', 'too many pings')
  }

  gone(): void {
    this.#end()
  }

  #wait(bytes: Uint8Array): void {
    this.#waiting ??= new Waiting(this.hub.limits.message)
    if (!this.#waiting.add(bytes))
      this.refuse(Close.tooFast, 'waiting', 'too much before the document is open')
  }

  /** Handles what waited for the room. */
  #resume(): void {
    const waiting = this.#waiting?.messages ?? []
    this.#waiting = null
    for (const bytes of waiting) {
      if (this.closed) return
      if (this.#room?.state === 'open' && this.#waiting === null)
        this.#talk.handle(this.#room, bytes, performance.now())
      else this.#wait(bytes)
    }
  }

  // ---- opening

  #enter(hello: Uint8Array | null): void {
    this.#state = 'entering'
    const cookie = this.#cookie
    this.#cookie = ''
    void arrive(this, this.#rooms, cookie, hello)
  }

  entered(room: Room, shown: string): void {
    this.#room = room
    this.hub.authors.add(this.person.author)
    this.#state = 'open'
    this.#greet(room, shown)
    room.announceBirth(this.person)
    room.join(this)
    this.#resume()
  }

  #greet(room: Room, shown: string): void {
    const packets: Packet[] = []
    if (this.ours) {
      room.people.here(this.person)
      packets.push(room.welcome(shown, this.person, this.level))
    }
    const question = this.#writing.question(room, performance.now())
    if (question) packets.push(question)
    this.send(...packets, ...this.reading.presence(room))
  }

  // ---- for its room

  speaker(document: DocumentName): Speaker {
    return speakerOf(this, document)
  }

  /** An event for this client, if it understands events. */
  tell(event: ServerEvent): void {
    if (this.ours) this.send(json(Message.event, event))
  }

  /** The document was made again: asks for what may have been lost with it, and goes on (S21). */
  rebuilt(): void {
    if (this.#room) this.#writing.askForAll(this.#room, performance.now())
    this.#resume()
  }

  /** Answers a question that waited, when it is time. */
  answer(now: number): void {
    const room = this.#room
    if (room?.state === 'open' && this.#state === 'open') this.reading.answer(room, now)
  }

  /** Edits are taken again (S34). */
  askAgain(): void {
    if (this.#room) this.#writing.askAgain(this.#room, performance.now())
  }

  // ---- to the client

  /** The first `n` writes are durable. */
  durable(n: number): void {
    this.send(ack(this.#writing.durable(n)))
  }

  deliver(batch: Batch): void {
    if (this.#room && this.#state === 'open') this.reading.deliver(this.#room, batch)
  }

  deliverPresence(batch: Batch): void {
    if (this.#state === 'open') this.reading.deliverPresence(batch)
  }

  send(...packets: Packet[]): void {
    if (this.#state !== 'closed') this.reading.send(packets)
  }

  // ---- time

  /** Called about four times a second: everything about time, without a timer of its own. */
  sweep(now: number): void {
    if (this.#state === 'hello' && now - this.#since > HELLO)
      this.refuse(Close.tryLater, 'noHello', 'no hello')
    const room = this.#room
    if (this.#state !== 'open' || !room) return
    if (room.state === 'open') {
      this.#writing.sweep(room, now)
      this.reading.answer(room, now)
      if (!this.reading.keepsUp(room, now)) this.refuse(Close.tooFast, 'slow', 'reads too slowly')
    }
    if (this.reading.silent(now)) this.durable(0)
    if (now - this.checkedAt > this.hub.times.recheck) void recheck(this)
  }

  // ---- permission

  /** The level is this now. */
  setLevel(level: Level): void {
    const before = this.level
    if (level === before) return
    this.level = level
    if (!allows(level, 'read')) {
      this.refuse(Close.unauthenticated, 'revoked', 'you may not read this any more')
      return
    }
    if (allows(before, 'write') && !allows(level, 'write')) this.#writing.lost(performance.now())
    if (this.ours) this.send(json(Message.event, { type: 'level', level }))
    if (this.#room && !allows(before, 'write') && allows(level, 'write'))
      this.#writing.askForAll(this.#room, performance.now())
  }

  // ---- the end

  /** Closes it for a reason that is counted and logged. */
  refuse(code: number, why: string, reason: string): void {
    if (this.#state === 'closed') return
    reject(this.hub, why)
    const about = { document: withoutLink(this.target), author: this.person.author }
    this.hub.log.info('a connection is closed', { ...about, code, why })
    this.close(code, reason)
  }

  close(code: number, reason: string): void {
    if (this.#state === 'closed') return
    if (!this.ours && (code === Close.forbidden || code === Close.unauthenticated)) this.send(denied(reason))
    this.#end()
    this.#carrier.close(code, reason)
  }

  stopReading(): void {
    this.#carrier.stopReading()
  }

  #end(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#waiting = null
    this.reading.end()
    if (this.#room) {
      this.#room.leave(this)
      this.hub.authors.remove(this.person.author)
    }
    this.#gone(this)
  }
}
