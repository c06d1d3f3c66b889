/**
 * Reads updates like Yjs does, but short plain words (ids, keys) without a text decoder, and short byte strings (ink) into
 * buffers they share: a large board has tens of thousands of either.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** Words longer than this go to the text decoder. */
const SHORT = 32
/** Bytes of a buffer for many; it stays as long as anything in it is held. What is longer than a quarter has its own. */
const SLAB = 4096

export class QuickDecoder extends Y.UpdateDecoderV1 {
  #slab = new Uint8Array()
  #used = 0

  override readBuf(): Uint8Array {
    const { restDecoder } = this
    const bytes = decoding.readVarUint8Array(restDecoder)
    const { length } = bytes
    if (length > SLAB / 4) return bytes.slice()
    if (this.#used + length > this.#slab.length) {
      // No more than what is still to come can need.
      this.#slab = new Uint8Array(Math.min(SLAB, length + restDecoder.arr.length - restDecoder.pos))
      this.#used = 0
    }
    const copy = this.#slab.subarray(this.#used, this.#used + length)
    copy.set(bytes)
    this.#used += length
    return copy
  }

  override readString(): string {
    const { arr, pos } = this.restDecoder
    const length = arr[pos] ?? SHORT
    const end = pos + 1 + length
    if (length >= SHORT || end > arr.length) return super.readString()
    let word = ''
    for (let i = pos + 1; i < end; i++) {
      const code = arr[i] ?? 0
      if (code > 127) return super.readString()
      word += String.fromCharCode(code)
    }
    this.restDecoder.pos = end
    return word
  }
}
