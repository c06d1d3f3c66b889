/** Messages that came before a document was open, in their order and bounded (SPEC-sync S5). */
const FRAMES = 64
const BYTES = 1024 * 1024

export class Waiting {
  readonly messages: Uint8Array[] = []
  readonly #most: number
  #bytes = 0

  /** `message`: bytes of the largest message. */
  constructor(message: number) {
    this.#most = BYTES + message
  }

  /** False when it is too much; then it is not kept. */
  add(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length
    if (this.messages.length >= FRAMES || this.#bytes > this.#most) return false
    this.messages.push(bytes)
    return true
  }
}
