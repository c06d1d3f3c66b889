/** What boards cost the server besides drawing: loading one, holding one, making a picture of one. */
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { inkpad } from '../peers.ts'
import { residentBytes, startPeer } from '../process.ts'
import type { Running } from '../process.ts'
import { RawClient } from '../raw-client.ts'
import { fillBoard } from './own.ts'

const ITEMS = 32_000
const STROKES = 10_000
/** Starts of the server after which the large board is loaded; boards that are held at once. */
const LOADS = 3
const BOARDS = 4
const PATIENCE = 60_000
/** Ms after which the answer to who came, and what opening left behind, are collected; people stay meanwhile. */
const AT_REST = 60_000

/** Gives rows of Markdown. @throws Error when a board does not come in time */
export async function measureBoardsAtRest(): Promise<string[]> {
  return [
    '| what | measured | target |',
    '|---|---|---|',
    `| a board of ${ITEMS.toLocaleString('en')} strokes is loaded, checked and with who asked (best of ${LOADS} fresh servers) | ${(await loading()).toFixed(0)} ms | 270 ms |`,
    `| memory of a board of ${STROKES.toLocaleString('en')} strokes with somebody on it, after a minute (of ${BOARDS}) | ${((await holding()) / 1e6).toFixed(1)} MB | 12 MB |`,
    ...(await drawing()),
  ]
}

async function loading(): Promise<number> {
  let server = await startPeer(inkpad)
  try {
    await fillBoard(server.port, 'large', ITEMS)
    const times: number[] = []
    for (let i = 0; i < LOADS; i++) {
      await server.kill9()
      server = await startPeer(inkpad, server.folder)
      // What it does when it starts is no part of it, nor is the first room it ever opens.
      await openBoard(server.port, 'small')
      await wait(1000)
      times.push(await openBoard(server.port, 'large'))
    }
    return Math.min(...times)
  } finally {
    await server.stop()
  }
}

/**
 * Resident bytes a further board takes that is open, with one person on it: what the first ones leave behind as garbage is
 * there already.
 */
async function holding(): Promise<number> {
  const here: RawClient[] = []
  let server = await startPeer(inkpad)
  try {
    for (let i = 0; i < 2 * BOARDS; i++) await fillBoard(server.port, `held-${i}`, STROKES)
    await server.kill9()
    server = await startPeer(inkpad, server.folder)
    const { port, pid } = server
    const openSome = async (from: number): Promise<number> => {
      for (let i = from; i < from + BOARDS; i++) here.push((await enterBoard(port, `held-${i}`)).client)
      await wait(AT_REST)
      return residentBytes(pid)
    }
    const before = await openSome(0)
    return ((await openSome(BOARDS)) - before) / BOARDS
  } finally {
    for (const client of here) client.close()
    await server.stop()
  }
}

async function drawing(): Promise<string[]> {
  const server = await startPeer(inkpad)
  try {
    await fillBoard(server.port, 'picture', STROKES)
    const first = await picture(server, 'theme=light')
    const warm = await picture(server, 'theme=dark')
    const what = `picture (PNG) of ${STROKES.toLocaleString('en')} strokes`
    return [
      `| ${what}: the first one, with the thread's start | ${first.ms.toFixed(0)} ms, ${(first.bytes / 1e3).toFixed(0)} kB | 2000 ms |`,
      `| ${what}: another one | ${warm.ms.toFixed(0)} ms | 2000 ms |`,
      `| ${what}: most memory of the whole server meanwhile | ${(Math.max(first.most, warm.most) / 1e6).toFixed(0)} MB | 600 MB |`,
    ]
  } finally {
    await server.stop()
  }
}

async function picture(
  { port, pid }: Running,
  query: string,
): Promise<{ ms: number; bytes: number; most: number }> {
  // The highest mark of resident memory begins anew (proc(5)).
  await writeFile(`/proc/${pid}/clear_refs`, '5')
  const begun = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/p/picture/board/export/png?${query}`, {
    signal: AbortSignal.timeout(PATIENCE),
  })
  const bytes = (await answer.arrayBuffer()).byteLength
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`)
  const ms = performance.now() - begun
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return { ms, bytes, most: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024 }
}

/** Ms from the connection's beginning until all of the board was received. */
async function openBoard(port: number, pad: string): Promise<number> {
  const { client, ms } = await enterBoard(port, pad)
  client.close()
  return ms
}

/** Stays on the board. @throws Error when it does not come in time */
async function enterBoard(port: number, pad: string): Promise<{ client: RawClient; ms: number }> {
  const begun = performance.now()
  const client = new RawClient({ ...inkpad, path: (room) => `/sync/b/${room}` }, port, pad, {
    deliveries: [],
    acks: [],
  })
  const end = new AbortController()
  const first = await Promise.race([
    client.joined.then(() => performance.now() - begun),
    wait(PATIENCE, null, { signal: end.signal }),
  ])
  end.abort()
  if (first === null) {
    client.close()
    throw new Error('the board did not come in time')
  }
  return { client, ms: first }
}
