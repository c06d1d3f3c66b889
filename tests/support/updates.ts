/** Builds Yjs updates (format V1) by hand, sound ones and ones no Yjs would write. */
import * as encoding from 'lib0/encoding'

type Encoder = encoding.Encoder
export type Write = (encoder: Encoder) => void
export type Id = readonly [client: number, clock: number]

/** The structs of one client from a clock on. `count` overrides the number claimed. */
export interface Block {
  client: number
  clock: number
  structs: readonly Write[]
  count?: number
}

/** Delete ranges `[clock, length]` of one client. */
export interface Deletes {
  client: number
  ranges: readonly (readonly [clock: number, length: number])[]
}

export interface Place {
  origin?: Id
  right?: Id
  /** A root's name, or the struct that holds the type. Written only without `origin` and `right`, as Yjs does. */
  parent?: string | Id
  sub?: string
}

export function bytesOf(write: Write): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

export function varUints(...numbers: number[]): Uint8Array {
  return bytesOf((encoder) => numbers.forEach((n) => encoding.writeVarUint(encoder, n)))
}

export function update(blocks: readonly Block[], deletes: readonly Deletes[] = []): Uint8Array {
  return bytesOf((encoder) => {
    encoding.writeVarUint(encoder, blocks.length)
    for (const block of blocks) {
      encoding.writeVarUint(encoder, block.count ?? block.structs.length)
      encoding.writeVarUint(encoder, block.client)
      encoding.writeVarUint(encoder, block.clock)
      for (const struct of block.structs) struct(encoder)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const { client, ranges } of deletes) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const [clock, length] of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, length)
      }
    }
  })
}

/** One client's structs from clock 0. */
export function block(client: number, ...structs: Write[]): Block {
  return { client, clock: 0, structs }
}

export function gc(length: number): Write {
  return plain(0, length)
}

export function skip(length: number): Write {
  return plain(10, length)
}

function plain(info: number, length: number): Write {
  return (encoder) => {
    encoding.writeUint8(encoder, info)
    encoding.writeVarUint(encoder, length)
  }
}

/** Content: its number in the info byte, and its bytes. */
export interface Content {
  ref: number
  write: Write
}

export function item(content: Content, place: Place = { parent: 'text' }): Write {
  const { origin, right, parent, sub } = place
  return (encoder) => {
    const bits = (origin ? 128 : 0) | (right ? 64 : 0) | (sub === undefined ? 0 : 32)
    encoding.writeUint8(encoder, content.ref | bits)
    if (origin) id(encoder, origin)
    if (right) id(encoder, right)
    if (!origin && !right) {
      if (typeof parent === 'string') {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, parent)
      } else {
        encoding.writeVarUint(encoder, 0)
        id(encoder, parent ?? [0, 0])
      }
      if (sub !== undefined) encoding.writeVarString(encoder, sub)
    }
    content.write(encoder)
  }
}

function id(encoder: Encoder, [client, clock]: Id): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

export function deleted(length: number): Content {
  return { ref: 1, write: (encoder) => encoding.writeVarUint(encoder, length) }
}

/** `texts` are written as they are, valid JSON or not. */
export function json(...texts: string[]): Content {
  return {
    ref: 2,
    write: (encoder) => {
      encoding.writeVarUint(encoder, texts.length)
      for (const text of texts) encoding.writeVarString(encoder, text)
    },
  }
}

export function binary(bytes: Uint8Array): Content {
  return { ref: 3, write: (encoder) => encoding.writeVarUint8Array(encoder, bytes) }
}

export function string(text: string): Content {
  return { ref: 4, write: (encoder) => encoding.writeVarString(encoder, text) }
}

/** String content with any bytes in it. */
export function rawString(...bytes: number[]): Content {
  return { ref: 4, write: (e) => encoding.writeVarUint8Array(e, Uint8Array.from(bytes)) }
}

export function embed(text: string): Content {
  return { ref: 5, write: (encoder) => encoding.writeVarString(encoder, text) }
}

export function format(key: string, text: string): Content {
  return {
    ref: 6,
    write: (encoder) => {
      encoding.writeVarString(encoder, key)
      encoding.writeVarString(encoder, text)
    },
  }
}

/** 0 array, 1 map, 2 text, 3 XML element (with a name), 4 XML fragment, 5 XML hook, 6 XML text. */
export function type(number: number, name?: string): Content {
  return {
    ref: 7,
    write: (encoder) => {
      encoding.writeVarUint(encoder, number)
      if (name !== undefined) encoding.writeVarString(encoder, name)
    },
  }
}

export function any(...values: unknown[]): Content {
  return {
    ref: 8,
    write: (encoder) => {
      encoding.writeVarUint(encoder, values.length)
      for (const value of values) {
        encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1])
      }
    },
  }
}

/** Content with any number and any bytes. */
export function rawContent(ref: number, ...bytes: number[]): Content {
  return { ref, write: (e) => encoding.writeUint8Array(e, Uint8Array.from(bytes)) }
}

export function subDocument(guid: string): Content {
  return {
    ref: 9,
    write: (encoder) => {
      encoding.writeVarString(encoder, guid)
      encoding.writeAny(encoder, {})
    },
  }
}
