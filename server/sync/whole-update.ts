/** A whole document as a message, written where it leaves from (SPEC-sync S22). */
import * as Y from 'yjs'
import { step2, STEP2_ROOM, step2Within } from './wire.ts'
import type { Packet } from './wire.ts'

/** Bytes more than expected that are provided for. */
const SPARE = 1024
/** A buffer of which less than this part is used is not kept. */
const USED = 0.75

/**
 * The document as a step 2. Written at once into a buffer of the size that is expected: with one that grows, and copies
 * into a message and a frame, five times the document's bytes are garbage until they are collected.
 */
export function wholeUpdate(doc: Y.Doc, expected: number): Packet {
  const { pendingStructs, pendingDs } = doc.store
  if (pendingStructs !== null || pendingDs !== null) return step2(Y.encodeStateAsUpdate(doc))
  const encoder = new InPlace()
  const { restEncoder } = encoder
  const buffer = Buffer.allocUnsafeSlow(STEP2_ROOM + expected + SPARE)
  restEncoder.cbuf = buffer
  restEncoder.cpos = STEP2_ROOM
  Y.encodeStateAsUpdateV2(doc, undefined, encoder)
  const end = restEncoder.cpos
  if (restEncoder.bufs.length > 0) return step2(encoder.written())
  if (end < buffer.length * USED) return step2(buffer.subarray(STEP2_ROOM, end))
  return step2Within(buffer.subarray(0, end))
}

/** Yjs asks for what was written as a copy; it is looked up here where it stands. */
class InPlace extends Y.UpdateEncoderV1 {
  override toUint8Array(): Uint8Array<ArrayBuffer> {
    return new Uint8Array()
  }

  /** A copy without the room before it. */
  written(): Uint8Array {
    return super.toUint8Array().subarray(STEP2_ROOM)
  }
}
