/**
 * One open document: loads, takes writes, hands them to relay and journal, and lets go (SPEC-sync S7 to S9, S16 to S23,
 * S36). Its timers act on this object, never on a name; it leaves the map only by closing.
 */
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol.ts'
import type { Person, StoreState } from '../../shared/protocol.ts'
import { tidy } from '../../shared/text/tidy.ts'
import type { LogRow } from '../store/store.ts'
import type { Connection } from './connection.ts'
import { buildDocument, loadOrCreate, ownersOf } from './document.ts'
import { FullState } from './full-state.ts'
import { admit } from './guard/admit.ts'
import { applyGuarded } from './guard/apply.ts'
import { BOARD_LIMITS, TEXT_LIMITS } from './guard/limits.ts'
import type { GuardLimits } from './guard/limits.ts'
import { scanUpdate } from './guard/scan.ts'
import { documentView } from './guard/view.ts'
import { reject } from './hub.ts'
import type { Hub } from './hub.ts'
import type { JournalRoom, Unsaved } from './journal.ts'
import { Presence } from './presence.ts'
import { Relay } from './relay.ts'
import { RoomPeople } from './room-people.ts'
import { Snapshots } from './snapshots.ts'
import { Batch, packet } from './wire.ts'

/** Rows read at once from the log. */
const TAIL_ROWS = 1000
const REBUILD_RETRY = 1000
/** Ms between two looks for formats to tidy, and how many times the last look's duration. */
const TIDY_EVERY = 500
const TIDY_SHARE = 50

export type RoomState = 'loading' | 'open' | 'draining' | 'closed'

/** What became of a write. */
export type Written = 'applied' | 'known' | 'gap' | 'foreign' | 'tooMany' | 'tooLarge' | 'broken'

interface Waiting extends Unsaved {
  /** Connections to acknowledge after the commit, and up to which of their writes. */
  acks: { connection: Connection; upTo: number }[]
  /** Server code that waits for it. */
  settled?: () => void
}

export class Room implements JournalRoom {
  readonly name: string
  readonly hub: Hub
  readonly connections = new Set<Connection>()
  readonly relay = new Relay(this.connections)
  readonly full = new FullState()
  readonly people: RoomPeople
  readonly snapshots: Snapshots
  state: RoomState = 'loading'
  /** Resolves when loading ended: true, or false for a document that does not exist. Rejects when it failed. */
  opened: Promise<boolean>
  generation = ''
  store: StoreState = 'ok'
  unsaved: Waiting[] = []
  unsavedBytes = 0
  /** Ms (monotonic) since nobody is here. */
  idleSince = performance.now()
  /** Joins and calls under way that must not lose the room. */
  holds = 0
  presence: Presence | null = null
  #doc = new Y.Doc()
  #id = 0
  /** Last durable seq. */
  #saved = 0
  #clients = new Map<number, string>()
  #announced: Map<number, { author: string; count: number }> | null = null
  /** What the document's listener heard during the write under way; null outside of one. */
  #heard: Uint8Array[] | null = null
  readonly #guard: GuardLimits
  #size = 0
  #sizeChecked = 0
  #tidyAt = 0
  #tidyDue = false
  readonly #leaveMap: () => void

  constructor(name: string, create: boolean, hub: Hub, leaveMap: () => void) {
    this.name = name
    this.hub = hub
    this.#leaveMap = leaveMap
    this.#guard = name.startsWith('b/') ? BOARD_LIMITS : TEXT_LIMITS
    this.people = new RoomPeople(this)
    this.snapshots = new Snapshots(this)
    this.opened = this.#load(create)
    this.opened.catch(() => {})
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  get id(): number {
    return this.#id
  }

  /** Last durable seq. */
  get savedSeq(): number {
    return this.#saved
  }

  /** Whose the client ids here are. */
  get clients(): ReadonlyMap<number, string> {
    return this.#clients
  }

  async #load(create: boolean): Promise<boolean> {
    const start = performance.now()
    try {
      const stored = await loadOrCreate(this.hub, this.name, create)
      if (!stored) {
        this.#close()
        return false
      }
      this.#adopt(buildDocument(stored))
      this.#id = stored.id
      this.generation = stored.generation
      this.#saved = stored.head
      this.#clients = new Map(stored.clients)
      this.snapshots.loaded(stored)
      this.#size = sizeOf(stored)
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

  /** The one listener of the document; it must never throw. */
  #adopt(doc: Y.Doc): void {
    this.#doc = doc
    doc.on('update', (bytes: Uint8Array) => {
      if (doc !== this.#doc) return
      try {
        if (this.#heard) this.#heard.push(bytes)
        else this.#record([bytes], SYSTEM_AUTHOR, null, performance.now(), this.#freshOwn())
      } catch (error) {
        this.hub.log.error('an update was not recorded', { document: this.name, error: String(error) })
      }
    })
  }

  /** Our own client id, when it is not bound yet. */
  #freshOwn(): number[] {
    const own = this.#doc.clientID
    return this.#clients.has(own) || Y.getState(this.#doc.store, own) === 0 ? [] : [own]
  }

  /** Whose an id is, bound or announced by a connection that is here. */
  owner(client: number): string | undefined {
    if (client === this.#doc.clientID) return SYSTEM_AUTHOR
    return this.#clients.get(client) ?? this.#announced?.get(client)?.author
  }

  /** A connection says it writes under this id; false when the id is another's. */
  announce(client: number, author: string): boolean {
    const owner = this.owner(client)
    if (owner !== undefined && owner !== author) return false
    this.#announced ??= new Map()
    const count = this.#announced.get(client)?.count ?? 0
    this.#announced.set(client, { author, count: count + 1 })
    return true
  }

  withdraw(client: number): void {
    const announced = this.#announced?.get(client)
    if (announced && --announced.count <= 0) this.#announced?.delete(client)
  }

  /**
   * Takes a write of a connection that may write. `received` is monotonic ms.
   * @throws GuardError when the bytes must not reach Yjs
   */
  write(from: Connection, bytes: Uint8Array, received: number): Written {
    const scan = scanUpdate(bytes, this.#guard)
    const author = from.person.author
    const admission = admit(
      scan,
      documentView(this.#doc, (client) => this.owner(client)),
      author,
      {
        clientsPerDocument: this.hub.limits.clientsPerDocument,
        freshPerUpdate: FRESH_PER_UPDATE,
      },
    )
    if (admission.verdict === 'full') return 'tooMany'
    if (admission.verdict !== 'apply') return admission.verdict
    if (scan.structs > 0 && this.#tooLarge(bytes.length)) return 'tooLarge'
    const heard: Uint8Array[] = []
    this.#heard = heard
    const applied = applyGuarded(this.#doc, bytes, from, { scan, limits: this.#guard })
    this.#heard = null
    if (!applied.ok) {
      this.hub.log.warn('a document is rebuilt after a bad update', {
        document: this.name,
        author,
        reason: applied.reason,
        error: applied.error === undefined ? undefined : String(applied.error),
      })
      this.rebuild()
      return 'broken'
    }
    const fresh = admission.fresh.filter((client) => !this.#clients.has(client))
    this.#record(heard, author, from, received, fresh)
    if (scan.formats || scan.deletes.length > 0) this.#tidyLater()
    return heard.length > 0 ? 'applied' : 'known'
  }

  /** Runs server code on the document; what it writes is the system's. */
  use<T>(run: (doc: Y.Doc) => T): T {
    const heard: Uint8Array[] = []
    this.#heard = heard
    try {
      return run(this.#doc)
    } finally {
      this.#heard = null
      this.#record(heard, SYSTEM_AUTHOR, null, performance.now(), this.#freshOwn())
    }
  }

  /** New updates become rows and go to the others. */
  #record(
    updates: readonly Uint8Array[],
    author: string,
    from: Connection | null,
    received: number,
    fresh: readonly number[],
  ): void {
    let clients = fresh
    for (const bytes of updates) {
      const seq = this.#saved + this.unsaved.length + 1
      const row: LogRow = { document: this.#id, seq, author, time: Date.now(), bytes }
      if (clients.length > 0) row.clients = clients
      clients = []
      this.unsaved.push({ row, received, acks: [] })
      this.unsavedBytes += bytes.length
      this.#size += bytes.length
      this.#applied(bytes, from)
      this.hub.journal.add(this, bytes.length)
    }
    if (fresh.length > 0 && updates.length > 0) this.#bind(fresh, author)
    if (updates.length > 0) this.storeChanged()
  }

  #applied(bytes: Uint8Array, from: Connection | null): void {
    this.full.add(this.relay.add(bytes, from))
    this.snapshots.add(bytes.length)
  }

  #bind(clients: readonly number[], author: string): void {
    for (const client of clients) this.#clients.set(client, author)
    this.relay.tell({ type: 'clients', clients: { [author]: [...clients] } })
    this.people.wrote(author)
  }

  #tooLarge(bytes: number): boolean {
    const { document } = this.hub.limits
    if (this.#size + bytes <= document) return false
    const now = performance.now()
    if (now - this.#sizeChecked > 10_000) {
      this.#sizeChecked = now
      this.#size = Y.encodeStateAsUpdate(this.#doc).length
    }
    return this.#size + bytes > document
  }

  /** `n` writes of the connection are durable once everything that is unsaved now is. */
  acknowledge(connection: Connection, n: number): void {
    const last = this.unsaved.at(-1)
    if (!last) {
      connection.durable(n)
      return
    }
    const ack = last.acks.at(-1)
    if (ack?.connection === connection) ack.upTo = n
    else last.acks.push({ connection, upTo: n })
  }

  /** Waits at most `ms` until everything unsaved now is durable; says whether it is. */
  async durable(ms: number): Promise<boolean> {
    const last = this.unsaved.at(-1)
    if (!last) return true
    const before = last.settled
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), ms)
      last.settled = () => {
        before?.()
        clearTimeout(timer)
        done(true)
      }
    })
  }

  // ---- the journal's side

  committed(count: number): void {
    const rows = this.unsaved.splice(0, count)
    const now = performance.now()
    let bytes = 0
    const done = new Map<Connection, number>()
    for (const { row, received, acks, settled } of rows) {
      bytes += row.bytes.length
      settled?.()
      for (const { connection, upTo } of acks) done.set(connection, upTo)
      this.hub.observe('ack', now - received)
    }
    this.#saved += rows.length
    this.unsavedBytes -= bytes
    this.hub.journal.left(rows.length, bytes)
    for (const [connection, upTo] of done) connection.durable(upTo)
    if (this.store !== 'ok') this.storeChanged()
    this.snapshots.committed()
  }

  async readTail(): Promise<void> {
    for (;;) {
      const rows = await this.hub.store.rows(this.#id, this.#saved, TAIL_ROWS)
      if (this.state === 'closed') return
      let foreign = 0
      for (const row of rows) {
        const mine = this.unsaved[0]?.row
        if (mine && foreign === 0 && sameRow(mine, row)) {
          this.committed(1)
          continue
        }
        foreign++
        this.#saved = row.seq
        this.#takeRow(row)
      }
      if (foreign > 0) this.#renumber()
      if (rows.length < TAIL_ROWS) return
    }
  }

  /** A row another server wrote. */
  #takeRow(row: LogRow): void {
    const heard: Uint8Array[] = []
    this.#heard = heard
    const applied = applyGuarded(this.#doc, row.bytes, 'log')
    this.#heard = null
    if (!applied.ok && applied.reason !== 'pending') this.rebuild()
    for (const bytes of heard) this.#applied(bytes, null)
    const fresh = (row.clients ?? ownersOf(row.bytes, this.#guard)).filter(
      (client) => !this.#clients.has(client),
    )
    if (fresh.length > 0) this.#bind(fresh, row.author)
  }

  #renumber(): void {
    this.snapshots.renumbered()
    for (const [index, { row }] of this.unsaved.entries()) row.seq = this.#saved + index + 1
  }

  storeChanged(): void {
    const store = this.hub.journal.stateOf(this)
    if (store === this.store || this.state === 'closed') return
    const before = this.store
    this.store = store
    this.relay.tell({ type: 'store', store })
    if (before === 'readonly') for (const connection of this.connections) connection.askAgain()
  }

  // ---- presence

  /** Takes an awareness message. @throws GuardError */
  hear(from: Connection, body: Uint8Array): void {
    const announced = from.client
    this.presence ??= new Presence()
    const changed = this.presence.take(from, body, (client) => {
      const owner = this.owner(client)
      return owner === undefined || owner === from.person.author
    })
    if (from.client !== undefined && from.client !== announced) this.announce(from.client, from.person.author)
    if (changed) this.relay.presenceChanged(() => this.presence)
  }

  /** Live ink goes to the others' own clients at once and is kept nowhere. */
  ink(from: Connection, message: Uint8Array): void {
    const batch = new Batch([packet(message)])
    for (const connection of this.connections)
      if (connection !== from && connection.ours) connection.deliverPresence(batch)
  }

  // ---- who is here

  renamed(person: Person): void {
    let here = false
    for (const connection of this.connections) {
      if (connection.person.author !== person.author) continue
      connection.person = person
      here = true
    }
    if (here || this.people.knows(person.author)) this.people.here(person)
    if (here && this.presence?.rename(person)) this.relay.presenceChanged(() => this.presence)
  }

  join(connection: Connection): void {
    this.connections.add(connection)
    this.state = 'open'
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return
    if (connection.client !== undefined) this.withdraw(connection.client)
    if (this.presence?.leave(connection)) this.relay.presenceChanged(() => this.presence)
    if (this.connections.size === 0) this.idleSince = performance.now()
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
    this.full.drop()
    this.#doc.destroy()
    this.opened = this.#rebuild()
    this.opened.catch(() => {})
  }

  async #rebuild(): Promise<boolean> {
    for (;;) {
      if (this.#closed()) return false
      try {
        const stored = await this.hub.store.load(this.name)
        if (this.#closed()) return false
        if (!stored) throw new Error('the document is gone')
        const doc = buildDocument(stored)
        for (const { row } of this.unsaved) Y.applyUpdate(doc, row.bytes, 'log')
        this.#adopt(doc)
        for (const [client, author] of stored.clients) this.#clients.set(client, author)
        this.state = 'open'
        for (const connection of this.connections) connection.resume()
        return true
      } catch (error) {
        this.hub.log.error('a document could not be rebuilt yet', {
          document: this.name,
          error: String(error),
        })
        await new Promise((done) => {
          setTimeout(done, REBUILD_RETRY)
        })
      }
    }
  }

  #closed(): boolean {
    return this.state === 'closed'
  }

  #tidyLater(): void {
    this.#tidyDue = this.name.startsWith('p/')
  }

  /** Called about four times a second. */
  sweep(now: number): void {
    if (this.state !== 'open') return
    if (this.#tidyDue && now >= this.#tidyAt && this.store !== 'readonly') {
      this.#tidyDue = false
      this.use((doc) => tidy(doc.getText('text')))
      const took = performance.now() - now
      this.#tidyAt = now + Math.max(TIDY_EVERY, took * TIDY_SHARE)
    }
    this.full.sweep(now)
    if (this.presence && !this.presence.sweep(Date.now())) this.presence = null
  }

  /** Nobody needs it now. */
  get unused(): boolean {
    return (
      this.state === 'open' && this.connections.size === 0 && this.holds === 0 && this.unsaved.length === 0
    )
  }

  /** Closes a room nobody needs: snapshot when due, then out of the map unless somebody came meanwhile (S36). */
  async unload(): Promise<void> {
    if (!this.unused) return
    this.state = 'draining'
    await this.snapshots.atUnload()
    if (
      this.state === 'draining' &&
      this.connections.size === 0 &&
      this.holds === 0 &&
      this.unsaved.length === 0
    )
      this.#close()
    else if (this.state === 'draining') this.state = 'open'
  }

  /** Closes for good; connections are told `code`. Unsaved rows are given up: only for a document that is gone. */
  end(code: number, reason: string): void {
    for (const connection of [...this.connections]) connection.close(code, reason)
    this.hub.journal.forget(this)
    this.unsaved = []
    this.unsavedBytes = 0
    this.#close()
  }

  #close(): void {
    this.state = 'closed'
    this.relay.stop()
    this.full.drop()
    this.#doc.destroy()
    this.#leaveMap()
  }

  /** Counts a refusal. */
  reject(reason: string): void {
    reject(this.hub, reason)
  }
}

/** Client ids one update may bring: an offline copy written by many, such as after a restore. */
const FRESH_PER_UPDATE = 32

function sameRow(a: LogRow, b: LogRow): boolean {
  return (
    a.seq === b.seq && a.author === b.author && a.time === b.time && Buffer.compare(a.bytes, b.bytes) === 0
  )
}

function sizeOf(stored: { snapshot: { bytes: Uint8Array } | null; tail: readonly LogRow[] }): number {
  return stored.tail.reduce((sum, row) => sum + row.bytes.length, stored.snapshot?.bytes.length ?? 0)
}
