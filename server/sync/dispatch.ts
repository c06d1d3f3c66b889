/** One message of a client: what it is, whether it is well-formed, and whose matter (SPEC-sync S1, S3, S4). */
import * as decoding from 'lib0/decoding'
import { LIMITS, Message, Sync } from '../../shared/protocol.ts'
import type { ClientEvent } from '../../shared/protocol.ts'
import { parseClientEvent } from './client-json.ts'
import type { Room } from './room.ts'

/** What a connection does with each kind. `now` is monotonic ms; bodies are views into the message. */
export interface Messages {
  readonly ours: boolean
  wrote(room: Room, update: Uint8Array, whole: boolean, now: number): void
  asked(room: Room, vector: Uint8Array, now: number): void
  moved(room: Room, presence: Uint8Array, now: number): void
  askedPresence(room: Room): void
  heard(room: Room, event: ClientEvent): void
  drew(room: Room, message: Uint8Array): void
  /** The whole message after its last piece; null before. */
  piece(bytes: Uint8Array, more: boolean): Uint8Array | null
}

/** @throws Error (GuardError too) for anything that is no message of the protocol */
export function dispatch(to: Messages, room: Room, bytes: Uint8Array, now: number): void {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  if (type === Message.sync) {
    const sub = decoding.readVarUint(decoder)
    const body = lastBytes(decoder)
    if (sub === Sync.update) to.wrote(room, body, false, now)
    else if (sub === Sync.step2) to.wrote(room, body, true, now)
    else if (sub === Sync.step1) to.asked(room, body, now)
    else throw new Error('unknown sync message')
  } else if (type === Message.awareness) {
    to.moved(room, lastBytes(decoder), now)
  } else if (type === Message.queryAwareness) {
    atEnd(decoder)
    to.askedPresence(room)
  } else if (to.ours && type === Message.event) {
    if (bytes.length > LIMITS.json) throw new Error('event too long')
    const text = decoding.readVarString(decoder)
    atEnd(decoder)
    to.heard(room, parseClientEvent(text))
  } else if (to.ours && type === Message.ink && room.name.startsWith('b/')) {
    if (bytes.length > LIMITS.ink) throw new Error('ink too long')
    to.drew(room, bytes)
  } else if (to.ours && type === Message.part) {
    const whole = join(to, decoder)
    if (whole) dispatch(to, room, whole, now)
  } else throw new Error('unknown message')
}

function join(to: Messages, decoder: decoding.Decoder): Uint8Array | null {
  const more = decoding.readUint8(decoder)
  if (more > 1) throw new Error('bad part')
  const piece = decoding.readTailAsUint8Array(decoder)
  if (piece.length === 0) throw new Error('empty part')
  const whole = to.piece(piece, more === 1)
  if (whole?.[0] === Message.part) throw new Error('a part of parts')
  return whole
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
