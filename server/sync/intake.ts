/** What one connection may send: how often, how much, and in how many pieces (SPEC-sync S4, S26, S28). */
import { Message } from '../../shared/protocol.ts'
import { Bucket } from './limits.ts'
import type { Limits } from './types.ts'

/** All presence messages a second, most of which are stock clients' echoes; own presence; live ink. */
const ECHO_RATE = 1000
const PRESENCE_RATE = 20
const INK_RATE = 60
/** Pieces of one message. */
const PIECES = 1024

export class Intake {
  readonly #ours: boolean
  readonly #most: number
  readonly #messages: Bucket
  readonly #bytes: Bucket
  #echoes: Bucket | null = null
  #moves: Bucket | null = null
  #ink: Bucket | null = null
  #pieces: Uint8Array[] = []
  #pieceBytes = 0

  constructor(limits: Limits, ours: boolean, now: number) {
    this.#ours = ours
    this.#most = limits.message
    this.#messages = new Bucket(limits.messageRate, limits.messageBurst, now)
    this.#bytes = new Bucket(limits.byteRate, limits.byteBurst, now)
  }

  /** `drop`: one more of what is not worth closing for. */
  weigh(bytes: Uint8Array, now: number): 'take' | 'drop' | 'tooFast' {
    const [type] = bytes
    if (type === Message.awareness) {
      this.#echoes ??= new Bucket(ECHO_RATE, 3 * ECHO_RATE, now)
      return this.#echoes.take(1, now) ? 'take' : 'drop'
    }
    if (type === Message.ink && this.#ours) {
      this.#ink ??= new Bucket(INK_RATE, 2 * INK_RATE, now)
      return this.#ink.take(1, now) ? 'take' : 'drop'
    }
    return this.#messages.take(1, now) && this.#bytes.take(bytes.length, now) ? 'take' : 'tooFast'
  }

  /** May it be pinged once more? */
  ping(now: number): boolean {
    return this.#messages.take(1, now)
  }

  /** May it say once more where its cursor is? */
  move(now: number): boolean {
    this.#moves ??= new Bucket(PRESENCE_RATE, 2 * PRESENCE_RATE, now)
    return this.#moves.take(1, now)
  }

  /** Adds a piece of a message; gives the whole message after the last one, `tooLarge`, or null. */
  piece(bytes: Uint8Array, more: boolean): Uint8Array | 'tooLarge' | null {
    this.#pieces.push(bytes.slice())
    this.#pieceBytes += bytes.length
    if (this.#pieceBytes > this.#most || this.#pieces.length > PIECES) return 'tooLarge'
    if (more) return null
    const whole = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#pieceBytes = 0
    return whole
  }
}
