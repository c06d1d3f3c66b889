/**
 * Killing without warning while people type. What the screen called saved must be there for somebody who comes later,
 * and whoever was typing must end with the same text. More rounds: `FAULT_ROUNDS=100`; another run: `SEED=7`.
 */
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { type Mariadb, startMariadb } from '../support/mariadb.ts'
import { createRandom, type Random } from '../support/random.ts'
import { createSessions } from '../support/sessions.ts'
import { countWords, createTypist, type Typist } from '../support/typist.ts'
import { until } from '../support/wait.ts'

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 5)
/** The usual run has the same seed each time; longer ones have new ones. */
const SEED = Number(process.env.SEED ?? (process.env.FAULT_ROUNDS === undefined ? 261_128 : Date.now() % 1e6))
const PEOPLE = 6
const LIMIT = 60_000

const sessions = createSessions()
/** A second try writes in pads of its own. */
let gatherings = 0
const toRemove: { remove(): Promise<void> }[] = []
afterEach(() => sessions.destroyAll(), LIMIT)
afterAll(async () => {
  for (const thing of toRemove.toReversed()) await thing.remove()
}, LIMIT)

/** Six people on two pads, typing. */
async function gather(server: InkpadProcess, round: string, random: Random): Promise<Map<string, Typist[]>> {
  const pads = new Map<string, Typist[]>()
  gatherings += 1
  for (const pad of [`${round}-${gatherings}-a`, `${round}-${gatherings}-b`]) {
    const typists = Array.from({ length: PEOPLE / 2 }, (_, i) => {
      const opened = sessions.open(server.port, pad)
      return createTypist(opened.session, `${pad}${i}`, random)
    })
    pads.set(pad, typists)
    await Promise.all(
      typists.map((typist) => until('open', () => typist.session.status.state === 'saved', LIMIT)),
    )
  }
  for (const typists of pads.values()) for (const typist of typists) typist.start()
  const all = [...pads.values()].flat()
  await until('everybody typed', () => all.every((typist) => typist.typed.length > 3), LIMIT)
  return pads
}

/** What somebody sees who never was here before. */
async function readAfresh(server: InkpadProcess, pad: string): Promise<string> {
  const opened = sessions.open(server.port, pad)
  await opened.is('saved', LIMIT)
  const text = opened.text()
  await opened.session.destroy()
  return text
}

function expectWords(text: string, typist: Typist, from: number, to: number): void {
  const counts = countWords(text)
  const wrong = typist.typed.slice(from, to).filter((word) => counts.get(word) !== 1)
  expect(wrong).toEqual([])
}

/** The tabs die with the server, so only what the database kept can come back. */
async function everybodyGone(server: InkpadProcess, pads: Map<string, Typist[]>): Promise<number> {
  let acknowledged = 0
  for (const typists of pads.values()) for (const typist of typists) typist.stop()
  await sessions.destroyAll()
  await server.start()
  for (const [pad, typists] of pads) {
    const text = await readAfresh(server, pad)
    for (const typist of typists) {
      expectWords(text, typist, 0, typist.saved())
      acknowledged += typist.saved()
    }
  }
  return acknowledged
}

/** The people stay, type on without a server, and all is there once when it is back, also after one more kill. */
async function everybodyStays(
  server: InkpadProcess,
  pads: Map<string, Typist[]>,
  random: Random,
): Promise<void> {
  const all = [...pads.values()].flat()
  await wait(random.below(200))
  await server.start()
  await until(
    'some words after the return',
    () => all.every((typist) => typist.session.status.state !== 'offline'),
    LIMIT,
  )
  for (const typist of all) typist.stop()
  await until(
    'everything saved',
    () => all.every(({ session }) => session.status.state === 'saved' && session.status.unsaved === 0),
    LIMIT,
    () => all.map(({ session }) => session.status),
  )
  await server.kill9()
  await server.start()
  for (const [pad, typists] of pads) {
    const text = await readAfresh(server, pad)
    for (const typist of typists) {
      expectWords(text, typist, 0, typist.typed.length)
      await until('same text', () => typist.session.doc.getText('text').toJSON() === text, LIMIT)
    }
  }
}

async function serverRounds(server: InkpadProcess, name: string): Promise<void> {
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const random = createRandom(SEED + round)
    const pads = await gather(server, `${name}${SEED}-${round}`, random)
    await wait(random.below(600))
    await server.kill9()
    if (round % 2 === 0) acknowledged += await everybodyGone(server, pads)
    else await everybodyStays(server, pads, random)
    await sessions.destroyAll()
  }
  expect(acknowledged).toBeGreaterThan(0)
}

describe(`kill -9, ${ROUNDS} rounds, SEED=${SEED}`, () => {
  test(
    'S-kill: the server with the embedded store loses nothing it acknowledged',
    async () => {
      const server = await startInkpad()
      toRemove.push(server)
      await serverRounds(server, 'lite')
    },
    ROUNDS * LIMIT,
  )

  describe('MariaDB', () => {
    let mariadb: Mariadb
    let server: InkpadProcess

    test(
      'S-kill: the server loses nothing it acknowledged',
      async () => {
        mariadb = await startMariadb()
        toRemove.push(mariadb)
        server = await startInkpad({
          DB_TYPE: 'mariadb',
          DB_HOST: mariadb.host,
          DB_PORT: String(mariadb.port),
          DB_NAME: mariadb.database,
          DB_USER: mariadb.user,
          DB_PASS: mariadb.password,
          DB_CHARSET: 'utf8',
        })
        toRemove.push(server)
        await serverRounds(server, 'maria')
      },
      ROUNDS * LIMIT + LIMIT,
    )

    test(
      'S-kill: the database dies and comes back under a running server, and nothing acknowledged is lost',
      async () => {
        // A first try may have ended between a kill and a start.
        await server.kill9()
        if (mariadb.pid === 0) await mariadb.start()
        await server.start()
        for (let round = 0; round < ROUNDS; round++) {
          const random = createRandom(SEED + round)
          const pads = await gather(server, `db${SEED}-${round}`, random)
          const all = [...pads.values()].flat()
          await wait(random.below(600))
          await mariadb.kill9()
          await until(
            'the screen says so',
            () => all.some(({ session }) => session.status.store !== 'ok'),
            LIMIT,
          )
          const before = all.map((typist) => typist.saved())
          if (round % 2 === 0) {
            // The server dies too, before the database is back: only rows can have kept the words.
            for (const typist of all) typist.stop()
            await sessions.destroyAll()
            await server.kill9()
            await mariadb.start()
            await server.start()
            for (const [pad, typists] of pads) {
              const text = await readAfresh(server, pad)
              for (const typist of typists) expectWords(text, typist, 0, before[all.indexOf(typist)] ?? 0)
            }
          } else {
            await mariadb.start()
            await until('saved again', () => all.every(({ session }) => session.status.store === 'ok'), LIMIT)
            for (const typist of all) typist.stop()
            await until(
              'everything saved',
              () => all.every(({ session }) => session.status.unsaved === 0),
              LIMIT,
            )
            await server.kill9()
            await server.start()
            for (const [pad, typists] of pads) {
              const text = await readAfresh(server, pad)
              for (const typist of typists) expectWords(text, typist, 0, typist.typed.length)
            }
          }
          await sessions.destroyAll()
        }
      },
      ROUNDS * LIMIT,
    )
  })
})
