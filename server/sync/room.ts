/**
 * One open document: loads, takes writes, hands them to relay and journal, and lets go (SPEC-sync S7 to S9, S16 to S23,
 * S36). Its timers act on this object, never on a name; it leaves the map only by closing.
 */
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol.ts'
import type { Person, StoreState } from '../../shared/protocol.ts'
import type { LogRow } from '../store/store.ts'
import type { Connection } from './connection.ts'
import { buildDocument, loadOrCreate, rebuildDocument } from './document.ts'
import type { Hub } from './hub.ts'
import type { JournalRoom, Unsaved } from './journal-room.ts'
import { Ledger } from './ledger.ts'
import { LiveDocument } from './live-document.ts'
import type { Claim, Written } from './live-document.ts'
import { Owners } from './owners.ts'
import { Publication } from './publication.ts'
import { Relay } from './relay.ts'
import type { Receiver } from './relay.ts'
import { RoomPeople } from './room-people.ts'
import { RoomPresence } from './room-presence.ts'
import { Snapshots } from './snapshots.ts'
import { Tidier } from './tidier.ts'

/** Rows read at once from the log. */
const TAIL_ROWS = 1000

export type RoomState = 'loading' | 'open' | 'draining' | 'closed'

export class Room implements JournalRoom {
  readonly name: string
  readonly hub: Hub
  readonly connections = new Set<Connection>()
  readonly relay = new Relay(this.connections)
  readonly publication = new Publication(this.relay)
  readonly owners = new Owners()
  readonly ledger = new Ledger()
  readonly people: RoomPeople
  readonly snapshots: Snapshots
  state: RoomState = 'loading'
  /** Resolves when loading ended: true, or false for a document that does not exist. Rejects when it failed. */
  opened: Promise<boolean>
  /** The database's number of the document. */
  id = 0
  generation = ''
  store: StoreState = 'ok'
  /** Ms (monotonic) since nobody is here. */
  idleSince = performance.now()
  /** Joins and calls under way that must not lose the room. */
  holds = 0
  readonly presence: RoomPresence
  readonly #live: LiveDocument
  readonly #tidier: Tidier
  readonly #leaveMap: () => void
  #born = false

  constructor(name: string, create: boolean, hub: Hub, leaveMap: () => void) {
    this.name = name
    this.hub = hub
    this.#leaveMap = leaveMap
    this.#live = new LiveDocument(name, hub, this.owners, (bytes) => this.#recordOwn([bytes]))
    this.#tidier = new Tidier(name, hub.formats)
    this.people = new RoomPeople(this)
    this.presence = new RoomPresence(this.relay)
    this.snapshots = new Snapshots(this)
    this.opened = this.#load(create)
    this.opened.catch(() => {})
  }

  get doc(): Y.Doc {
    return this.#live.doc
  }

  /** Bytes of the document's state, or a little more. */
  get size(): number {
    return this.#live.size
  }

  async #load(create: boolean): Promise<boolean> {
    const start = performance.now()
    try {
      const found = await loadOrCreate(this.hub, this.name, create)
      if (!found) {
        this.#close()
        return false
      }
      const { stored } = found
      this.#born = found.made
      this.#live.adopt(buildDocument(stored))
      this.#live.size = stored.tail.reduce(
        (sum, row) => sum + row.bytes.length,
        stored.snapshot?.bytes.length ?? 0,
      )
      this.id = stored.id
      this.generation = stored.generation
      this.ledger.saved = stored.head
      for (const [client, author] of stored.clients) this.owners.bind(client, author)
      this.snapshots.loaded(stored)
      this.state = 'open'
      this.idleSince = performance.now()
      this.storeChanged()
      this.hub.observe('load', performance.now() - start)
      return true
    } catch (error) {
      this.hub.log.error('a document did not load', { document: this.name, error: String(error) })
      this.#close()
      throw error
    }
  }

  /** The document was made just now, and nobody heard of it yet: tells once, with who caused it. */
  announceBirth(by: Person | null): void {
    if (!this.#born) return
    this.#born = false
    this.hub.house.created(this.name, by)
  }

  // ---- writing

  /**
   * Takes a write of a connection that may write. `received` is monotonic ms.
   * @throws GuardError when the bytes must not reach Yjs
   */
  write(
    from: Receiver & { readonly person: Person },
    bytes: Uint8Array,
    received: number,
    claims: Claim,
  ): Written['verdict'] {
    const { author } = from.person
    const written = this.#live.write(bytes, author, from, claims)
    if (written.verdict === 'broken') {
      this.hub.log.warn('a document is rebuilt', { document: this.name, author, reason: written.reason })
      this.rebuild()
    } else if (written.verdict === 'applied') {
      this.#record(written.updates, author, from, received, written.fresh)
      if (written.formats) this.#tidier.due()
    }
    return written.verdict
  }

  /** Runs server code on the document; what it writes is the system's (S23). */
  use<T>(run: (doc: Y.Doc) => T): T {
    return this.#live.use(run, (updates) => this.#recordOwn(updates))
  }

  #recordOwn(updates: readonly Uint8Array[]): void {
    this.#record(updates, SYSTEM_AUTHOR, null, performance.now(), this.#live.freshOwn())
  }

  /** New updates become rows and go to the others. */
  #record(
    updates: readonly Uint8Array[],
    author: string,
    from: Receiver | null,
    received: number,
    fresh: readonly number[],
  ): void {
    if (updates.length === 0) return
    for (const [index, bytes] of updates.entries()) {
      const row: LogRow = { document: this.id, seq: this.ledger.head + 1, author, time: Date.now(), bytes }
      if (index === 0 && fresh.length > 0) row.clients = fresh
      this.ledger.add(row, received)
      this.snapshots.add(bytes.length)
      // Without a database people must see each other all the same (S33).
      this.publication.publish(row, from, this.store === 'ok')
      this.hub.journal.add(this, bytes.length)
    }
    if (fresh.length > 0) this.#bind(fresh, author)
    this.storeChanged()
  }

  /** Tells what waited for its commit, and answers who asked meanwhile. */
  #release(saved: number): void {
    if (!this.publication.release(saved)) return
    const now = performance.now()
    for (const connection of this.connections) connection.answer(now)
  }

  #bind(clients: readonly number[], author: string): void {
    for (const client of clients) this.owners.bind(client, author)
    this.relay.tell({ type: 'clients', clients: { [author]: [...clients] } })
    this.people.wrote(author)
  }

  // ---- the journal's side

  get unsaved(): readonly Unsaved[] {
    return this.ledger.rows
  }

  get unsavedBytes(): number {
    return this.ledger.bytes
  }

  get due(): number {
    return this.relay.due
  }

  committed(count: number): void {
    const bytes = this.ledger.commit(count, (ms) => this.hub.observe('ack', ms))
    this.hub.journal.left(count, bytes)
    this.#release(this.ledger.saved)
    if (this.store !== 'ok') this.storeChanged()
    this.snapshots.committed()
    this.hub.house.changed(this.name)
  }

  async readTail(): Promise<void> {
    for (;;) {
      const rows = await this.hub.store.rows(this.id, this.ledger.saved, TAIL_ROWS)
      if (this.#closed()) return
      for (const row of rows) {
        if (this.ledger.isFirst(row)) this.committed(1)
        else if (row.seq > this.ledger.saved) this.#takeRow(row)
      }
      if (rows.length < TAIL_ROWS) return
    }
  }

  /** A row another server wrote (S35). */
  #takeRow(row: LogRow): void {
    this.ledger.renumber(row.seq)
    this.snapshots.renumbered()
    const updates = this.#live.take(row.bytes)
    if (!updates) this.rebuild()
    for (const bytes of updates ?? []) {
      this.snapshots.add(bytes.length)
      this.publication.tell(bytes, null)
    }
    const fresh = (row.clients ?? []).filter((client) => !this.owners.bound.has(client))
    if (fresh.length > 0) this.#bind(fresh, row.author)
  }

  storeChanged(): void {
    const store = this.hub.journal.stateOf(this)
    if (store === this.store || this.state === 'closed') return
    const before = this.store
    this.store = store
    this.relay.tell({ type: 'store', store })
    if (store !== 'ok') this.#release(Infinity)
    if (before === 'readonly') for (const connection of this.connections) connection.askAgain()
  }

  // ---- who is here

  join(connection: Connection): void {
    const first = !this.#isHere(connection.person.author)
    this.connections.add(connection)
    if (first) this.hub.house.joined(this.name, connection.person, connection.speaker(this.name))
  }

  #isHere(author: string): boolean {
    for (const { person } of this.connections) if (person.author === author) return true
    return false
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return
    if (connection.client !== undefined) this.owners.withdraw(connection.client)
    this.presence.leave(connection)
    if (this.connections.size === 0) this.idleSince = performance.now()
    if (!this.#isHere(connection.person.author)) this.hub.house.left(this.name, connection.person)
  }

  /** A connection says it writes under this id; false when the id is another's. */
  announce(client: number, author: string): boolean {
    return client !== this.doc.clientID && this.owners.announce(client, author)
  }

  /** Takes an awareness message. @throws GuardError */
  hear(from: Connection, body: Uint8Array): void {
    const before = from.client
    const { author } = from.person
    this.presence.hear(from, body, (client) => {
      const owner = this.#live.owner(client)
      return owner === undefined || owner === author
    })
    if (from.client !== undefined && before === undefined) this.announce(from.client, author)
  }

  /** A person has another name or colour. */
  renamed(person: Person): void {
    let here = false
    for (const connection of this.connections) {
      if (connection.person.author !== person.author) continue
      connection.person = person
      here = true
    }
    if (here || this.people.knows(person.author)) this.people.here(person)
    if (here) this.presence.rename(person)
  }

  /** The welcome's shared part as JSON members, without braces. */
  welcomeJson(): string {
    return `"v":${PROTOCOL_VERSION},"generation":${JSON.stringify(this.generation)},${this.people.json()},"store":"${this.store}"`
  }

  // ---- rebuilding and closing

  /** Throws the document away and makes it again from the log and what is not committed yet (S21). */
  rebuild(): void {
    if (this.state === 'loading' || this.state === 'closed') return
    this.hub.counters.reloads++
    this.state = 'loading'
    this.publication.drop()
    this.opened = this.#rebuild()
    this.opened.catch(() => {})
  }

  async #rebuild(): Promise<boolean> {
    const doc = await rebuildDocument(this.hub, this.name, this.ledger, () => this.#closed())
    if (!doc) return false
    this.#live.adopt(doc)
    this.state = 'open'
    for (const connection of this.connections) connection.rebuilt()
    return true
  }

  #closed(): boolean {
    return this.state === 'closed'
  }

  /** Called about four times a second. */
  sweep(now: number): void {
    if (this.state !== 'open') return
    if (this.store !== 'readonly') this.#tidier.sweep(now, (run) => this.use(run))
    this.publication.sweep(now)
    this.presence.sweep()
  }

  /** Nobody needs it now. */
  get unused(): boolean {
    return (
      (this.state === 'open' || this.state === 'draining') &&
      this.connections.size === 0 &&
      this.holds === 0 &&
      this.ledger.rows.length === 0
    )
  }

  /** Closes a room nobody needs: snapshot when due, then out of the map unless somebody came meanwhile (S36). */
  async unload(): Promise<void> {
    if (!this.unused || this.state !== 'open') return
    this.state = 'draining'
    await this.snapshots.atUnload()
    if (this.state !== 'draining') return
    if (this.unused) this.#close()
    else this.state = 'open'
  }

  /** Closes for good; connections are told `code`. Unsaved rows are given up: only when the document is gone, or we are. */
  end(code: number, reason: string): void {
    for (const connection of this.connections) connection.close(code, reason)
    this.hub.journal.forget(this)
    this.ledger.clear()
    this.#close()
  }

  #close(): void {
    this.state = 'closed'
    this.relay.stop()
    this.publication.drop()
    this.#live.destroy()
    this.#leaveMap()
  }
}
