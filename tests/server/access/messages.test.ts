/**
 * Every message there is, sent by somebody of every level, over both carriers (SPEC-access L100, L117): what it comes to. The tables are
 * complete by their types: a message that is new has to be put in. Pages and files stand in `doors.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import * as Y from 'yjs'
import { LEVELS } from '../../../shared/access.ts'
import type { Level } from '../../../shared/access.ts'
import { NO_MEETING } from '../../../shared/meeting.ts'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import type { ClientEvent, ServerEvent, Welcome } from '../../../shared/protocol.ts'
import { OPEN_RULE } from '../../../shared/rule.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import { pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { awarenessMessage, jsonMessage, RawClient, syncMessage } from '../../support/raw-client.ts'
import type { Web } from '../../support/web.ts'

let stage: PluginStage
let web: Web

/** A connection that says what it is told to, over one carrier or the other. */
interface Wire {
  client: number
  send(bytes: Uint8Array): void
  level(): Level | null
  events(): readonly ServerEvent[]
  /** Types of all messages that came. */
  types(): readonly number[]
  closed(): number | null
  end(): void
}

const address = (): string => `127.0.0.1:${web.port}`
const proof = (cookie: string): Record<string, string> => ({ cookie, origin: `http://${address()}` })

function overWebSocket(room: string, cookie: string): Wire {
  const raw = new RawClient(`ws://${address()}/sync/${room}`, {
    hello: {},
    headers: proof(cookie),
    sync: false,
  })
  return {
    client: raw.doc.clientID,
    send(bytes) {
      if (raw.ws.readyState === raw.ws.CONNECTING) raw.ws.once('open', () => raw.send(bytes))
      else raw.send(bytes)
    },
    level: () => raw.welcome?.level ?? null,
    events: () => raw.events,
    types: () => raw.seen.map(({ type }) => type),
    closed: () => raw.closed?.code ?? null,
    end: () => raw.ws.terminate(),
  }
}

function overSocketIo(room: string, cookie: string): Wire {
  const client = new Y.Doc().clientID
  const types: number[] = []
  const events: ServerEvent[] = []
  let level: Level | null = null
  let code: number | null = null
  const socket = io(`http://${address()}`, {
    // Polls come to the same, and take longer; `doors.test.ts` has them.
    transports: ['websocket'],
    query: { room, v: '1' },
    forceNew: true,
    reconnection: false,
    extraHeaders: proof(cookie),
  })
  socket.on('close', (given: number) => (code = given))
  socket.on('m', (data: ArrayBuffer | Buffer) => {
    const bytes = Buffer.from(data as ArrayBuffer)
    types.push(bytes[0] ?? -1)
    if (bytes[0] !== Message.hello && bytes[0] !== Message.event) return
    const said: unknown = JSON.parse(bytes.toString().slice(bytes.toString().indexOf('{')))
    if (bytes[0] === Message.hello) level = (said as Welcome).level
    else events.push(said as ServerEvent)
  })
  // Kept by the client until it is connected, before anything else.
  socket.emit('m', jsonMessage(Message.hello, { v: 1, client }))
  return {
    client,
    send: (bytes) => void socket.emit('m', bytes),
    level: () => level,
    events: () => events,
    types: () => types,
    closed: () => code,
    end: () => void socket.disconnect(),
  }
}

const CARRIERS = { 'a WebSocket': overWebSocket, 'socket.io': overSocketIo } as const

/** The pad that opens with a level; `own` is the maker's. */
const PADS = { read: 'reads', comment: 'comments', write: 'writes', own: 'owned' } as const
type Inside = keyof typeof PADS
const INSIDE = ['read', 'comment', 'write', 'own'] as const
const cookies: Partial<Record<Inside | 'guest', string>> = {}
let owners: RawClient[] = []

async function guest(): Promise<string> {
  const browser = jarBrowser(web.port)
  await browser.get('/p/somewhere-else')
  return [...browser.jar].map(([key, value]) => `${key}=${value}`).join('; ')
}

async function opened(document: string, cookie: string): Promise<RawClient> {
  const client = await new RawClient(`ws://${address()}/sync/${document}`, {
    hello: {},
    headers: proof(cookie),
  }).untilSynced()
  owners.push(client)
  return client
}

/** A pad with a board, made by whoever owns it. */
async function make(pad: string, everybody: 'read' | 'comment' | 'write', owner: string): Promise<void> {
  const client = await opened(`p/${pad}`, owner)
  await opened(`b/${pad}`, owner)
  const level = (): Level | undefined =>
    client.events.flatMap((event) => (event.type === 'level' ? [event.level] : [])).at(-1) ??
    client.welcome?.level
  await client.until(() => level() === 'own', 'the maker to own it')
  const rule = { ...OPEN_RULE, everybody }
  client.send(jsonMessage(Message.event, { type: 'ruleSet', rule, password: null, newLink: false }))
  await client.until(() => client.events.some(({ type }) => type === 'rule'), 'the rule to be set')
}

beforeAll(async () => {
  stage = pluginStage({ ep_relay: { shared: `messages: { wave: (n: any) => n }` } })
  web = await stage.server()
  cookies.own = await guest()
  cookies.guest = await guest()
  for (const level of ['read', 'comment', 'write'] as const) await make(PADS[level], level, cookies.own)
  await make(PADS.own, 'write', cookies.own)
}, 60_000)
afterAll(async () => {
  await Promise.all(owners.map((client) => client.close()))
  await stage?.end()
})

type Outcome = string
/** Ms for an answer. */
const LONG = 15_000
/** What a probe comes to: the same for all, or from a level on this and below that. */
type Table = Outcome | { from: Level; gives: Outcome; else: Outcome }
interface Probe {
  /** Made for the connection that sends it. */
  message: (wire: Wire, pad: string) => Uint8Array
  board?: true
  /** What an answer that takes it looks like; an event, or a message's type. */
  taken: (event: ServerEvent) => boolean
  answer?: number
  comes: Table
  /** It ends the pad, or changes whose it is, so its owner gets a pad for it. */
  grave?: true
}

const event = (value: ClientEvent): Uint8Array => jsonMessage(Message.event, value)
const of = (...types: ServerEvent['type'][]) => ({
  taken: ({ type }: ServerEvent) => types.includes(type),
})
const nothing = { taken: () => false }
const FORBIDDEN = `closed ${Close.forbidden}`
const owner = { from: 'own', gives: 'taken', else: 'refused notOwner' } as const

function change(wire: Wire, sub: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = wire.client
  doc.getText('text').insert(0, 'w')
  return syncMessage(sub, Y.encodeStateAsUpdate(doc))
}

/** Each event, by its type. */
const EVENTS: Readonly<
  Record<ClientEvent['type'], Omit<Probe, 'message'> & { value: ClientEvent | ((wire: Wire) => ClientEvent) }>
> = {
  person: {
    value: ({ client }) => ({ type: 'person', name: `Ida ${client}`, colour: '3' }),
    ...of('people'),
    comes: 'taken',
  },
  others: { value: { type: 'others' }, ...nothing, comes: 'quiet' },
  plugin: {
    value: { type: 'plugin', plugin: 'ep_relay', name: 'wave', payload: 1 },
    ...nothing,
    comes: { from: 'comment', gives: 'quiet', else: 'refused forbidden' },
  },
  chat: {
    value: { type: 'chat', text: 'hello', key: 'k' },
    ...of('chat'),
    comes: { from: 'comment', gives: 'taken', else: 'refused readonly' },
  },
  chatBefore: { value: { type: 'chatBefore', before: null }, ...of('chat'), comes: 'taken' },
  padSettings: {
    value: { type: 'padSettings', settings: { options: { showChat: false }, enforce: true, plugins: {} } },
    ...of('padSettings'),
    comes: owner,
    grave: true,
  },
  meeting: {
    value: { type: 'meeting', change: { ...NO_MEETING, drawing: 'presenter' } },
    board: true,
    ...of('meeting'),
    comes: { from: 'own', gives: 'taken', else: 'refused notAllowed' },
    grave: true,
  },
  gather: {
    value: { type: 'gather', seen: [0, 0, 10, 10] },
    board: true,
    ...nothing,
    comes: { from: 'write', gives: 'quiet', else: 'refused notAllowed' },
  },
  catchUp: { value: { type: 'catchUp' }, ...of('padSettings', 'notice'), comes: 'taken' },
  deletionToken: { value: { type: 'deletionToken' }, ...of('deletionToken'), comes: owner },
  padDelete: {
    value: { type: 'padDelete', token: null },
    ...nothing,
    comes: { from: 'own', gives: `closed ${Close.deleted}`, else: 'refused notOwner' },
    grave: true,
  },
  rule: { value: { type: 'rule' }, ...of('rule'), comes: 'taken' },
  ruleSet: {
    value: { type: 'ruleSet', rule: OPEN_RULE, password: null, newLink: false },
    ...of('rule'),
    comes: owner,
    grave: true,
  },
  ruleOwner: {
    value: { type: 'ruleOwner', author: 'a.0123456789abcdef' },
    ...of('rule'),
    comes: { from: 'own', gives: 'refused badRequest', else: 'refused notOwner' },
  },
  ruleReadLink: { value: { type: 'ruleReadLink' }, ...of('rule'), comes: owner },
  rulePeople: { value: { type: 'rulePeople', search: 'Id' }, ...of('rulePeople'), comes: owner },
}

const write: Pick<Probe, 'comes' | 'answer' | 'taken'> = {
  ...nothing,
  answer: Message.auth,
  comes: { from: 'write', gives: 'taken', else: FORBIDDEN },
}
const never = { ...nothing, comes: `closed ${Close.badData}` }
/** Each other message, by its type; of sync all that it has. */
const MESSAGES: Readonly<Record<Exclude<keyof typeof Message, 'event'>, Readonly<Record<string, Probe>>>> = {
  sync: {
    'step 1': {
      message: () => syncMessage(Sync.step1, Y.encodeStateVector(new Y.Doc())),
      ...nothing,
      answer: Message.sync,
      comes: 'taken',
    },
    'step 2': { message: (wire) => change(wire, Sync.step2), ...write },
    update: { message: (wire) => change(wire, Sync.update), ...write },
  },
  part: {
    'an update in one': {
      message: (wire) => Uint8Array.of(Message.part, 0, ...change(wire, Sync.update)),
      ...write,
    },
  },
  awareness: {
    'its own': {
      message: ({ client }) => awarenessMessage([[client, 1, '{"mark":1}']]),
      ...nothing,
      comes: 'quiet',
    },
  },
  queryAwareness: {
    asked: { message: () => Uint8Array.of(Message.queryAwareness), ...nothing, answer: 1, comes: 'taken' },
  },
  ink: {
    'of a stroke': {
      message: () => Uint8Array.of(Message.ink, 0x12, 1, 0x61),
      board: true,
      ...nothing,
      comes: 'quiet',
    },
  },
  auth: { said: { message: () => Uint8Array.of(Message.auth, 1), ...never } },
  hello: {
    again: {
      message: ({ client }, pad) => jsonMessage(Message.hello, { v: 1, client, room: `p/${pad}` }),
      ...never,
    },
  },
  packed: { said: { message: () => Uint8Array.of(Message.packed, 1, 0), ...never } },
}

const ALL: readonly [string, Probe][] = [
  ...Object.entries(EVENTS).map(([name, { value, ...probe }]): [string, Probe] => [
    name,
    { ...probe, message: (wire) => event(typeof value === 'function' ? value(wire) : value) },
  ]),
  ...Object.entries(MESSAGES).flatMap(([name, some]) =>
    Object.entries(some).map(([which, probe]): [string, Probe] => [`${name}, ${which}`, probe]),
  ),
]

function expected({ comes }: Probe, level: Level): Outcome {
  if (typeof comes === 'string') return comes
  return LEVELS.indexOf(level) >= LEVELS.indexOf(comes.from) ? comes.gives : comes.else
}

/** False when it does not come true in a generous time. */
async function until(test: () => boolean): Promise<boolean> {
  const end = Date.now() + LONG
  while (!test()) {
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  return true
}

/** Sends it, and after it something that is always answered. */
async function comesTo(wire: Wire, pad: string, probe: Probe, wanted: Outcome): Promise<Outcome> {
  await until(() => wire.level() !== null || wire.closed() !== null)
  const [events, types] = [wire.events().length, wire.types().length]
  wire.send(probe.message(wire, pad))
  const seen = (): Outcome | null => {
    if (wire.closed() !== null) return `closed ${wire.closed()}`
    for (const one of wire.events().slice(events)) {
      if (one.type === 'refused') return `refused ${one.why}`
      if (probe.taken(one)) return 'taken'
    }
    return probe.answer !== undefined && wire.types().slice(types).includes(probe.answer) ? 'taken' : null
  }
  if (wanted !== 'quiet') {
    await until(() => seen() !== null)
    return seen() ?? 'nothing'
  }
  wire.send(event({ type: 'chatBefore', before: null }))
  const answered = (): boolean =>
    wire
      .events()
      .slice(events)
      .some(({ type }) => type === 'chat')
  return (await until(() => seen() !== null || answered())) ? (seen() ?? 'quiet') : 'nothing'
}

describe.each(Object.keys(CARRIERS) as (keyof typeof CARRIERS)[])('over %s', (carrier) => {
  /** All messages of one level: what they came to, and what they should. */
  async function judged(level: Inside): Promise<Record<'found' | 'wanted', Record<string, Outcome>>> {
    const found: Record<string, Outcome> = {}
    const wanted: Record<string, Outcome> = {}
    const proofs = (level === 'own' ? cookies.own : cookies.guest) ?? ''
    const wires = new Map<string, Wire>()
    for (const [name, probe] of ALL) {
      const own = level === 'own' && probe.grave === true
      const pad = own ? `grave-${name.replaceAll(/\W/g, '')}-${carrier.length}` : PADS[level]
      if (own) await make(pad, 'write', proofs)
      const room = `${probe.board ? 'b' : 'p'}/${pad}`
      const wire = wires.get(room) ?? CARRIERS[carrier](room, proofs)
      wires.set(room, wire)
      wanted[name] = expected(probe, level)
      found[name] = await comesTo(wire, pad, probe, wanted[name])
      expect([name, wire.level()]).toEqual([name, level])
      if (wire.closed() !== null) wires.delete(room)
    }
    for (const wire of wires.values()) wire.end()
    return { found, wanted }
  }

  test('L117: each message of somebody of each level comes to what its table says', async () => {
    const all = await Promise.all(INSIDE.map(judged))
    for (const [at, { found, wanted }] of all.entries())
      expect([INSIDE[at], found]).toEqual([INSIDE[at], wanted])
  }, 120_000)

  test('L117: whoever may not read gets no answer to anything but why', async () => {
    const [first] = owners
    const closed = `closed-${carrier.length}`
    await make(closed, 'write', cookies.own ?? '')
    expect(first?.closed).toBeNull()
    const maker = owners.at(-2)
    maker?.send(
      jsonMessage(Message.event, {
        type: 'ruleSet',
        rule: { ...OPEN_RULE, everybody: 'none', readLink: false },
        password: null,
        newLink: false,
      }),
    )
    await maker?.until(() => maker.events.filter(({ type }) => type === 'rule').length > 1, 'the rule')
    for (const room of [`p/${closed}`, `b/${closed}`]) {
      const wire = CARRIERS[carrier](room, cookies.guest ?? '')
      for (const [, probe] of ALL) if (probe.comes !== never.comes) wire.send(probe.message(wire, closed))
      await until(() => wire.closed() !== null)
      expect([wire.closed(), wire.level(), wire.events(), wire.types()]).toEqual([
        Close.unauthenticated,
        null,
        [],
        [],
      ])
      wire.end()
    }
  })
})

test('L117: ink of who may not draw reaches nobody, that of who may does', async () => {
  for (const level of ['read', 'comment', 'write'] as const) {
    const watcher = owners.find(({ ws }) => ws.url.includes(`/sync/b/${PADS[level]}`))
    const before = watcher?.seen.filter(({ type }) => type === Message.ink).length ?? -1
    const wire = overWebSocket(`b/${PADS[level]}`, cookies.guest ?? '')
    const probe = MESSAGES.ink['of a stroke']
    if (probe === undefined || watcher === undefined) throw new Error('no probe')
    await comesTo(wire, PADS[level], probe, 'quiet')
    // What comes after it on the board's connections has passed it.
    wire.send(awarenessMessage([[wire.client, 1, '{"behind":1}']]))
    await watcher.until(() => watcher.presence.has(wire.client), 'what came behind it')
    const now = watcher.seen.filter(({ type }) => type === Message.ink).length
    expect([level, now - before]).toEqual([level, level === 'write' ? 1 : 0])
    wire.end()
  }
})
