/**
 * A room's Y.Doc with its one listener (SPEC-sync S16, S21): every write goes through here, and what the document
 * reports while a write is under way counts only once the write ended well.
 */
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { admit } from './guard/admit.ts'
import type { View } from './guard/admit.ts'
import { applyGuarded } from './guard/apply.ts'
import { BOARD_LIMITS, TEXT_LIMITS } from './guard/limits.ts'
import type { GuardLimits } from './guard/limits.ts'
import { scanUpdate } from './guard/scan.ts'
import { findWrongShape } from './guard/shapes.ts'
import { findWrongTable } from './guard/tables.ts'
import { watchVotes } from './guard/votes.ts'
import { documentView } from './guard/view.ts'
import type { Hub } from './hub.ts'
import type { Owners } from './owners.ts'

/** Client ids nobody owns that one update may bring: an offline copy many wrote in, such as after a restore. */
const FRESH_PER_UPDATE = 256
/** Ms between two looks at the real size of a document that seems full. */
const SIZE_LOOK = 10_000

/** Writes that cannot be taken, now or later. */
export type Refused = 'foreign' | 'tooMany' | 'tooLarge' | 'broken'

/** What became of a write; after `gap` and `later` the same may be taken another time. */
export type Written =
  | { verdict: 'applied'; updates: readonly Uint8Array[]; fresh: readonly number[]; formats: boolean }
  | { verdict: 'known' | 'gap' | 'later' | Exclude<Refused, 'broken'> }
  | { verdict: 'broken'; reason: string }

/** Of client ids nobody owns, those that are the writer's (S14). */
export type Claim = (unowned: readonly number[]) => readonly number[]

export class LiveDocument {
  doc = new Y.Doc()
  /** An estimate of the encoded state's bytes, never too small for long. */
  size = 0
  readonly guard: GuardLimits
  readonly #hub: Hub
  readonly #owners: Owners
  #heard: Uint8Array[] | null = null
  #sizeAt = -Infinity
  #view: View
  readonly #stray: (bytes: Uint8Array) => void

  /** `stray` gets what server code wrote outside of {@link LiveDocument.use}. */
  constructor(name: string, hub: Hub, owners: Owners, stray: (bytes: Uint8Array) => void) {
    this.#hub = hub
    this.#owners = owners
    this.#stray = stray
    this.guard = name.startsWith('b/') ? BOARD_LIMITS : TEXT_LIMITS
    this.#view = this.#viewOf(this.doc)
  }

  #viewOf(doc: Y.Doc): View {
    return documentView(
      doc,
      (client) => this.owner(client),
      (client) => this.#owners.bound.has(client),
    )
  }

  /** Takes over a loaded document. The listener never throws: that would end the document's events for good. */
  adopt(doc: Y.Doc): void {
    this.doc.destroy()
    this.doc = doc
    this.#view = this.#viewOf(doc)
    // Yjs tidies format marks after a write by writing deletions of its own. Those would count as the writer's, who
    // would never get them (S18) and end with other formats than everybody else. We tidy ourselves (tidier.ts).
    doc.on('afterTransaction', (transaction) => {
      transaction._needFormattingCleanup = false
    })
    doc.on('update', (bytes: Uint8Array) => {
      if (doc !== this.doc) return
      try {
        if (this.#heard) this.#heard.push(bytes)
        else this.#stray(bytes)
      } catch (error) {
        this.#hub.log.error('an update was not recorded', { error: String(error) })
      }
    })
  }

  /** Whose an id is; our own is the system's. */
  owner(client: number): string | undefined {
    return client === this.doc.clientID ? SYSTEM_AUTHOR : this.#owners.of(client)
  }

  /** Our own client id, when it wrote and is not bound yet. */
  freshOwn(): number[] {
    const own = this.doc.clientID
    return this.#owners.bound.has(own) || Y.getState(this.doc.store, own) === 0 ? [] : [own]
  }

  /** A write of `author`. @throws GuardError when the bytes must not reach Yjs */
  write(bytes: Uint8Array, author: string, origin: unknown, claims: Claim): Written {
    const scan = scanUpdate(bytes, this.guard)
    const { clientsPerDocument } = this.#hub.limits
    const admission = admit(scan, this.#view, author, {
      clientsPerDocument,
      freshPerUpdate: FRESH_PER_UPDATE,
      claims,
    })
    if (admission.verdict === 'full') return { verdict: 'tooMany' }
    if (admission.verdict !== 'apply') return { verdict: admission.verdict }
    const news = admission.fresh.length + admission.unowned.length
    if (news > 0) {
      const may = this.#owners.mayBring(author, news, clientsPerDocument, performance.now())
      if (may !== 'yes') return { verdict: may === 'later' ? 'later' : 'tooMany' }
    }
    if (scan.structs > 0 && this.#tooLarge(bytes.length)) return { verdict: 'tooLarge' }
    const checkVotes = this.guard === BOARD_LIMITS ? watchVotes(this.doc) : undefined
    const updates: Uint8Array[] = []
    this.#heard = updates
    const applied = applyGuarded(this.doc, bytes, origin, { scan, limits: this.guard })
    this.#heard = null
    if (!applied.ok) return { verdict: 'broken', reason: describe(applied.reason, applied.error) }
    const owner = (client: number): string | undefined =>
      admission.fresh.includes(client) ? author : this.owner(client)
    const wrong = checkVotes
      ? (findWrongShape(this.doc, scan) ?? checkVotes(scan, { author, owner }))
      : findWrongTable(this.doc, scan)
    if (wrong !== undefined) return { verdict: 'broken', reason: wrong }
    if (updates.length === 0) return { verdict: 'known' }
    for (const update of updates) this.size += update.length
    return {
      verdict: 'applied',
      updates,
      fresh: admission.fresh,
      formats: scan.formats || scan.deletes.length > 0,
    }
  }

  /** A row of the log that another server wrote; null when the document is broken now. */
  take(bytes: Uint8Array): readonly Uint8Array[] | null {
    const updates: Uint8Array[] = []
    this.#heard = updates
    const applied = applyGuarded(this.doc, bytes, 'log')
    this.#heard = null
    return applied.ok || applied.reason === 'pending' ? updates : null
  }

  /** Runs server code; `done` gets what it wrote, also when it throws. */
  use<T>(run: (doc: Y.Doc) => T, done: (updates: readonly Uint8Array[]) => void): T {
    const updates: Uint8Array[] = []
    this.#heard = updates
    try {
      return run(this.doc)
    } finally {
      this.#heard = null
      for (const update of updates) this.size += update.length
      done(updates)
    }
  }

  #tooLarge(bytes: number): boolean {
    const { document } = this.#hub.limits
    if (this.size + bytes <= document) return false
    const now = performance.now()
    if (now - this.#sizeAt > SIZE_LOOK) {
      this.#sizeAt = now
      this.size = Y.encodeStateAsUpdate(this.doc).length
    }
    return this.size + bytes > document
  }

  destroy(): void {
    this.doc.destroy()
  }
}

function describe(reason: string, error: unknown): string {
  return error instanceof Error ? `${reason}: ${error.message}` : reason
}
