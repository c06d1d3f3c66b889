/**
 * Messages that come deflated (SPEC-sync S4). The browser inflates them itself, beside the page's thread; what comes after
 * them waits, so that messages keep their order.
 */
import * as decoding from 'lib0/decoding'
import { LIMITS, Message } from '../../shared/protocol.ts'

/** Brings one connection's messages on, in order. */
export interface Unpacker {
  take(message: Uint8Array): void
}

/** `give` gets whole messages; `broken` is told of a packed one that is not what it says, after which nothing more comes. */
export function createUnpacker(
  give: (message: Uint8Array) => void,
  broken: (error: unknown) => void,
): Unpacker {
  /** What waits behind a message that is being unpacked; null: nothing is. */
  let waiting: Uint8Array[] | null = null
  let ended = false

  async function unpackThen(packed: Uint8Array): Promise<void> {
    try {
      give(await unpack(packed))
    } catch (error) {
      ended = true
      broken(error)
    }
    const next = waiting ?? []
    waiting = null
    for (const message of next) take(message)
  }

  function take(message: Uint8Array): void {
    if (ended) return
    if (waiting !== null) waiting.push(message)
    else if (message[0] === Message.packed) {
      waiting = []
      void unpackThen(message)
    } else give(message)
  }

  return { take }
}

/** The message in a packed one. @throws when it is too large, packed again, no deflate, or not as large as it says */
export async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const decoder = decoding.createDecoder(packed)
  decoding.readVarUint(decoder)
  const size = decoding.readVarUint(decoder)
  if (size > LIMITS.unpacked) throw new RangeError('the message is too large')
  const message = new Uint8Array(size)
  let at = 0
  const pieces = new Blob([decoding.readTailAsUint8Array(decoder) as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader()
  for (;;) {
    const { done, value } = await pieces.read()
    if (done) break
    if (at + value.length > size) {
      await pieces.cancel()
      throw new RangeError('the message is larger than it says')
    }
    message.set(value, at)
    at += value.length
  }
  if (at !== size || message[0] === Message.packed) throw new RangeError('the message is not what it says')
  return message
}
