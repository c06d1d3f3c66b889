/** Which other servers are heard, and whether something of theirs was missed (BU5, BU6). */

/** Ms of silence after which a server counts as gone. */
const SILENCE = 5000
/** Ms for which a server that went is remembered, so that what it said before is not taken for new. */
const MEMORY = 60_000
/** Servers at once. */
const MOST = 64

/** What a frame of another server comes to. */
export type Verdict = 'new' | 'next' | 'gap' | 'old' | 'tooMany'

interface Peer {
  seq: number
  heard: number
  gone: boolean
}

export class Peers {
  readonly #peers = new Map<string, Peer>()
  readonly #now: () => number
  #here = 0

  /** `now` gives monotonic ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Servers that are there. */
  get count(): number {
    return this.#here
  }

  /** Notes a frame; `old` and `tooMany` are not to be taken. */
  note(node: string, seq: number): Verdict {
    const known = this.#peers.get(node)
    if (!known) {
      if (this.#peers.size >= MOST) return 'tooMany'
      this.#peers.set(node, { seq, heard: this.#now(), gone: false })
      this.#here++
      return 'new'
    }
    if (seq <= known.seq) return 'old'
    const verdict = known.gone ? 'new' : seq === known.seq + 1 ? 'next' : 'gap'
    if (known.gone) this.#here++
    known.gone = false
    known.seq = seq
    known.heard = this.#now()
    return verdict
  }

  /** The server went; false when it was not there. */
  leave(node: string): boolean {
    const known = this.#peers.get(node)
    if (!known || known.gone) return false
    known.gone = true
    this.#here--
    return true
  }

  /** Servers that were silent for too long: they are gone from now on. */
  sweep(): string[] {
    const now = this.#now()
    const silent: string[] = []
    for (const [node, peer] of this.#peers) {
      if (!peer.gone && now - peer.heard > SILENCE && this.leave(node)) silent.push(node)
      if (peer.gone && now - peer.heard > MEMORY) this.#peers.delete(node)
    }
    return silent
  }
}
