/**
 * A hundred people draw on one board and five hundred watch: how long a point of somebody's pen and a finished stroke take
 * from the drawer's socket to the others', through the built server.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { inkpad } from '../peers.ts'
import { cpuSeconds, percentile, residentBytes, startPeer } from '../process.ts'
import { BoardMember } from './crowd-member.ts'
import type { Heard } from './crowd-member.ts'

const DRAWERS = 100
const VIEWERS = 500
/** Of the viewers, those whose messages are read one by one; the others only take them. */
const LISTENERS = 20
/** Ms between two messages of a stroke under way in a room of this size, messages a stroke, ms between two strokes. */
const PACE = 32
const MOVES = 30
const PAUSE = 500
const JOINING = 60_000
const WARMING = 4000

/** Measures for so many seconds; gives rows of Markdown. @throws Error when the crowd cannot join */
export async function measureCrowd(seconds: number): Promise<string[]> {
  const server = await startPeer(inkpad)
  const heard: Heard = { ink: [], strokes: [], sentInk: new Map(), sentStrokes: new Map() }
  const members: BoardMember[] = []
  try {
    for (let i = 0; i < DRAWERS + VIEWERS; i++) {
      const listens = i >= DRAWERS && i < DRAWERS + LISTENERS
      members.push(new BoardMember(server.port, 'crowd', heard, listens))
      if (i % 50 === 49) await joined(members.slice(-50))
    }
    const drawers = members.slice(0, DRAWERS)
    let drawing = true
    const hands = drawers.map((drawer, i) => hand(drawer, i, () => drawing))
    await wait(WARMING)
    const cpuBefore = await cpuSeconds(server.pid)
    const counts = drawers.map(({ messages, strokes }) => ({ messages, strokes }))
    heard.ink.length = 0
    heard.strokes.length = 0
    const begun = performance.now()
    await wait(seconds * 1000)
    const elapsed = (performance.now() - begun) / 1000
    const sent = drawers.reduce((sum, { messages }, i) => sum + messages - (counts[i]?.messages ?? 0), 0)
    const made = drawers.reduce((sum, { strokes }, i) => sum + strokes - (counts[i]?.strokes ?? 0), 0)
    const ink = heard.ink.slice()
    const strokes = heard.strokes.slice()
    const cpu = ((await cpuSeconds(server.pid)) - cpuBefore) / elapsed
    const rss = await residentBytes(server.pid)
    drawing = false
    await Promise.all(hands)
    const row = (what: string, samples: number[], all: number): string =>
      `| ${what} | ${Math.min(100, (samples.length / (all * LISTENERS)) * 100).toFixed(1)} % | ` +
      `${percentile(samples, 0.5).toFixed(0)} | ${percentile(samples, 0.95).toFixed(0)} | ${percentile(samples, 0.99).toFixed(0)} | 100 |`
    return [
      `| ${DRAWERS} draw (${(sent / elapsed).toFixed(0)} messages, ${(made / elapsed).toFixed(0)} strokes a second), ${VIEWERS} watch | heard | p50 ms | p95 ms | p99 ms | target (p95) |`,
      '|---|---|---|---|---|---|',
      row('ink under way', ink, sent),
      row('finished strokes', strokes, made),
      '',
      `The server: ${(cpu * 100).toFixed(0)} % of a core, ${(rss / 1e6).toFixed(0)} MB.`,
    ]
  } finally {
    for (const member of members) member.close()
    await server.stop()
  }
}

async function joined(members: readonly BoardMember[]): Promise<void> {
  const late = Symbol('late')
  const end = new AbortController()
  const all = Promise.all(members.map((member) => member.joined))
  const first = await Promise.race([all, wait(JOINING, late, { signal: end.signal })])
  end.abort()
  if (first === late) throw new Error('the crowd did not join in time')
}

/** Draws strokes one after the other until `goesOn` says no. */
async function hand(drawer: BoardMember, number: number, goesOn: () => boolean): Promise<void> {
  await wait((number * (MOVES * PACE + PAUSE)) / DRAWERS)
  let next = performance.now()
  const pause = async (ms: number): Promise<void> => {
    next += ms
    await wait(Math.max(0, next - performance.now()))
  }
  while (goesOn()) {
    drawer.begin(number)
    for (let move = 0; move < MOVES; move++) {
      drawer.move()
      await pause(PACE)
    }
    drawer.end()
    await pause(PAUSE)
  }
}
