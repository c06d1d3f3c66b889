/** One open document: wires the copy on this device, the connection, presence and people together. */
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { Close, Message, PROTOCOL_VERSION } from '../../shared/protocol.ts'
import type { Hello, StoreState, Welcome } from '../../shared/protocol.ts'
import { addressOf } from './carrier.ts'
import { createEmitter } from './emitter.ts'
import { createEntrance } from './entrance.ts'
import { openIdentity } from './identity.ts'
import { createKeeper, FROM_SERVER } from './keeper.ts'
import { createLedger } from './ledger.ts'
import { openLink } from './link.ts'
import type { LinkEnd } from './link.ts'
import { createOnce } from './once.ts'
import { openOffline } from './offline.ts'
import { createPeople } from './people.ts'
import { createPresence } from './presence.ts'
import { createProvider } from './provider.ts'
import { createRecovery } from './recovery.ts'
import type { SessionOptions } from './session-options.ts'
import { createTeller, refusalOf, statusOf } from './status.ts'
import { watchStuck } from './stuck.ts'
import type { Refusal, Session, SessionEvents, Status } from './types.ts'
import { watchDocument, withoutCleanupWrites } from './watchdog.ts'
import { readServerEvent } from './welcome.ts'
import { inkMessage, jsonMessage } from './wire.ts'

/** Ms between two states of this person's presence on a board, where pointers move. */
const BOARD_PRESENCE = 60

/** Opens the document: the copy of this device at once, then the server. */
export function openSession(options: SessionOptions): Session {
  const { env, room } = options
  const doc = new Y.Doc()
  const emitter = createEmitter<SessionEvents>(env.report)
  const ledger = createLedger()
  const identity = openIdentity(env, options.base)
  let pad = room.slice(room.indexOf('/') + 1)
  let generation: string | null = null
  let store: StoreState = 'ok'
  let welcomed = false
  let first = true
  let retryAt: number | undefined
  let refusal: Refusal | null = null
  let destroyed = false
  let isReady = false
  const ready = createOnce()
  const greeted = createOnce()

  const wished = options.name !== undefined || options.colour !== undefined
  identity.wish(options.name, options.colour)
  const people = createPeople(identity, wished, emitter)

  withoutCleanupWrites(doc)
  const offline = openOffline(env, room, () => Y.encodeStateAsUpdate(doc), changed)
  const recovery = createRecovery(env, room, doc, offline, (text) => emitter.emit('recovered', text))
  const presence = createPresence(
    env,
    () => doc.clientID,
    (message) => link.send(message),
    () => emitter.emit('presence', undefined),
    room.startsWith('b/') ? BOARD_PRESENCE : undefined,
  )
  const provider = createProvider({
    env,
    doc,
    ledger,
    origin: FROM_SERVER,
    readOnly: options.readOnly === true,
    mayBring: (client) => keeper.own.has(client) || people.authorOf(client) === SYSTEM_AUTHOR,
    hello,
    send: (message) => link.send(message),
    events: {
      welcome: (json) => welcome(json),
      event: takeEvent,
      ink: (client, bytes) => emitter.emit('ink', { client, bytes }),
      presence: (entries) => presence.take(entries),
      queryPresence: () => presence.announce(),
      received: showContent,
      durable(row, found) {
        stuck.progress()
        offline.saved(row, found)
      },
      changed,
      applied: () => watching.look(),
    },
  })
  const keeper = createKeeper({
    env,
    doc,
    offline,
    ledger,
    provider,
    readOnly: options.readOnly === true,
  })
  const watching = watchDocument(env, doc, () => keeper.fetch())
  const stuck = watchStuck(
    env,
    () => welcomed && store === 'ok' && provider.writes && ledger.unsaved > 0,
    giveUpCopy,
  )

  const address = addressOf(options.base, room)
  const loaded = load()
  const link = openLink(env, address, {
    open: () => void loaded.then(() => greet()),
    message: (message) => provider.message(message),
    end: disconnected,
  })
  const welcome = createEntrance({
    env,
    identity,
    readOnly: options.readOnly === true,
    connected: () => !destroyed && link.carrier !== null,
    startOver() {
      keeper.startOver()
      link.renew()
    },
    giveUp: () => link.giveUp(),
    accept,
  })

  async function load(): Promise<void> {
    const found = await keeper.load((text) => recovery.found(text))
    if (found === null) return
    generation = found.generation
    provider.setLevel(found.level)
    emitter.emit('level', found.level)
    showContent()
  }

  function showContent(): void {
    if (isReady) return
    isReady = true
    ready.happen()
    changed()
  }

  /** The link may have been lost again while the copy was being read. */
  function greet(): void {
    if (destroyed || link.carrier === null || welcomed) return
    provider.opened()
    greeted.happen()
  }

  function hello(): Hello {
    const message: Hello = { v: PROTOCOL_VERSION, client: doc.clientID, packs: true, ...people.wishes() }
    return generation === null ? message : { ...message, generation }
  }

  function accept(welcome: Welcome): void {
    welcomed = true
    first = false
    retryAt = undefined
    generation = welcome.generation
    offline.begin(generation, welcome.level)
    pad = welcome.pad
    store = welcome.store
    const remembered = identity.me
    const nameless = people.welcome(welcome)
    const before = provider.level
    provider.proceed(welcome.level)
    if (before !== welcome.level) emitter.emit('level', welcome.level)
    presence.announce()
    if (nameless) session.setPerson(remembered.name, remembered.colour)
    changed()
    emitter.emit('open', undefined)
  }

  function takeEvent(json: unknown): void {
    const event = readServerEvent(json)
    if (event === null) return
    people.event(event)
    if (event.type === 'level') {
      if (generation !== null) offline.begin(generation, event.level)
      provider.setLevel(event.level)
      emitter.emit('level', event.level)
    } else if (event.type === 'store') {
      store = event.store
      // Who came while nothing could be written was not asked for anything.
      if (store === 'ok' && provider.writes && !provider.offered) link.renew()
      changed()
    }
    emitter.emit('event', event)
  }

  function disconnected(end: LinkEnd): void {
    welcomed = false
    first = false
    retryAt = end.retryAt
    provider.closed()
    presence.disconnected()
    if (end.final) refuse(refusalOf(end.code))
    changed()
  }

  /**
   * The server will not take this copy at the next visit either, so what it holds unsaved is put aside as text and the
   * copy is given up. Only a person who must sign in again keeps it.
   */
  function refuse(reason: Refusal): void {
    refusal = reason
    const { unsaved } = ledger
    if (reason === 'unauthenticated' && unsaved > 0) return
    recovery.putAside(reason, unsaved)
  }

  /** What is unsaved will never be taken: the text is put aside, and a new session begins from the server's (C19). */
  function giveUpCopy(): void {
    env.report(new Error('the server cannot take what is unsaved here'))
    link.stop()
    disconnected({ code: Close.tryLater, final: false })
    refuse('stuck')
    changed()
  }

  function now(): Status {
    return statusOf({
      ready: isReady,
      welcomed,
      first,
      settled: provider.settled,
      unsaved: ledger.unsaved,
      kept: offline.kept && refusal !== 'generation',
      store,
      takes: provider.writes || options.readOnly === true,
      refusal,
      retryAt,
    })
  }

  const tell = createTeller(now, (status) => emitter.emit('status', status))
  function changed(): void {
    if (!destroyed) tell()
  }

  const session: Session = {
    doc,
    ready: ready.happened,
    greeted: greeted.happened,
    get status() {
      return now()
    },
    get level() {
      return provider.level
    },
    get pad() {
      return pad
    },
    get me() {
      return identity.me
    },
    get ticket() {
      return identity.ticket
    },
    get people() {
      return people.byAuthor
    },
    get presence() {
      return presence.others
    },
    get recovered() {
      return recovery.recovered
    },
    get carrier() {
      return link.carrier
    },
    authorOf: (client) => people.authorOf(client),
    setCursor: (cursor) => presence.set({ cursor: cursor ?? null }),
    setBoardPlace: (board) => presence.set({ cursor: null, board }),
    setPerson(name, colour) {
      people.wish(name, colour)
      session.send({ type: 'person', name, colour })
    },
    send: (event) => welcomed && link.send(jsonMessage(Message.event, event)),
    sendInk: (bytes) => welcomed && link.send(inkMessage(bytes)),
    discardRecovered: () => recovery.discard(),
    retry() {
      refusal = null
      link.retry()
      changed()
    },
    on: (event, listener) => emitter.on(event, listener),
    async destroy() {
      if (destroyed) return
      provider.destroy()
      presence.destroy()
      destroyed = true
      watching.stop()
      stuck.stop()
      link.destroy()
      keeper.stop()
      await offline.destroy()
      emitter.clear()
      doc.destroy()
    },
  }
  return session
}
