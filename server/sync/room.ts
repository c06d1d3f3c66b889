/**
 * One open document: loads, lets people in, takes their writes, and lets go (SPEC-sync S7 to S9, S16, S21 to S23, S36).
 * Its timers act on this object, never on a name; it leaves the map only by closing.
 */
import * as Y from 'yjs'
import type { Level } from '../../shared/access.ts'
import { Message, PROTOCOL_VERSION } from '../../shared/protocol.ts'
import type { Person } from '../../shared/protocol.ts'
import type { HereEntry } from '../bus/types.ts'
import { buildDocument, loadOrCreate, rebuildDocument } from './document.ts'
import type { Hub } from './hub.ts'
import { LiveDocument } from './live-document.ts'
import type { Claim, Written } from './live-document.ts'
import type { Member } from './member.ts'
import { Owners } from './owners.ts'
import { Relay } from './relay.ts'
import type { Receiver } from './relay.ts'
import { RoomPeople } from './room-people.ts'
import { RoomPresence } from './room-presence.ts'
import { RoomRows } from './room-rows.ts'
import type { Home } from './room-rows.ts'
import { Tidier } from './tidier.ts'
import { jsonText } from './wire.ts'
import type { Packet } from './wire.ts'

export type RoomState = 'loading' | 'open' | 'draining' | 'closed'

export class Room implements Home {
  readonly name: string
  readonly hub: Hub
  readonly connections = new Set<Member>()
  readonly relay = new Relay(this.connections)
  readonly owners = new Owners()
  readonly live: LiveDocument
  readonly rows: RoomRows
  readonly people: RoomPeople
  state: RoomState = 'loading'
  /** Resolves when loading ended: true, or false for a document that does not exist. Rejects when it failed. */
  opened: Promise<boolean>
  generation = ''
  /** Ms (monotonic) since nobody is here. */
  idleSince = performance.now()
  /** Joins and calls under way that must not lose the room. */
  holds = 0
  readonly presence: RoomPresence
  readonly #tidier: Tidier
  readonly #leaveMap: () => void
  #born = false

  constructor(name: string, create: boolean, hub: Hub, leaveMap: () => void) {
    this.name = name
    this.hub = hub
    this.#leaveMap = leaveMap
    this.live = new LiveDocument(name, hub, this.owners, (bytes) => this.rows.recordOwn([bytes]))
    this.rows = new RoomRows(this)
    this.#tidier = new Tidier(name, hub.formats)
    this.people = new RoomPeople(this)
    this.presence = new RoomPresence(this.relay, (here) => hub.elsewhere.moved(name, here))
    this.opened = this.#load(create)
    this.opened.catch(() => {})
  }

  get doc(): Y.Doc {
    return this.live.doc
  }

  /** Bytes of the document's state, or a little more. */
  get size(): number {
    return this.live.size
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
      this.live.adopt(buildDocument(stored))
      this.live.size = stored.tail.reduce(
        (sum, row) => sum + row.bytes.length,
        stored.snapshot?.bytes.length ?? 0,
      )
      this.generation = stored.generation
      this.rows.loaded(stored)
      this.state = 'open'
      this.idleSince = performance.now()
      this.rows.storeChanged()
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
    const written = this.live.write(bytes, author, from, claims)
    if (written.verdict === 'broken') {
      this.hub.log.warn('a document is rebuilt', { document: this.name, author, reason: written.reason })
      this.rebuild()
    } else if (written.verdict === 'applied') {
      this.rows.record(written.updates, author, from, received, written.fresh)
      if (written.formats) this.#tidier.due()
    }
    return written.verdict
  }

  /** Runs server code on the document; what it writes is the system's (S23). */
  use<T>(run: (doc: Y.Doc) => T): T {
    return this.live.use(run, (updates) => this.rows.recordOwn(updates))
  }

  wrote(author: string): void {
    this.people.wrote(author)
  }

  // ---- who is here

  join(connection: Member): void {
    const first = !this.#isHere(connection.person.author)
    if (this.connections.size === 0) this.hub.elsewhere.ask(this.name)
    this.connections.add(connection)
    if (first) this.hub.house.joined(this.name, connection.person, connection.speaker(this.name))
  }

  #isHere(author: string): boolean {
    for (const { person } of this.connections) if (person.author === author) return true
    return false
  }

  leave(connection: Member): void {
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
  hear(from: Member, body: Uint8Array): void {
    const before = from.client
    const { author } = from.person
    this.presence.hear(from, body, (client) => {
      const owner = this.live.owner(client)
      return owner === undefined || owner === author
    })
    if (from.client !== undefined && before === undefined) this.announce(from.client, author)
  }

  /** Other servers want to know who is on this one. */
  tellWhoIsHere(): void {
    const ours = this.presence.ours()
    if (ours.length > 0) this.hub.elsewhere.moved(this.name, ours)
  }

  /** Where people on another server are. An id whose author is known is nobody else's (SPEC-bus BU30). */
  elsewhere(node: string, entries: readonly HereEntry[]): void {
    for (const entry of entries) {
      const { client, person } = entry
      const owner = this.live.owner(client)
      if (owner !== undefined && owner !== person.author) continue
      this.presence.takeFrom(node, entry)
      if (this.presence.isOn(node, client)) this.people.here(person)
    }
  }

  /** Live ink of somebody here. */
  drew(from: Member, message: Uint8Array): void {
    this.relay.ink(message, from)
    this.hub.elsewhere.drew(this.name, from.client, message)
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

  /** The welcome (S6); `shown` is the pad's name as this person may see it. */
  welcome(shown: string, me: Person, level: Level): Packet {
    const shared = `"v":${PROTOCOL_VERSION},"generation":${JSON.stringify(this.generation)},${this.people.json()},"store":"${this.rows.store}"`
    const own = `"pad":${JSON.stringify(shown)},"me":${JSON.stringify(me)},"level":"${level}"`
    return jsonText(Message.hello, `{${shared},${own}}`)
  }

  // ---- rebuilding and closing

  /** Throws the document away and makes it again from the log and what is not committed yet (S21). */
  rebuild(): void {
    if (this.state === 'loading' || this.state === 'closed') return
    this.hub.counters.reloads++
    this.state = 'loading'
    this.rows.publication.drop()
    this.opened = this.#rebuild()
    this.opened.catch(() => {})
  }

  async #rebuild(): Promise<boolean> {
    const doc = await rebuildDocument(this.hub, this.name, this.rows.ledger, () => this.closed)
    if (!doc) return false
    this.live.adopt(doc)
    this.state = 'open'
    for (const connection of this.connections) connection.rebuilt()
    return true
  }

  get closed(): boolean {
    return this.state === 'closed'
  }

  /** Called about four times a second. */
  sweep(now: number): void {
    if (this.state !== 'open') return
    if (this.rows.store !== 'readonly') this.#tidier.sweep(now, (run) => this.use(run))
    this.rows.publication.sweep(now)
    this.presence.sweep()
  }

  /** Nobody needs it now. */
  get unused(): boolean {
    return (
      (this.state === 'open' || this.state === 'draining') &&
      this.connections.size === 0 &&
      this.holds === 0 &&
      this.rows.ledger.rows.length === 0
    )
  }

  /** Closes a room nobody needs: snapshot when due, then out of the map unless somebody came meanwhile (S36). */
  async unload(): Promise<void> {
    if (!this.unused || this.state !== 'open') return
    this.state = 'draining'
    await this.rows.snapshots.atUnload()
    if (this.state !== 'draining') return
    if (this.unused) this.#close()
    else this.state = 'open'
  }

  /** Closes for good; connections are told `code`. Unsaved rows are given up: only when the document is gone, or we are. */
  end(code: number, reason: string): void {
    for (const connection of this.connections) connection.close(code, reason)
    this.rows.giveUp()
    this.#close()
  }

  #close(): void {
    this.state = 'closed'
    this.relay.stop()
    this.rows.publication.drop()
    this.live.destroy()
    this.#leaveMap()
  }
}
