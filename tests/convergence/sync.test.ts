/**
 * Random editing by several people through the real server and the real client, with networks that break, tabs that
 * reload, servers that are killed, and undo. A seed's choices are repeatable: `SEED=n ROUNDS=1`; more rounds: `ROUNDS=n`.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createClientEnvironment } from '../support/client-environment.ts'
import type { ClientEnvironment } from '../support/client-environment.ts'
import { createNetwork } from '../support/flaky-socket.ts'
import { createDice } from '../support/dice.ts'
import type { Dice } from '../support/dice.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { createSessions } from '../support/sessions.ts'
import type { Opened } from '../support/sessions.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { tidy } from '../../shared/text/tidy.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 20)
/** Seeds over socket.io's polling, which is what is left behind some proxies. */
const POLLING_ROUNDS = Math.ceil(ROUNDS / 5)
/** The usual run sees the same seeds each time; longer ones see new ones. */
const FIRST = Number(
  process.env['SEED'] ?? (process.env['ROUNDS'] === undefined ? 20_261_128 : Math.floor(Math.random() * 1e9)),
)
/** Seeds that run at once, each in a pad of its own; they share the server and its deaths. */
const AT_ONCE = 20
const ACTIONS = 120
const QUIET_WITHIN = 120_000
const QUIET_LOOKS = 5
/** Characters that nothing else uses, so that each can be followed. */
const FIRST_UNIQUE = 0x4e00

type Carrier = 'WebSockets' | 'polling'

/** What the dice may do to somebody's network. */
interface BadNetwork {
  cut(down: boolean): void
  mute(): void
}

interface Writer {
  env: ClientEnvironment
  network: BadNetwork
  /** Where the server is for this writer. */
  port: number
  tab: Opened
  undo: Y.UndoManager
}

interface Round {
  seed: number
  random: Dice
  pad: string
  writers: Writer[]
  /** Inserted and never deleted by anybody. */
  alive: Set<string>
  withUndo: boolean
  next: number
}

let server: TestServer
const sessions = createSessions()

beforeAll(async () => {
  server = await startServer({ limits: { connectionsPerPad: 10_000 } })
})
afterAll(async () => {
  await sessions.destroyAll()
  await closeProxies()
  await server.stop()
})

const proxies: TcpProxy[] = []

async function closeProxies(): Promise<void> {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()))
}

/** A writer's way to the server. */
async function wayFor(carrier: Carrier, name: string): Promise<Pick<Writer, 'env' | 'network' | 'port'>> {
  const { cookie } = server.people.add(name)
  if (carrier === 'WebSockets') {
    const network = createNetwork(cookie)
    const env = createClientEnvironment({ cookie, WebSocket: network.WebSocket })
    return { env, network, port: server.port }
  }
  const proxy = await openTcpProxy(server.port)
  proxies.push(proxy)
  proxy.upgrades('refuse')
  const network: BadNetwork = {
    cut(down) {
      proxy.resume()
      if (!down) proxy.restore()
      proxy.cut(down)
    },
    mute: () => proxy.pause(),
  }
  return { env: createClientEnvironment({ cookie }), network, port: proxy.port }
}

function openTab(env: ClientEnvironment, port: number, pad: string): Pick<Writer, 'tab' | 'undo'> {
  const tab = sessions.open(port, pad, { env })
  const undo = new Y.UndoManager(tab.session.doc.getText('text'), {
    trackedOrigins: new Set(['person']),
    captureTimeout: 0,
  })
  return { tab, undo }
}

async function begin(seed: number, carrier: Carrier): Promise<Round> {
  const random = createDice(seed)
  const pad = `seed-${seed}-${carrier}`
  const writers = await Promise.all(
    Array.from({ length: 2 + random.int(3) }, async (_, i) => {
      const way = await wayFor(carrier, `writer ${i}`)
      return { ...way, ...openTab(way.env, way.port, pad) }
    }),
  )
  await Promise.all(writers.map(({ tab }) => tab.session.ready))
  return { seed, random, pad, writers, alive: new Set(), withUndo: seed % 2 === 0, next: FIRST_UNIQUE }
}

function edit(round: Round, { tab }: Writer): void {
  const { random } = round
  const text = tab.session.doc.getText('text')
  const at = random.int(text.length + 1)
  const length = Math.min(random.int(6), text.length - at)
  tab.session.doc.transact(() => {
    if (random.chance(0.6)) {
      const letters = Array.from({ length: 1 + random.int(4) }, () => String.fromCharCode(round.next++))
      for (const letter of letters) round.alive.add(letter)
      text.insert(at, letters.join(''), random.chance(0.3) ? { bold: true } : {})
    } else if (
      text
        .toJSON()
        .slice(at, at + length)
        .includes('\n')
    ) {
      text.format(text.toJSON().indexOf('\n'), 1, random.pick([{ header: 1 }, { header: null }]))
    } else if (random.chance(0.5)) {
      for (const letter of text.toJSON().slice(at, at + length)) round.alive.delete(letter)
      text.delete(at, length)
    } else {
      text.format(at, length, random.pick([{ bold: true }, { bold: null }, { italic: true }]))
    }
  }, 'person')
}

async function act(round: Round): Promise<void> {
  const { random } = round
  const writer = random.pick(round.writers)
  const dice = random.next()
  if (dice < 0.7) edit(round, writer)
  else if (dice < 0.76 && round.withUndo) writer.undo.undo()
  else if (dice < 0.79 && round.withUndo) writer.undo.redo()
  else if (dice < 0.83) writer.network.cut(random.chance(0.7))
  else if (dice < 0.85) writer.network.mute()
  else if (dice < 0.9) {
    writer.network.cut(false)
    writer.tab.session.retry()
  } else if (dice < 0.915) {
    await writer.tab.session.destroy()
    Object.assign(writer, openTab(writer.env, writer.port, round.pad))
    await writer.tab.session.ready
  } else await new Promise((resolve) => setTimeout(resolve, random.int(40)))
}

/** Everybody connected, nothing unsaved, everybody and the server see the same, and keep doing so. */
async function settle(rounds: readonly Round[]): Promise<void> {
  const writers = rounds.flatMap((round) => round.writers)
  for (const { network } of writers) network.cut(false)
  // Once: whoever is pressed to try at once, again and again, on a slow machine never gets to the end of a try.
  for (const { tab } of writers) if (tab.session.status.state === 'offline') tab.session.retry()
  const end = Date.now() + QUIET_WITHIN
  let quiet = 0
  for (;;) {
    const waiting = writers.filter(({ tab }) => tab.session.status.state !== 'saved')
    const contents = await Promise.all(
      rounds.map(
        async (round) => new Set([await contentOnServer(round.pad), ...round.writers.map(contentOf)]),
      ),
    )
    const apart = rounds.filter((_, i) => contents[i]?.size !== 1)
    const rest = waiting.length === 0 && apart.length === 0 && server.sync.stats().queuedRows === 0
    quiet = rest ? quiet + 1 : 0
    if (quiet === QUIET_LOOKS) return
    if (Date.now() > end) {
      const states = waiting.map(({ tab }) => JSON.stringify(tab.session.status))
      const seeds = await Promise.all(apart.map(differences))
      throw new Error(`not settled: ${states.join(' ')}\napart: ${seeds.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** What each writer of a round has and the server has not, and the other way. */
async function differences({ seed, pad, writers }: Round): Promise<string> {
  const state = await server.sync.withDocument(`p/${pad}`, (doc) => Y.encodeStateAsUpdate(doc))
  const others = new Y.Doc()
  Y.applyUpdate(others, state ?? new Uint8Array([0, 0]))
  const lines = writers.map(({ tab }, i) => {
    const { doc } = tab.session
    const here = `has ${missing(others, doc)}, lacks ${missing(doc, others)}`
    const pending = [doc.store.pendingStructs, doc.store.pendingDs].map((value) => value !== null)
    return `writer ${i} (${doc.clientID}) ${here}, pending ${pending.join()}: ${contentOf({ tab })}`
  })
  return `${seed}:\n  ${lines.join('\n  ')}`
}

/** What `to` would get from `from`: structs, and deletions of things that are not deleted there. */
function missing(to: Y.Doc, from: Y.Doc): string {
  const { structs, ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  const kept = Y.createDeleteSetFromStructStore(to.store)
  const deletions = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.flatMap(({ clock, len }) =>
      Array.from({ length: len }, (_, i) => clock + i)
        .filter((at) => !Y.isDeleted(kept, Y.createID(client, at)))
        .map((at) => `${client}:${at}`),
    ),
  )
  return JSON.stringify({ structs: structs.map(({ id }) => `${id.client}:${id.clock}`), deletions })
}

function contentOf({ tab }: Pick<Writer, 'tab'>): string {
  return JSON.stringify(tab.session.doc.getText('text').toDelta())
}

async function killServer(): Promise<void> {
  const { port, people, access } = server
  const directory = await server.crash()
  server = await startServer({ directory, port, people, access, limits: { connectionsPerPad: 10_000 } })
}

async function contentOnServer(pad: string): Promise<string> {
  return JSON.stringify(
    await server.sync.withDocument(`p/${pad}`, (doc) => doc.getText('text').toDelta() as unknown),
  )
}

/** The document's content as it is once the server has tidied it, which it does in its own time. */
function tidied(state: Uint8Array): unknown {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  tidy(doc.getText('text'))
  return doc.getText('text').toDelta() as unknown
}

async function run(seeds: readonly number[], carrier: Carrier): Promise<number> {
  const rounds = await Promise.all(seeds.map((seed) => begin(seed, carrier)))
  const deaths = createDice(seeds[0] ?? 0)
  const play = async (round: Round) => {
    for (let i = 0; i < ACTIONS; i++) await act(round)
  }
  const deadly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100 + deaths.int(300)))
    await killServer()
  }
  await Promise.all([...rounds.map(play), deadly()])
  await settle(rounds)
  for (const round of rounds) if (!round.withUndo) checkLetters(round)
  const before = rounds.map((round) => tidied(Y.encodeStateAsUpdate(first(round).tab.session.doc)))
  await sessions.destroyAll()
  await closeProxies()
  await killServer()
  for (const [i, { pad, seed }] of rounds.entries()) {
    const state = await server.sync.withDocument(`p/${pad}`, (doc) => Y.encodeStateAsUpdate(doc))
    expect({ seed, content: tidied(state ?? new Uint8Array([0, 0])) }).toEqual({ seed, content: before[i] })
  }
  return rounds.reduce((sum, round) => sum + round.next - FIRST_UNIQUE, 0)
}

test.each([
  ['WebSockets', ROUNDS],
  ['polling', POLLING_ROUNDS],
] as const)(
  'C5: over %s, everybody ends with the same content, and no letter is lost or doubled (%i seeds)',
  async (carrier, count) => {
    let letters = 0
    for (let done = 0; done < count; done += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, i) => FIRST + done + i)
      letters += await run(seeds, carrier)
    }
    console.log(`${count} seeds from ${FIRST} over ${carrier}, ${letters} letters`)
  },
  240_000 + ROUNDS * 3000,
)

function checkLetters(round: Round): void {
  const { seed } = round
  const letters = round.writers[0]?.tab.text() ?? ''
  const seen = new Set<string>()
  const doubled = Array.from(letters).filter(
    (letter) => letter.charCodeAt(0) >= FIRST_UNIQUE && seen.size === seen.add(letter).size,
  )
  const lost = [...round.alive].filter((letter) => !letters.includes(letter))
  expect({ seed, doubled, lost }).toEqual({ seed, doubled: [], lost: [] })
}

function first({ writers }: Round): Writer {
  const [writer] = writers
  if (writer === undefined) throw new RangeError('a round without writers')
  return writer
}
