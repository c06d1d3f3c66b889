/** Bytes of the messages in `shared/protocol.ts`, both ways. Base: the y-websocket protocol. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Message, Sync } from '../../shared/protocol.ts'

/** One presence entry; `state` is JSON, `null` when that client is gone. */
export interface PresenceEntry {
  client: number
  clock: number
  state: string
}

/** A message of the server, read. */
export type Incoming =
  | { type: 'step1'; vector: Uint8Array }
  | { type: 'update'; first: boolean; update: Uint8Array }
  | { type: 'presence'; entries: PresenceEntry[] }
  | { type: 'queryPresence' }
  | { type: 'denied'; reason: string }
  | { type: 'durable'; count: number }
  | { type: 'welcome'; json: unknown }
  | { type: 'event'; json: unknown }
  | { type: 'ink'; client: number; bytes: Uint8Array }
  | { type: 'unknown' }

const MAX_ENTRIES = 10_000

/** An update that says nothing. */
export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}

export function step1(vector: Uint8Array): Uint8Array {
  return syncMessage(Sync.step1, vector)
}

export function step2(update: Uint8Array): Uint8Array {
  return syncMessage(Sync.step2, update)
}

export function updateMessage(update: Uint8Array): Uint8Array {
  return syncMessage(Sync.update, update)
}

function syncMessage(kind: number, body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, Message.sync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** `hello` and `event`. */
export function jsonMessage(type: number, json: unknown): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type)
    encoding.writeVarString(encoder, JSON.stringify(json))
  })
}

export function inkMessage(bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, Message.ink)
    encoding.writeUint8Array(encoder, bytes)
  })
}

export function presenceMessage(entries: readonly PresenceEntry[]): Uint8Array {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, Message.awareness)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** Reads one whole message that is not packed. Throws on malformed bytes. */
export function readMessage(message: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(message)
  switch (decoding.readVarUint(decoder)) {
    case Message.sync: {
      const kind = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (kind === Sync.step1) return { type: 'step1', vector: body }
      if (kind === Sync.step2) return { type: 'update', first: true, update: body }
      return kind === Sync.update ? { type: 'update', first: false, update: body } : { type: 'unknown' }
    }
    case Message.awareness:
      return { type: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
    case Message.auth: {
      const kind = decoding.readVarUint(decoder)
      if (kind === 0) return { type: 'denied', reason: decoding.readVarString(decoder) }
      return { type: 'durable', count: kind - 1 }
    }
    case Message.queryAwareness:
      return { type: 'queryPresence' }
    case Message.hello:
      return { type: 'welcome', json: JSON.parse(decoding.readVarString(decoder)) }
    case Message.event:
      return { type: 'event', json: JSON.parse(decoding.readVarString(decoder)) }
    case Message.ink:
      return {
        type: 'ink',
        client: decoding.readVarUint(decoder),
        bytes: decoding.readTailAsUint8Array(decoder),
      }
    default:
      return { type: 'unknown' }
  }
}

function readPresence(body: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(body)
  const count = Math.min(decoding.readVarUint(decoder), MAX_ENTRIES)
  const entries: PresenceEntry[] = []
  while (entries.length < count) {
    entries.push({
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: decoding.readVarString(decoder),
    })
  }
  return entries
}
