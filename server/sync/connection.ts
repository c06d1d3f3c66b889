/** One connection to one document, whatever carries it (SPEC-sync S3 to S6, S13, S22, S30). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { Close, Message } from '../../shared/protocol.ts'
import type { ClientEvent, Person, ServerEvent } from '../../shared/protocol.ts'
import type { DocumentName } from '../store/store.ts'
import type { Carrier, CarrierEvents, Knock } from './carrier.ts'
import { dispatch } from './dispatch.ts'
import type { Messages } from './dispatch.ts'
import { enter, recheck, wish } from './entrance.ts'
import { GuardError } from './guard/errors.ts'
import { reject } from './hub.ts'
import type { Hub } from './hub.ts'
import { Intake } from './intake.ts'
import { speaksFor } from './presence.ts'
import { Reading } from './reading.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { Speaker } from './types.ts'
import { Waiting } from './waiting.ts'
import { ack, denied, json, jsonText } from './wire.ts'
import type { Batch, Packet } from './wire.ts'
import { Writing } from './writing.ts'
import type { Writer } from './writing.ts'

/** Ms without a hello. */
const HELLO = 10_000

export class Connection implements Writer, CarrierEvents, Messages {
  readonly ours: boolean
  readonly hub: Hub
  readonly target: string
  person: Person
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
  readonly #reading: Reading
  readonly #writing: Writing
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
    this.person = NOBODY_YET
    this.#rooms = rooms
    this.#carrier = carrier
    this.#gone = gone
    this.#cookie = knock.cookie
    this.#since = now
    this.checkedAt = now
    this.#intake = new Intake(hub.limits, knock.ours, now)
    this.#reading = new Reading(hub, this, carrier, now)
    this.#writing = new Writing(this)
    this.#state = knock.ours ? 'hello' : 'entering'
    if (!knock.ours) void this.#enter(null)
  }

  /** Gets updates. */
  get live(): boolean {
    return this.#reading.live
  }

  /** It has asked for the document, or written into it. */
  listens(): void {
    this.#reading.live = true
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
    else if (this.#state === 'hello') this.#hello(bytes)
    else if (this.#state === 'open' && this.#waiting === null && this.#room?.state === 'open')
      this.#handle(this.#room, bytes, now)
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
        this.#handle(this.#room, bytes, performance.now())
      else this.#wait(bytes)
    }
  }

  // ---- opening

  #hello(bytes: Uint8Array): void {
    this.#state = 'entering'
    void this.#enter(bytes)
  }

  async #enter(hello: Uint8Array | null): Promise<void> {
    const cookie = this.#cookie
    this.#cookie = ''
    let room: Room | null = null
    try {
      const entry = await enter(this.hub, this.#rooms, this, cookie, hello)
      if ('code' in entry) {
        this.refuse(entry.code, entry.why, entry.reason)
        return
      }
      room = entry.room
      if (this.closed) return
      if (room.connections.size >= this.hub.limits.connectionsPerPad) {
        this.refuse(Close.tryLater, 'padFull', 'too many people are here')
        return
      }
      this.#room = room
      this.hub.authors.add(this.person.author)
      if (entry.client !== undefined && room.announce(entry.client, this.person.author))
        this.client = entry.client
      this.#state = 'open'
      this.#greet(room, entry.shown)
      room.announceBirth(this.person)
      room.join(this)
      this.#resume()
    } catch (error) {
      this.hub.log.warn('somebody could not enter', { document: this.target, error: String(error) })
      this.refuse(Close.tryLater, 'entering', 'not now')
    } finally {
      if (room) this.#rooms.release(room)
    }
  }

  #greet(room: Room, shown: string): void {
    const packets: Packet[] = []
    if (this.ours) {
      room.people.here(this.person)
      packets.push(welcome(room, shown, this.person, this.level))
    }
    const question = this.#writing.question(room, performance.now())
    if (question) packets.push(question)
    this.send(...packets, ...this.#reading.presence(room))
  }

  // ---- one message

  #handle(room: Room, bytes: Uint8Array, now: number): void {
    try {
      dispatch(this, room, bytes, now)
    } catch (error) {
      const reason = error instanceof GuardError ? error.reason : 'malformed'
      if (!(error instanceof GuardError)) this.hub.log.debug('a malformed message', { error: String(error) })
      this.refuse(Close.badData, reason, 'malformed message')
    }
  }

  wrote(room: Room, update: Uint8Array, whole: boolean, now: number): void {
    this.#writing.take(room, update, whole, now)
  }

  asked(room: Room, vector: Uint8Array, now: number): void {
    this.#reading.question(room, vector, now)
  }

  moved(room: Room, presence: Uint8Array, now: number): void {
    if (this.client !== undefined && !speaksFor(presence, this.client)) return
    if (this.#intake.move(now)) room.hear(this, presence)
  }

  askedPresence(room: Room): void {
    this.send(...this.#reading.presence(room, true))
  }

  heard(event: ClientEvent): void {
    if (event.type === 'others') this.#writing.bringsOthers()
    else if (event.type === 'person') void wish(this, event, (person) => this.#rooms.renamed(person))
    else if (this.#room) this.hub.house.heard(this.speaker(this.#room.name), event)
  }

  /** Who is at the other end, for the rest of the server. */
  speaker(document: DocumentName): Speaker {
    return {
      document,
      person: this.person,
      level: this.level,
      connection: this,
      tell: (event) => this.tell(event),
    }
  }

  /** An event for this client, if it understands events. */
  tell(event: ServerEvent): void {
    if (this.ours) this.send(json(Message.event, event))
  }

  drew(room: Room, message: Uint8Array): void {
    if (allows(this.level, 'write')) room.relay.ink(message, this)
  }

  piece(bytes: Uint8Array, more: boolean): Uint8Array | null {
    const whole = this.#intake.piece(bytes, more)
    if (whole !== 'tooLarge') return whole
    this.refuse(Close.tooLarge, 'message', 'message too large')
    return null
  }

  /** The document was made again: asks for what may have been lost with it, and goes on (S21). */
  rebuilt(): void {
    if (this.#room) this.#writing.askForAll(this.#room, performance.now())
    this.#resume()
  }

  /** Answers a question that waited, when it is time. */
  answer(now: number): void {
    const room = this.#room
    if (room?.state === 'open' && this.#state === 'open') this.#reading.answer(room, now)
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
    if (this.#room && this.#state === 'open') this.#reading.deliver(this.#room, batch)
  }

  deliverPresence(batch: Batch): void {
    if (this.#state === 'open') this.#reading.deliverPresence(batch)
  }

  send(...packets: Packet[]): void {
    if (this.#state !== 'closed') this.#reading.send(packets)
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
      this.#reading.answer(room, now)
      if (!this.#reading.keepsUp(room, now)) this.refuse(Close.tooFast, 'slow', 'reads too slowly')
    }
    if (this.#reading.silent(now)) this.durable(0)
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
    this.hub.log.info('a connection is closed', {
      document: this.target,
      author: this.person.author,
      code,
      why,
    })
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
    this.#reading.end()
    if (this.#room) {
      this.#room.leave(this)
      this.hub.authors.remove(this.person.author)
    }
    this.#gone(this)
  }
}

const NOBODY_YET: Person = { author: '', name: '', colour: '1' }

function welcome(room: Room, shown: string, me: Person, level: Level): Packet {
  const own = `"pad":${JSON.stringify(shown)},"me":${JSON.stringify(me)},"level":"${level}"`
  return jsonText(Message.hello, `{${room.welcomeJson()},${own}}`)
}
