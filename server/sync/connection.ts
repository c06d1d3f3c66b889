/** One connection to one document, whatever carries it (SPEC-sync S3 to S6, S11 to S19, S22, S28, S30). */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { Close, LIMITS, Message, Sync, TIMES } from '../../shared/protocol.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Carrier, CarrierEvents, Knock } from './carrier.ts'
import { parseClientEvent } from './client-json.ts'
import { enter, recheck, wish } from './entrance.ts'
import { GuardError } from './guard/errors.ts'
import { scanStateVector } from './guard/vector.ts'
import { reject } from './hub.ts'
import type { Hub } from './hub.ts'
import { Bucket } from './limits.ts'
import { Outflow } from './outflow.ts'
import type { Receiver } from './relay.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { speaksFor } from './presence.ts'
import { ack, awareness, denied, isEmptyUpdate, json, jsonText, step1, step2 } from './wire.ts'
import type { Batch, Packet } from './wire.ts'
import { WriteCount } from './write-count.ts'

/** Ms without a hello. */
const HELLO = 10_000
const WAITING_FRAMES = 64
const WAITING_BYTES = 1024 * 1024
/** Ms in which edits under way are forgiven after `write` was lost (S13). */
const GRACE = 5000
const RECHECK = 60_000
/** Own presence a second and at once; all presence messages, most of which are stock clients' echoes. */
const PRESENCE_RATE = 20
const ECHO_RATE = 1000
const STATE_VECTOR_ENTRIES = 20_000

export class Connection implements Receiver, CarrierEvents {
  readonly ours: boolean
  readonly hub: Hub
  readonly target: string
  person: Person
  level: Level = 'none'
  /** The client id it speaks for in presence. */
  client: number | undefined
  live = false
  /** Monotonic ms of the last look at its permission. */
  checkedAt: number
  readonly #carrier: Carrier
  readonly #rooms: Rooms
  readonly #gone: (connection: Connection) => void
  #state: 'hello' | 'entering' | 'open' | 'closed'
  #cookie: string
  #room: Room | null = null
  #waiting: Uint8Array[] | null = null
  #waitingBytes = 0
  #parts: Uint8Array[] | null = null
  #partBytes = 0
  readonly #since: number
  #lostWriteAt = -Infinity
  readonly #writes = new WriteCount()
  readonly #out: Outflow
  #messages: Bucket
  #bytes: Bucket
  #echoes: Bucket | null = null
  #moves: Bucket | null = null
  #answers: Bucket
  /** A step 1 that waits for its answer. */
  #owed: Uint8Array | null = null

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
    this.#out = new Outflow(carrier, hub.limits, knock.ours)
    this.checkedAt = now
    const { messageRate, messageBurst, byteRate, byteBurst } = hub.limits
    this.#messages = new Bucket(messageRate, messageBurst, now)
    this.#bytes = new Bucket(byteRate, byteBurst, now)
    this.#answers = new Bucket(0.2, 3, now)
    this.#state = knock.ours ? 'hello' : 'entering'
    if (!knock.ours) void this.#enter(null)
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
    if (bytes[0] === Message.awareness) {
      this.#echoes ??= new Bucket(ECHO_RATE, 3 * ECHO_RATE, now)
      if (!this.#echoes.take(1, now)) return
    } else if (!this.#messages.take(1, now) || !this.#bytes.take(bytes.length, now)) {
      this.#refuse(Close.tooFast, 'rate', 'too many messages')
      return
    }
    if (this.#state === 'open' && this.#room?.state === 'open' && this.#waiting === null)
      this.#handle(bytes, now)
    else if (this.#state === 'hello') this.#hello(bytes)
    else this.#wait(bytes)
  }

  nonsense(what: string): void {
    this.#refuse(Close.badData, 'nonsense', what)
  }

  ping(): void {
    if (!this.#messages.take(1, performance.now())) this.#refuse(Close.tooFast, 'rate', 'too many pings')
  }

  gone(): void {
    this.#end()
  }

  #wait(bytes: Uint8Array): void {
    this.#waiting ??= []
    this.#waitingBytes += bytes.length
    if (
      this.#waiting.length >= WAITING_FRAMES ||
      this.#waitingBytes > WAITING_BYTES + this.hub.limits.message
    ) {
      this.#refuse(Close.tooFast, 'waiting', 'too much before the document is open')
      return
    }
    this.#waiting.push(bytes)
  }

  /** The document was made again: asks for what may have been lost with it, and goes on (S21). */
  rebuilt(): void {
    this.#writes.askSoon()
    this.#ask(performance.now())
    this.resume()
  }

  /** Handles what waited for the room. */
  resume(): void {
    const waiting = this.#waiting
    this.#waiting = null
    this.#waitingBytes = 0
    for (const bytes of waiting ?? []) {
      if (this.closed) return
      if (this.#room?.state === 'open' && this.#waiting === null) this.#handle(bytes, performance.now())
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
        this.#refuse(entry.code, entry.why, entry.reason)
        return
      }
      room = entry.room
      if (this.closed) return
      if (room.connections.size >= this.hub.limits.connectionsPerPad) {
        this.#refuse(Close.tryLater, 'padFull', 'too many people are here')
        return
      }
      this.#room = room
      this.hub.authors.add(this.person.author)
      if (entry.client !== undefined && room.announce(entry.client, this.person.author))
        this.client = entry.client
      room.join(this)
      this.#state = 'open'
      this.#greet(room, entry.shown)
      this.resume()
    } catch (error) {
      this.hub.log.warn('somebody could not enter', { document: this.target, error: String(error) })
      this.#refuse(Close.tryLater, 'entering', 'not now')
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
    if (allows(this.level, 'write') && room.store !== 'readonly') {
      packets.push(step1(Y.encodeStateVector(room.doc)))
      this.#writes.asked(performance.now())
    }
    const others = room.presence?.others(this) ?? []
    if (others.length > 0) packets.push(awareness(others))
    this.#send(...packets)
  }

  // ---- one message

  #handle(bytes: Uint8Array, now: number): void {
    const room = this.#room
    if (!room) return
    try {
      this.#dispatch(room, bytes, now)
    } catch (error) {
      const reason = error instanceof GuardError ? error.reason : 'malformed'
      if (!(error instanceof GuardError)) this.hub.log.debug('a malformed message', { error: String(error) })
      this.#refuse(Close.badData, reason, 'malformed message')
    }
  }

  #dispatch(room: Room, bytes: Uint8Array, now: number): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === Message.sync) {
      const sub = decoding.readVarUint(decoder)
      const body = lastBytes(decoder)
      if (sub === Sync.step1) this.#step1(room, body, now)
      else if (sub === Sync.step2 || sub === Sync.update) this.#write(room, body, sub === Sync.step2, now)
      else throw new Error('unknown sync message')
    } else if (type === Message.awareness) {
      this.#hear(room, lastBytes(decoder), now)
    } else if (type === Message.queryAwareness) {
      atEnd(decoder)
      this.#send(awareness(room.presence?.others(this) ?? []))
    } else if (this.ours && type === Message.event) {
      if (bytes.length > LIMITS.json) throw new Error('event too long')
      const text = decoding.readVarString(decoder)
      atEnd(decoder)
      void wish(this, parseClientEvent(text), (person) => this.#rooms.renamed(person))
    } else if (this.ours && type === Message.ink && room.name.startsWith('b/')) {
      if (allows(this.level, 'write')) room.ink(this, bytes)
    } else if (this.ours && type === Message.part) {
      this.#part(decoder, now)
    } else throw new Error('unknown message')
  }

  #part(decoder: decoding.Decoder, now: number): void {
    const more = decoding.readUint8(decoder)
    if (more > 1) throw new Error('bad part')
    const piece = decoding.readTailAsUint8Array(decoder)
    if (piece.length === 0) throw new Error('empty part')
    this.#parts ??= []
    this.#parts.push(piece.slice())
    this.#partBytes += piece.length
    if (this.#partBytes > this.hub.limits.message || this.#parts.length > 1024) {
      this.#refuse(Close.tooLarge, 'message', 'message too large')
      return
    }
    if (more === 1) return
    const whole = Buffer.concat(this.#parts)
    this.#parts = null
    this.#partBytes = 0
    if (whole[0] === Message.part) throw new Error('a part of parts')
    const room = this.#room
    if (room) this.#dispatch(room, whole, now)
  }

  #hear(room: Room, body: Uint8Array, now: number): void {
    if (this.client !== undefined && !speaksFor(body, this.client)) return
    this.#moves ??= new Bucket(PRESENCE_RATE, 2 * PRESENCE_RATE, now)
    if (!this.#moves.take(1, now)) return
    room.hear(this, body)
  }

  #step1(room: Room, vector: Uint8Array, now: number): void {
    scanStateVector(vector, STATE_VECTOR_ENTRIES)
    if (this.#answers.take(1, now)) this.#answer(room, vector, now)
    else this.#owed = vector.slice()
  }

  #answer(room: Room, vector: Uint8Array, now: number): void {
    this.#owed = null
    const packets =
      vector.length === 1 && vector[0] === 0
        ? room.full.get(room.doc, now)
        : [step2(Y.encodeStateAsUpdate(room.doc, vector))]
    this.live = true
    this.#out.grant(packets)
  }

  #write(room: Room, update: Uint8Array, whole: boolean, now: number): void {
    this.#writes.received++
    const empty = isEmptyUpdate(update)
    if (!allows(this.level, 'write')) {
      if (empty) this.#writes.taken(room.ledger, this)
      else if (now - this.#lostWriteAt < GRACE) this.#writes.hole = true
      else this.#refuse(Close.forbidden, 'reader', 'you may not write here')
      return
    }
    if (empty) {
      if (whole) this.#writes.healed()
      this.#writes.taken(room.ledger, this)
      return
    }
    if (update.length > this.hub.limits.update) {
      this.#refuse(Close.tooLarge, 'update', 'update too large')
      return
    }
    if (room.store === 'readonly') {
      this.#writes.hole = true
      return
    }
    this.live = true
    const written = room.write(this, update, now)
    if (written === 'applied' || written === 'known') {
      if (whole) this.#writes.healed()
      this.#writes.taken(room.ledger, this)
    } else if (written === 'gap' || (written === 'foreign' && whole)) {
      // A step 2 may honestly hold what a third person wrote and we lost; its owner brings it (SPEC-sync S14, S19).
      this.#writes.hole = true
      this.hub.counters.resyncs++
      this.#ask(now)
    } else this.#refuseWrite(written)
  }

  #refuseWrite(written: 'foreign' | 'tooMany' | 'tooLarge' | 'broken'): void {
    if (written === 'foreign') this.#refuse(Close.forbidden, 'foreign', 'a client id of somebody else')
    else if (written === 'broken')
      this.#refuse(Close.badData, 'broken', 'the update does not fit the document')
    else if (written === 'tooMany') this.#refuse(Close.tooLarge, 'clients', 'too many client ids')
    else this.#refuse(Close.tooLarge, 'document', 'the document is full')
  }

  /** Asks for what we miss, unless we just did. */
  #ask(now: number): void {
    const room = this.#room
    if (!room || room.state !== 'open' || !allows(this.level, 'write') || room.store === 'readonly') return
    if (this.#writes.mayAsk(now)) this.#send(step1(Y.encodeStateVector(room.doc)))
  }

  /** The database is back: asks for what was not taken meanwhile. */
  askAgain(): void {
    if (!this.#writes.hole) return
    this.#writes.askSoon()
    this.#ask(performance.now())
  }

  // ---- to the client

  /** The first `n` writes are durable. */
  durable(n: number): void {
    this.#writes.durable = Math.max(this.#writes.durable, n)
    this.#send(ack(this.#writes.durable))
  }

  deliver(batch: Batch): void {
    const room = this.#room
    if (!room || this.#state !== 'open') return
    if (this.#out.deliver(batch, () => Y.encodeStateVector(room.doc)))
      this.hub.counters.deliveries += batch.packets.length
  }

  deliverPresence(batch: Batch): void {
    if (this.#state === 'open') this.#out.deliverPresence(batch)
  }

  #send(...packets: Packet[]): void {
    if (this.#state !== 'closed') this.#out.send(packets)
  }

  // ---- time

  /** Called about four times a second: everything about time, without a timer of its own. */
  sweep(now: number): void {
    if (this.#state === 'hello' && now - this.#since > HELLO)
      this.#refuse(Close.tryLater, 'noHello', 'no hello')
    const room = this.#room
    if (this.#state !== 'open' || !room) return
    if (room.state === 'open') {
      if (this.#writes.hole) this.#ask(now)
      if (this.#owed && this.#answers.take(1, now)) this.#answer(room, this.#owed, now)
    }
    this.#checkReader(room, now)
    if (now - this.#out.lastSent >= TIMES.keepAlive - 1000) this.#send(ack(this.#writes.durable))
    if (now - this.checkedAt > RECHECK) void recheck(this)
  }

  #checkReader(room: Room, now: number): void {
    if (room.state !== 'open') return
    const reader = this.#out.check(now)
    if (reader === 'slow') this.#refuse(Close.tooFast, 'slow', 'reads too slowly')
    else if (reader !== 'fine') {
      this.hub.counters.resyncs++
      this.#out.grant([step2(Y.encodeStateAsUpdate(room.doc, reader))])
      const others = room.presence?.others(this) ?? []
      if (others.length > 0) this.#send(awareness(others))
    }
  }

  // ---- permission

  /** The level is this now. */
  setLevel(level: Level): void {
    const before = this.level
    if (level === before) return
    this.level = level
    if (!allows(level, 'read')) {
      this.#refuse(Close.unauthenticated, 'revoked', 'you may not read this any more')
      return
    }
    if (allows(before, 'write') && !allows(level, 'write')) this.#lostWriteAt = performance.now()
    if (this.ours) this.#send(json(Message.event, { type: 'level', level }))
    if (!allows(before, 'write') && allows(level, 'write')) {
      this.#writes.askSoon()
      this.#ask(performance.now())
    }
  }

  // ---- the end

  #refuse(code: number, why: string, reason: string): void {
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
    if (!this.ours && (code === Close.forbidden || code === Close.unauthenticated)) this.#send(denied(reason))
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
    this.#parts = null
    this.#owed = null
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

/** The last field of a message: a length and exactly so many bytes. */
function lastBytes(decoder: decoding.Decoder): Uint8Array {
  const bytes = decoding.readVarUint8Array(decoder)
  atEnd(decoder)
  return bytes
}

function atEnd(decoder: decoding.Decoder): void {
  if (decoding.hasContent(decoder)) throw new Error('bytes after the end')
}
