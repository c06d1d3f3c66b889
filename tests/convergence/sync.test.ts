/**
 * Random editing by several people through the real server and the real client, with networks that break, tabs that
 * reload, servers that are killed, and undo. A seed's choices are repeatable: `SEED=n ROUNDS=1`; more rounds: `ROUNDS=n`.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createClientEnvironment } from '../support/client-environment.ts'
import type { ClientEnvironment } from '../support/client-environment.ts'
import { createNetwork } from '../support/flaky-socket.ts'
import type { Network } from '../support/flaky-socket.ts'
import { createDice } from '../support/dice.ts'
import type { Dice } from '../support/dice.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { createSessions } from '../support/sessions.ts'
import type { Opened } from '../support/sessions.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 20)
const FIRST = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9))
/** Seeds that run at once, each in a pad of its own; they share the server and its deaths. */
const AT_ONCE = 20
const ACTIONS = 120
const QUIET_WITHIN = 60_000
const QUIET_LOOKS = 5
/** Characters that nothing else uses, so that each can be followed. */
const FIRST_UNIQUE = 0x4e00

interface Writer {
  env: ClientEnvironment
  network: Network
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
  await server.stop()
})

function openTab(env: ClientEnvironment, pad: string): Pick<Writer, 'tab' | 'undo'> {
  const tab = sessions.open(server.port, pad, { env })
  const undo = new Y.UndoManager(tab.session.doc.getText('text'), {
    trackedOrigins: new Set(['person']),
    captureTimeout: 0,
  })
  return { tab, undo }
}

async function begin(seed: number): Promise<Round> {
  const random = createDice(seed)
  const pad = `seed-${seed}`
  const writers = Array.from({ length: 2 + random.int(3) }, (_, i) => {
    const { cookie } = server.people.add(`writer ${i}`)
    const network = createNetwork(cookie)
    const env = createClientEnvironment({ cookie, WebSocket: network.WebSocket })
    return { env, network, ...openTab(env, pad) }
  })
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
    Object.assign(writer, openTab(writer.env, round.pad))
    await writer.tab.session.ready
  } else await new Promise((resolve) => setTimeout(resolve, random.int(40)))
}

/** Everybody connected, nothing unsaved, everybody and the server see the same, and keep doing so. */
async function settle(rounds: readonly Round[]): Promise<void> {
  const writers = rounds.flatMap((round) => round.writers)
  for (const { network } of writers) network.cut(false)
  const end = Date.now() + QUIET_WITHIN
  let quiet = 0
  for (;;) {
    const waiting = writers.filter(({ tab }) => tab.session.status.state !== 'saved')
    for (const { tab } of waiting) if (tab.session.status.state === 'offline') tab.session.retry()
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
      const seeds = apart.map(({ seed, writers: all }) => `${seed}:\n  ${all.map(contentOf).join('\n  ')}`)
      throw new Error(`not settled: ${states.join(' ')}\napart: ${seeds.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
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

test(
  `C5: ${ROUNDS} seeds from ${FIRST}: everybody ends with the same content, and no letter is lost or doubled`,
  async () => {
    let edits = 0
    for (let done = 0; done < ROUNDS; done += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, ROUNDS - done) }, (_, i) => FIRST + done + i)
      const rounds = await Promise.all(seeds.map(begin))
      const deaths = createDice(FIRST + done)
      const play = async (round: Round) => {
        for (let i = 0; i < ACTIONS; i++) await act(round)
      }
      const deadly = async () => {
        await new Promise((resolve) => setTimeout(resolve, 100 + deaths.int(300)))
        await killServer()
      }
      await Promise.all([...rounds.map(play), deadly()])
      await settle(rounds)
      const before = new Map<string, string>()
      for (const round of rounds) {
        const content = contentOf(first(round))
        before.set(round.pad, content)
        if (!round.withUndo) checkLetters(round)
        edits += round.next - FIRST_UNIQUE
      }
      await sessions.destroyAll()
      await killServer()
      for (const { pad, seed } of rounds) {
        expect({ seed, content: await contentOnServer(pad) }).toEqual({ seed, content: before.get(pad) })
      }
    }
    console.log(`${ROUNDS} seeds from ${FIRST}, ${edits} letters`)
  },
  80_000 + ROUNDS * 3000,
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
