/** Reads updates like Yjs does, but short plain words (ids, keys) without a text decoder: a large board has tens of thousands. */
import * as Y from 'yjs'

/** Words longer than this go to the text decoder. */
const SHORT = 32

export class QuickDecoder extends Y.UpdateDecoderV1 {
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
