/** The sync server: accepts connections on both carriers and keeps the rooms (docs/SPEC-sync.md). */
import type { IncomingMessage } from 'node:http'
import type { Server as SocketIoServer } from 'socket.io'
import type * as Y from 'yjs'
import { Close } from '../../shared/protocol.ts'
import type { Person, ServerEvent } from '../../shared/protocol.ts'
import { coreFormats } from '../../shared/text/formats.ts'
import type { Formats } from '../../shared/text/formats.ts'
import type { Access, People } from '../access/types.ts'
import { noBus } from '../bus/no-bus.ts'
import type { Bus } from '../bus/types.ts'
import type { Log } from '../log.ts'
import { StoreDown } from '../store/store.ts'
import type { DocumentName, Store } from '../store/store.ts'
import { attachSocketIo, endSocketIo } from './carrier-socketio.ts'
import { Connection } from './connection.ts'
import { Elsewhere } from './elsewhere.ts'
import { overEverybody } from './everybody.ts'
import { createFollower } from './follower.ts'
import { createHandshake } from './handshake.ts'
import { listenElsewhere } from './hearing.ts'
import { createListeners } from './house.ts'
import { newCounters } from './hub.ts'
import type { Hub } from './hub.ts'
import { Journal } from './journal.ts'
import { Tally } from './limits.ts'
import { Packing } from './packing.ts'
import { Rooms } from './rooms.ts'
import { shutDown } from './shutdown.ts'
import { DEFAULT_TIMES } from './types.ts'
import type { Limits, Sync, SyncStats, Times } from './types.ts'

export interface SyncParts {
  store: Store
  log: Log
  limits: Limits
  people: People
  access: Access
  /** What is left of what somebody may do in a pad, in one of its documents. Default: all of it. */
  narrow?: Hub['narrow']
  /** The text a new pad begins with. */
  defaultText: (pad: string) => string
  /** The formats of the core and of the plugins that are on; what leaks is mended for these (S23). Default: the core's. */
  formats?: () => Formats
  /** Believe X-Forwarded-For and X-Forwarded-Host. */
  trustProxy: boolean
  /** Origins accepted besides our own, such as `https://pad.example.org`. */
  allowedOrigins: readonly string[]
  /** The part of a log entry that says where a connection comes from; nothing when addresses are not logged. */
  addressLog?: (request: IncomingMessage) => { address?: string }
  /** Bytes of one request or message of socket.io; at least what our pages need. Default: that. */
  maxHttpBufferSize?: number
  /** Ms between looks for what other servers wrote; 0 for never. Default: 750 on MariaDB, else never. */
  follow?: number
  /** Other servers; default: none that tell (S35). */
  bus?: Bus
  /** Other intervals than {@link DEFAULT_TIMES}. */
  times?: Partial<Times>
}

/** Ms between looks for what other servers wrote; with the pace of the sweeper there is one within each second. */
const FOLLOW = 750
/** Ms `withDocument` waits for its writes to be durable. */
const DURABLE = 10_000

export function createSync(parts: SyncParts): Sync {
  const { store, log, limits, bus = noBus } = parts
  const times = { ...DEFAULT_TIMES, ...parts.times }
  const counters = newCounters()
  const connections = new Set<Connection>()
  const listeners = createListeners(log)
  const observers: Parameters<Sync['observe']>[0][] = []
  const observer: Parameters<Sync['observe']>[0] = (name, ms) => {
    for (const one of observers) one(name, ms)
  }
  let closing = false
  const rooms: Rooms = new Rooms(() => hub)
  const journal = new Journal({
    store,
    log,
    limits,
    committed(ms, rows) {
      counters.commits++
      counters.rows += rows
      observer('commit', ms)
    },
    changed() {
      for (const room of rooms.all()) room.rows.storeChanged()
    },
  })
  const hub: Hub = {
    store,
    log,
    limits,
    times,
    people: parts.people,
    access: parts.access,
    narrow: parts.narrow ?? (async (_document, _author, level) => level),
    journal,
    defaultText: parts.defaultText,
    formats: parts.formats ?? (() => coreFormats),
    counters,
    authors: new Tally(),
    observe: (name, ms) => observer(name, ms),
    elsewhere: new Elsewhere(bus),
    house: listeners.house,
  }
  const packing = new Packing(store, log, times)
  const carriers: SocketIoServer[] = []

  const { trustProxy, allowedOrigins, addressLog } = parts
  const handshake = createHandshake({
    hub,
    trustProxy,
    allowedOrigins,
    addressLog,
    closing: () => closing,
    connect(carrier, knock, gone) {
      const connection = new Connection(hub, rooms, carrier, knock, (ended) => {
        connections.delete(ended)
        gone()
      })
      if (!connection.closed) connections.add(connection)
      return connection
    },
  })

  const follower = createFollower({
    store,
    log,
    rooms,
    journal,
    every: parts.follow ?? (store.kind === 'mariadb' ? FOLLOW : 0),
    removed: (document) => listeners.house.removed(document),
  })
  let tick = 0
  const sweeper = setInterval(() => {
    const now = performance.now()
    tick++
    journal.check(now)
    for (const connection of connections) connection.sweep(now)
    for (const room of rooms.all()) {
      room.sweep(now)
      if (room.state === 'open' && tick % 4 === 0) room.rows.snapshots.take(false)
    }
    if (tick % 4 === 0) rooms.unloadUnused(now, limits.linger)
    packing.sweep(now, rooms.all())
    follower.sweep(now)
  }, times.sweep)
  sweeper.unref()

  function tell(document: DocumentName, event: ServerEvent, to?: string, except?: object): void {
    for (const connection of rooms.get(document)?.connections ?? [])
      if (connection !== except && (to === undefined || connection.person.author === to))
        connection.tell(event)
  }

  const deaf = listenElsewhere(bus, {
    rooms,
    journal,
    look: (some) => void follower.look(some),
    tell: ({ document, event, to }) => tell(document, event, to === '' ? undefined : to),
  })

  return {
    ...overEverybody(connections, hub.authors),

    attach(server) {
      carriers.push(attachSocketIo(server, handshake, parts.maxHttpBufferSize))
      server.on('upgrade', handshake.upgrade)
    },

    async withDocument<T>(
      name: DocumentName,
      use: (doc: Y.Doc, revision: number) => T,
      options?: { create?: boolean },
    ) {
      const room = await rooms.open(name, options?.create ?? false)
      if (!room) return null
      room.announceBirth(null)
      try {
        const result = room.use((doc) => use(doc, room.rows.ledger.head))
        if (!(await room.rows.ledger.durable(DURABLE))) throw new StoreDown('the change is not saved yet')
        return result
      } finally {
        rooms.release(room)
      }
    },

    async remove(name) {
      rooms.get(name)?.end(Close.deleted, 'deleted')
      await journal.settled()
      const removed = await store.remove(name)
      if (removed) listeners.house.removed(name)
      return removed
    },

    personChanged(person: Person) {
      rooms.renamed(person)
    },

    peopleIn: (name) => rooms.get(name)?.people.all() ?? [],

    authorsIn: (document) =>
      new Set([...(rooms.get(document)?.connections ?? [])].map(({ person }) => person.author)),

    namespace(name, open) {
      for (const io of carriers) io.of(name).on('connection', open)
    },

    listen: (listener) => listeners.add(listener),

    tell,

    tellEverywhere(document, event, to, except) {
      tell(document, event, to, except)
      if (bus.together) bus.tell({ kind: 'event', document, to: to ?? '', event })
    },

    facts(document) {
      const room = rooms.get(document)
      if (!room || room.rows.id === 0) return null
      return { id: room.rows.id, versions: room.rows.ledger.saved, bytes: room.size }
    },

    here() {
      const here = new Map<DocumentName, number>()
      for (const { name, connections: open } of rooms.all()) if (open.size > 0) here.set(name, open.size)
      return here
    },

    stats() {
      const now = performance.now()
      return {
        ...counters,
        rejected: { ...counters.rejected },
        connections: connections.size,
        carriers: carriersOf(connections),
        rooms: rooms.count(),
        queuedRows: journal.rows,
        queueAge: journal.age(now),
        store: worstOf(
          [...rooms.all()].map((room) => room.rows.store),
          journal.down,
        ),
      }
    },

    observe(sample) {
      observers.push(sample)
    },

    async close(deadline) {
      if (closing) return
      closing = true
      await shutDown({ connections, rooms, journal, log, deadline })
      clearInterval(sweeper)
      deaf()
      listeners.stop()
      await packing.settled()
      // The upgrade listener stays, to answer 503 until the HTTP server is closed.
      for (const io of carriers) endSocketIo(io)
    },
  }
}

/** How many connections each way carries. */
function carriersOf(connections: Iterable<Connection>): SyncStats['carriers'] {
  const count = { websocket: 0, polling: 0 }
  for (const connection of connections) count[connection.way]++
  return count
}

function worstOf(states: readonly ('ok' | 'down' | 'readonly')[], down: boolean): 'ok' | 'down' | 'readonly' {
  if (states.includes('readonly')) return 'readonly'
  return down || states.includes('down') ? 'down' : 'ok'
}
