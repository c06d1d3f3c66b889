/** Messages too large for one frame travel as parts, `[103, more, bytes...]` (`shared/protocol.ts`, {@link Message.part}). */
import { LIMITS, Message } from '../../shared/protocol.ts'

/** Bytes the server may send as one message: a whole document of the largest allowed size, and some. */
const MAX_JOINED = 64 * 1024 * 1024
const HEADER = 2

/** The frames that carry `message`: itself, or its parts in order. */
export function splitMessage(message: Uint8Array, size: number = LIMITS.part): Uint8Array[] {
  if (message.length <= size) return [message]
  const room = Math.max(1, size - HEADER)
  const frames: Uint8Array[] = []
  for (let start = 0; start < message.length; start += room) {
    const piece = message.subarray(start, start + room)
    const frame = new Uint8Array(HEADER + piece.length)
    frame[0] = Message.part
    frame[1] = start + room < message.length ? 1 : 0
    frame.set(piece, HEADER)
    frames.push(frame)
  }
  return frames
}

/** Joins the parts of one connection. */
export interface Joiner {
  /** The whole message that `frame` completes, or null while parts are missing. Throws when too much is held. */
  take(frame: Uint8Array): Uint8Array | null
}

export function createJoiner(limit: number = MAX_JOINED): Joiner {
  let pieces: Uint8Array[] = []
  let held = 0
  return {
    take(frame) {
      if (frame[0] !== Message.part) return frame
      pieces.push(frame.subarray(HEADER))
      held += Math.max(0, frame.length - HEADER)
      if (held > limit) {
        pieces = []
        held = 0
        throw new RangeError('parts exceed the size of a message')
      }
      if (frame[1] !== 0) return null
      const whole = new Uint8Array(held)
      let at = 0
      for (const piece of pieces) {
        whole.set(piece, at)
        at += piece.length
      }
      pieces = []
      held = 0
      return whole
    },
  }
}
