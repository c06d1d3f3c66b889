/** Binary messages as they go out (SPEC-sync S1, S4). A message is encoded once and shared by all who get it. */
import { deflateRawSync } from 'node:zlib'
import * as encoding from 'lib0/encoding'
import { LIMITS, Message, Sync } from '../../shared/protocol.ts'

/** A message with its WebSocket frame around it; `message` is a view into `frame`. */
export interface Packet {
  readonly frame: Buffer
  readonly message: Buffer
}

/** Packets that leave in one write; the joined frames are made once, when the first carrier asks for them. */
export class Batch {
  readonly packets: readonly Packet[]
  #frames: Buffer | undefined
  constructor(packets: readonly Packet[]) {
    this.packets = packets
  }

  /** All frames, one after the other. */
  get frames(): Buffer {
    this.#frames ??=
      this.packets.length === 1 ? this.packets[0]?.frame : Buffer.concat(this.packets.map((p) => p.frame))
    return this.#frames ?? Buffer.alloc(0)
  }
}

const headerSize = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10)

/** An unmasked, unfragmented binary frame (RFC 6455 section 5.2) with room for `length` bytes of message. */
function framed(length: number): { frame: Buffer; message: Buffer } {
  const frame = Buffer.allocUnsafe(headerSize(length) + length)
  return { frame, message: headed(frame, length) }
}

/** Writes the header of a frame for `length` bytes of message; gives the message's place in it. */
function headed(frame: Buffer, length: number): Buffer {
  const header = headerSize(length)
  frame[0] = 0x82
  if (header === 2) {
    frame[1] = length
  } else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2)
    frame.writeUInt32BE(length >>> 0, 6)
  }
  return frame.subarray(header)
}

/** Puts a frame around a finished message. */
export function packet(message: Uint8Array): Packet {
  const made = framed(message.length)
  made.message.set(message)
  return made
}

function varUintSize(value: number): number {
  let size = 1
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) size++
  return size
}

function putVarUint(target: Uint8Array, at: number, value: number): number {
  let rest = value
  while (rest > 127) {
    target[at++] = 128 | (rest % 128)
    rest = Math.floor(rest / 128)
  }
  target[at++] = rest
  return at
}

/** `[type, sub, varBytes]` with both numbers below 128. */
function nested(type: number, sub: number, bytes: Uint8Array): Packet {
  const made = framed(2 + varUintSize(bytes.length) + bytes.length)
  made.message[0] = type
  made.message[1] = sub
  made.message.set(bytes, putVarUint(made.message, 2, bytes.length))
  return made
}

export const step1 = (stateVector: Uint8Array): Packet => nested(Message.sync, Sync.step1, stateVector)
export const step2 = (update: Uint8Array): Packet => nested(Message.sync, Sync.step2, update)

/** Bytes to leave free before an update that is to become a step 2 where it stands. */
export const STEP2_ROOM = 32

/** The update that stands in the buffer from {@link STEP2_ROOM} to its end as a step 2, without a copy. */
export function step2Within(buffer: Buffer): Packet {
  const length = buffer.length - STEP2_ROOM
  const before = 2 + varUintSize(length)
  const frame = buffer.subarray(STEP2_ROOM - before - headerSize(before + length))
  const message = headed(frame, before + length)
  message[0] = Message.sync
  message[1] = Sync.step2
  putVarUint(message, 2, length)
  return { frame, message }
}

export const update = (bytes: Uint8Array): Packet => nested(Message.sync, Sync.update, bytes)

/** `[1, varBytes(count, entries...)]` from entries already encoded. */
export function awareness(entries: readonly Uint8Array[]): Packet {
  const inner = varUintSize(entries.length) + entries.reduce((sum, entry) => sum + entry.length, 0)
  const made = framed(1 + varUintSize(inner) + inner)
  made.message[0] = Message.awareness
  let at = putVarUint(made.message, 1, inner)
  at = putVarUint(made.message, at, entries.length)
  for (const entry of entries) {
    made.message.set(entry, at)
    at += entry.length
  }
  return made
}

/** One entry of an awareness message. */
export function awarenessEntry(client: number, clock: number, json: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, json)
  return encoding.toUint8Array(encoder)
}

/** `[102, client, bytes]`: live ink with who it comes from; `message` begins with the type. */
export function ink(message: Uint8Array, client: number): Packet {
  const made = framed(message.length + varUintSize(client))
  made.message[0] = Message.ink
  made.message.set(message.subarray(1), putVarUint(made.message, 1, client))
  return made
}

const smallAcks: Packet[] = []

/** `[2, 1 + n]`: n writes are durable. */
export function ack(n: number): Packet {
  const made = smallAcks[n]
  if (made) return made
  const message = new Uint8Array(1 + varUintSize(n + 1))
  message[0] = Message.auth
  putVarUint(message, 1, n + 1)
  const fresh = packet(message)
  if (n < 256) smallAcks[n] = fresh
  return fresh
}

/** `[2, 0, reason]`: stock clients show it as "permission denied". */
export function denied(reason: string): Packet {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, Message.auth)
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarString(encoder, reason)
  return packet(encoding.toUint8Array(encoder))
}

/** A JSON message of our own clients: hello or event. */
export function json(type: number, value: unknown): Packet {
  return jsonText(type, JSON.stringify(value))
}

/** The same from JSON made before. */
export function jsonText(type: number, text: string): Packet {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  encoding.writeVarString(encoder, text)
  return packet(encoding.toUint8Array(encoder))
}

/** The packet for a `?v=1` client: itself, or its parts when it is long (S4). */
export function inParts(whole: Packet): readonly Packet[] {
  if (whole.message.length <= LIMITS.part) return [whole]
  const parts: Packet[] = []
  const room = LIMITS.part - 2
  for (let at = 0; at < whole.message.length; at += room) {
    const piece = whole.message.subarray(at, at + room)
    const made = framed(2 + piece.length)
    made.message[0] = Message.part
    made.message[1] = at + room < whole.message.length ? 1 : 0
    made.message.set(piece, 2)
    parts.push(made)
  }
  return parts
}

const packedOnes = new WeakMap<Packet, Packet>()

/** A large packet deflated, made once for all who get it (S4); itself where that is no gain. */
export function packed(whole: Packet): Packet {
  const { message } = whole
  if (message.length < LIMITS.packFrom) return whole
  const known = packedOnes.get(whole)
  if (known) return known
  // With the most memory zlib takes (256 KiB meanwhile) it is a tenth quicker.
  const bytes = deflateRawSync(message, { level: 3, memLevel: 9 })
  const size = varUintSize(message.length)
  const made = framed(1 + size + bytes.length)
  made.message[0] = Message.packed
  made.message.set(bytes, putVarUint(made.message, 1, message.length))
  const better = bytes.length < message.length * 0.95 ? made : whole
  packedOnes.set(whole, better)
  return better
}

/** The empty update: nothing new in it. */
export function isEmptyUpdate(bytes: Uint8Array): boolean {
  return bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0
}
