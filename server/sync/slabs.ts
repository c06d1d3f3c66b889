/**
 * Applies updates so that the many small byte strings of a document, such as a board's ink, lie in few buffers. A buffer of
 * its own costs the process about 300 bytes besides its content, which is six times as much as a stroke has.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** Bytes of one buffer. It stays as long as anything in it is held, so it is small. */
const SLAB = 4096
/** What is longer has a buffer of its own. */
const LONGEST = SLAB / 4

interface Slab {
  buffer: Uint8Array
  used: number
}

/** The buffer with room that a document's next byte strings go into. */
const open = new WeakMap<Y.Doc, Slab>()

/** `Y.applyUpdate` of update format 1; throws what that throws. */
export function applyUpdate(doc: Y.Doc, update: Uint8Array, origin?: unknown): void {
  const decoder = decoding.createDecoder(update)
  Y.readUpdateV2(decoder, doc, origin, new SlabDecoder(decoder, doc))
}

class SlabDecoder extends Y.UpdateDecoderV1 {
  readonly #doc: Y.Doc

  constructor(decoder: decoding.Decoder, doc: Y.Doc) {
    super(decoder)
    this.#doc = doc
  }

  override readBuf(): Uint8Array {
    return keep(this.#doc, decoding.readVarUint8Array(this.restDecoder))
  }
}

/** A copy of the bytes, as they are a part of a whole message that nobody else needs any more. */
function keep(doc: Y.Doc, bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  if (length > LONGEST) return bytes.slice()
  let slab = open.get(doc)
  if (!slab || slab.used + length > SLAB) {
    slab = { buffer: new Uint8Array(SLAB), used: 0 }
    open.set(doc, slab)
  }
  const copy = slab.buffer.subarray(slab.used, slab.used + length)
  copy.set(bytes)
  slab.used += length
  return copy
}
