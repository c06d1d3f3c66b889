/** The answer to an empty state vector, made once for many joiners (SPEC-sync S22). */
import type * as Y from 'yjs'
import { wholeUpdate } from './whole-update.ts'
import type { Packet } from './wire.ts'

/** Ms after which an answer nobody asked for again is let go. */
const KEEP = 10_000
/** Ms an answer stays as it was made, edits since following it; and of each 4 KiB of it, as large ones cost more. */
const STAYS = 100

export class FullState {
  #state: Packet | null = null
  #tail: Packet[] = []
  #tailBytes = 0
  #used = 0
  #made = 0

  /** The whole document as a step 2, and the updates since; it takes about so many bytes. */
  get(doc: Y.Doc, now: number, bytes = 0): readonly Packet[] {
    this.#used = now
    if (!this.#state || this.#isOld(this.#state, now)) {
      this.#state = wholeUpdate(doc, bytes)
      this.#made = now
      this.#tail = []
      this.#tailBytes = 0
    }
    return this.#tail.length === 0 ? [this.#state] : [this.#state, ...this.#tail]
  }

  /** A page shows what came first before what follows, so what follows is to be little. */
  #isOld({ message }: Packet, now: number): boolean {
    if (this.#tail.length === 0) return false
    return (
      this.#tailBytes > Math.max(4096, message.length / 4) || now - this.#made > STAYS + message.length / 4096
    )
  }

  /** An update was applied. */
  add(update: Packet): void {
    if (!this.#state) return
    this.#tail.push(update)
    this.#tailBytes += update.message.length
    if (this.#tailBytes > this.#state.message.length + 4096) this.drop()
  }

  /** Lets go of an answer that was not wanted for a while. */
  sweep(now: number): void {
    if (now - this.#used > KEEP) this.drop()
  }

  drop(): void {
    this.#state = null
    this.#tail = []
    this.#tailBytes = 0
  }
}
