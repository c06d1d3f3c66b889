/** Bus messages as bytes, and frames of them with a seal (docs/SPEC-bus.md BU10 to BU12). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { isPersonColour } from '../../shared/colour.ts'
import { isAuthorId } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { Person } from '../../shared/protocol.ts'
import type { BusMessage, HereEntry, PassingEvent } from './types.ts'

/** Bytes of one message, and of a frame of several. */
export const MOST = { message: 128 * 1024, frame: 512 * 1024 } as const
/** Entries of one `here`. */
export const MOST_HERE = 200
/** UTF-16 units of a document's name or a group's id. */
const NAME = 200

const VERSION = 1
const SEAL = 16

const KINDS = [
  'wrote',
  'gone',
  'pad',
  'people',
  'group',
  'notice',
  'plugins',
  'ask',
  'here',
  'ink',
  'event',
  'bye',
] as const satisfies readonly BusMessage['kind'][]

/** A frame that came with the right seal. */
export interface Frame {
  node: string
  /** Ascends by one with each frame of a node. */
  seq: number
  messages: readonly BusMessage[]
}

/** Encodes one message. */
export function encodeMessage(message: BusMessage): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, KINDS.indexOf(message.kind))
  if ('document' in message) encoding.writeVarString(out, message.document)
  if (message.kind === 'wrote') encoding.writeVarUint(out, message.to)
  else if (message.kind === 'pad') encoding.writeVarString(out, message.pad)
  else if (message.kind === 'group') encoding.writeVarString(out, message.group)
  else if (message.kind === 'here') {
    encoding.writeVarUint(out, message.entries.length)
    for (const { client, person, state, said } of message.entries) {
      encoding.writeVarUint(out, client)
      encoding.writeVarString(out, person.author)
      encoding.writeVarString(out, person.name)
      encoding.writeVarString(out, person.colour)
      encoding.writeVarString(out, state)
      encoding.writeVarUint(out, said)
    }
  } else if (message.kind === 'ink') {
    encoding.writeVarUint(out, message.client)
    encoding.writeVarUint8Array(out, message.bytes)
  } else if (message.kind === 'event') {
    encoding.writeVarString(out, message.to)
    encoding.writeVarString(out, JSON.stringify(message.event))
  }
  return encoding.toUint8Array(out)
}

/** Puts encoded messages into a frame with its seal. */
export function seal(key: Uint8Array, node: string, seq: number, messages: readonly Uint8Array[]): Buffer {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, VERSION)
  encoding.writeVarString(out, node)
  encoding.writeVarUint(out, seq)
  for (const message of messages) encoding.writeUint8Array(out, message)
  const body = encoding.toUint8Array(out)
  return Buffer.concat([mark(key, body), body])
}

function mark(key: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, SEAL)
}

/** Reads a frame; says why it is none: not of this installation, or of another version, or nonsense. */
export function open(key: Uint8Array, bytes: Uint8Array): Frame | 'foreign' | 'version' | 'malformed' {
  if (bytes.length <= SEAL || bytes.length > MOST.frame + MOST.message) return 'foreign'
  // A copy, so that nothing is read beyond its end.
  const body = Uint8Array.from(bytes.subarray(SEAL))
  if (!timingSafeEqual(bytes.subarray(0, SEAL), mark(key, body))) return 'foreign'
  try {
    const input = decoding.createDecoder(body)
    if (decoding.readVarUint(input) !== VERSION) return 'version'
    const node = decoding.readVarString(input)
    const seq = decoding.readVarUint(input)
    const messages: BusMessage[] = []
    while (decoding.hasContent(input)) messages.push(readMessage(input))
    return { node, seq, messages }
  } catch {
    return 'malformed'
  }
}

/** @throws RangeError and whatever lib0 throws for what is no message */
function readMessage(input: decoding.Decoder): BusMessage {
  const kind = KINDS[decoding.readVarUint(input)]
  if (kind === undefined) throw new RangeError('an unknown kind')
  switch (kind) {
    case 'people':
    case 'notice':
    case 'plugins':
    case 'bye':
      return { kind }
    case 'pad':
      return { kind, pad: readName(input) }
    case 'group':
      return { kind, group: readName(input) }
    case 'gone':
    case 'ask':
      return { kind, document: readName(input) }
    case 'wrote':
      return { kind, document: readName(input), to: decoding.readVarUint(input) }
    case 'here':
      return { kind, document: readName(input), entries: readHere(input) }
    case 'ink':
      return {
        kind,
        document: readName(input),
        client: decoding.readVarUint(input),
        bytes: readBytes(input, LIMITS.ink + 1),
      }
    case 'event':
      return { kind, document: readName(input), to: readName(input), event: readEvent(input) }
  }
}

function readName(input: decoding.Decoder): string {
  const name = decoding.readVarString(input)
  if (name.length > NAME) throw new RangeError('a name is too long')
  return name
}

function readBytes(input: decoding.Decoder, most: number): Uint8Array {
  const bytes = decoding.readVarUint8Array(input)
  if (bytes.length > most) throw new RangeError('too many bytes')
  return bytes
}

function readHere(input: decoding.Decoder): HereEntry[] {
  const count = decoding.readVarUint(input)
  if (count > MOST_HERE) throw new RangeError('too many people at once')
  return Array.from({ length: count }, () => {
    const client = decoding.readVarUint(input)
    const person: Person = {
      author: decoding.readVarString(input),
      name: decoding.readVarString(input),
      colour: decoding.readVarString(input),
    }
    const state = decoding.readVarString(input)
    const said = decoding.readVarUint(input)
    if (!isAuthorId(person.author) || !isPersonColour(person.colour)) throw new RangeError('nobody')
    if (person.name.length > LIMITS.name || state.length > 2 * LIMITS.awareness)
      throw new RangeError('too long')
    return { client, person, state, said }
  })
}

function readEvent(input: decoding.Decoder): PassingEvent {
  const text = decoding.readVarString(input)
  if (text.length > MOST.message) throw new RangeError('too long')
  const event: unknown = JSON.parse(text)
  if (!isPassing(event)) throw new RangeError('no event that passes')
  return event
}

function isPassing(event: unknown): event is PassingEvent {
  if (typeof event !== 'object' || event === null || !('type' in event)) return false
  return event.type === 'plugin' || event.type === 'gather'
}
