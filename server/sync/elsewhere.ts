/** What rooms tell other servers (SPEC-bus BU30, BU40 to BU42). */
import type { Bus } from '../bus/types.ts'
import { MOST_HERE } from '../bus/wire.ts'
import type { DocumentName } from '../store/store.ts'
import type { Here } from './presence.ts'

export class Elsewhere {
  readonly #bus: Bus

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** Rows up to `to` are durable. */
  wrote(document: DocumentName, to: number): void {
    if (this.#bus.together) this.#bus.tell({ kind: 'wrote', document, to })
  }

  /** People of ours moved, came or went. */
  moved(document: DocumentName, here: readonly Here[]): void {
    if (!this.#bus.together) return
    const entries = here.map(({ state, ...one }) => ({ ...one, state: JSON.stringify(state) }))
    for (let at = 0; at < entries.length; at += MOST_HERE)
      this.#bus.tell({ kind: 'here', document, entries: entries.slice(at, at + MOST_HERE) })
  }

  /** Who is in it on other servers? */
  ask(document: DocumentName): void {
    if (this.#bus.together) this.#bus.tell({ kind: 'ask', document })
  }

  /** Somebody draws. */
  drew(document: DocumentName, client: number | undefined, bytes: Uint8Array): void {
    if (client !== undefined && this.#bus.together) this.#bus.tell({ kind: 'ink', document, client, bytes })
  }
}
