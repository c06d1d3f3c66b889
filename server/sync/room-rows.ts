/**
 * A room's edits on their way into the log: written down, told after their commit, followed by what other servers wrote
 * (SPEC-sync S17, S18, S33 to S35).
 */
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { StoreState } from '../../shared/protocol.ts'
import type { LogRow, StoredDocument } from '../store/store.ts'
import type { Hub } from './hub.ts'
import type { JournalRoom, Unsaved } from './journal-room.ts'
import { Ledger } from './ledger.ts'
import type { LiveDocument } from './live-document.ts'
import type { Member } from './member.ts'
import type { Owners } from './owners.ts'
import { Publication } from './publication.ts'
import type { Receiver, Relay } from './relay.ts'
import { Snapshots } from './snapshots.ts'

/** Rows read at once from the log. */
const TAIL_ROWS = 1000

/** The room the rows belong to. */
export interface Home {
  readonly name: string
  readonly hub: Hub
  readonly connections: ReadonlySet<Member>
  readonly relay: Relay
  readonly owners: Owners
  readonly live: LiveDocument
  readonly closed: boolean
  /** An author wrote here for the first time. */
  wrote(author: string): void
  /** The document is broken and has to be made again. */
  rebuild(): void
}

export class RoomRows implements JournalRoom {
  readonly ledger = new Ledger()
  readonly publication: Publication
  readonly snapshots: Snapshots
  store: StoreState = 'ok'
  /** The database's number of the document; 0 before it is loaded. */
  id = 0
  readonly #home: Home

  constructor(home: Home) {
    this.#home = home
    this.publication = new Publication(home.relay)
    this.snapshots = new Snapshots({ name: home.name, hub: home.hub, rows: this, live: home.live })
  }

  get name(): string {
    return this.#home.name
  }

  /** The document stands as it was stored. */
  loaded(stored: StoredDocument): void {
    this.id = stored.id
    this.ledger.saved = stored.head
    for (const [client, author] of stored.clients) this.#home.owners.bind(client, author)
    this.snapshots.loaded(stored)
  }

  /** New updates of `from`, null for the server, become rows; `fresh` ids are the author's from now on. */
  record(
    updates: readonly Uint8Array[],
    author: string,
    from: Receiver | null,
    received: number,
    fresh: readonly number[],
  ): void {
    if (updates.length === 0) return
    const { journal } = this.#home.hub
    for (const [index, bytes] of updates.entries()) {
      const row: LogRow = { document: this.id, seq: this.ledger.head + 1, author, time: Date.now(), bytes }
      if (index === 0 && fresh.length > 0) row.clients = fresh
      this.ledger.add(row, received)
      this.snapshots.add(bytes.length)
      // Without a database people must see each other all the same (S33).
      this.publication.publish(row, from, this.store === 'ok')
      journal.add(this, bytes.length)
    }
    if (fresh.length > 0) this.#bind(fresh, author)
    this.storeChanged()
  }

  /** What server code wrote (S23). */
  recordOwn(updates: readonly Uint8Array[]): void {
    this.record(updates, SYSTEM_AUTHOR, null, performance.now(), this.#home.live.freshOwn())
  }

  #bind(clients: readonly number[], author: string): void {
    const { owners, relay } = this.#home
    for (const client of clients) owners.bind(client, author)
    relay.tell({ type: 'clients', clients: { [author]: [...clients] } })
    this.#home.wrote(author)
  }

  // ---- the journal's side

  get unsaved(): readonly Unsaved[] {
    return this.ledger.rows
  }

  get unsavedBytes(): number {
    return this.ledger.bytes
  }

  get due(): number {
    return this.#home.relay.due
  }

  committed(count: number): void {
    const { hub, name } = this.#home
    const bytes = this.ledger.commit(count, (ms) => hub.observe('ack', ms))
    hub.elsewhere.wrote(name, this.ledger.saved)
    hub.journal.left(count, bytes)
    this.#release(this.ledger.saved)
    if (this.store !== 'ok') this.storeChanged()
    this.snapshots.committed()
    hub.house.changed(name)
  }

  /** Tells what waited for its commit, and answers who asked meanwhile. */
  #release(saved: number): void {
    if (!this.publication.release(saved)) return
    const now = performance.now()
    for (const connection of this.#home.connections) connection.answer(now)
  }

  async readTail(): Promise<void> {
    for (;;) {
      const rows = await this.#home.hub.store.rows(this.id, this.ledger.saved, TAIL_ROWS)
      if (this.#home.closed) return
      for (const row of rows) {
        if (this.ledger.isFirst(row)) this.committed(1)
        else if (row.seq > this.ledger.saved) this.#takeRow(row)
      }
      if (rows.length < TAIL_ROWS) return
    }
  }

  /** A row another server wrote (S35). */
  #takeRow(row: LogRow): void {
    const { live, owners } = this.#home
    this.ledger.renumber(row.seq)
    this.snapshots.renumbered()
    const updates = live.take(row.bytes)
    if (!updates) this.#home.rebuild()
    for (const bytes of updates ?? []) {
      this.snapshots.add(bytes.length)
      this.publication.tell(bytes, null)
    }
    const fresh = (row.clients ?? []).filter((client) => !owners.bound.has(client))
    if (fresh.length > 0) this.#bind(fresh, row.author)
  }

  storeChanged(): void {
    const store = this.#home.hub.journal.stateOf(this)
    if (store === this.store || this.#home.closed) return
    const before = this.store
    this.store = store
    this.#home.relay.tell({ type: 'store', store })
    if (store !== 'ok') this.#release(Infinity)
    if (before === 'readonly') for (const connection of this.#home.connections) connection.askAgain()
  }

  /** Unsaved rows are given up. */
  giveUp(): void {
    this.#home.hub.journal.forget(this)
    this.ledger.clear()
  }
}
