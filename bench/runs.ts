/** The runs: one crowded document, many small ones, memory, a join storm, a killed server. */
import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Peer } from './peers.ts'
import { cpuSeconds, percentile, residentBytes, startPeer } from './process.ts'
import { RawClient, type Tally } from './raw-client.ts'

const EDITS_PER_SECOND = 2

/** Latencies in ms, shares from 0 to 1, processor use in per cent of one core. */
export interface LoadResult {
  delivered: number
  p50: number
  p95: number
  p99: number
  ackP95: number
  cpu: number
  /** Microseconds of the server's processor per edit delivered to somebody else. */
  cpuPerDelivery: number
  rss: number
}

/** `documents` rooms of `people` clients each, everybody typing twice a second for `seconds`. */
export async function load(
  peer: Peer,
  documents: number,
  people: number,
  seconds: number,
): Promise<LoadResult> {
  const server = await startPeer(peer)
  const tally: Tally = { deliveries: [], acks: [] }
  const clients: RawClient[] = []
  try {
    for (let room = 0; room < documents; room++) {
      for (let i = 0; i < people; i++) clients.push(new RawClient(peer, server.port, `bench-${room}`, tally))
      if (room % 20 === 19) await Promise.all(clients.slice(-20 * people).map((client) => client.joined))
    }
    await limit(Promise.all(clients.map((client) => client.joined)), 30_000, `${peer.name}: joining`)
    const period = 1000 / EDITS_PER_SECOND
    const begun = performance.now()
    const timers = clients.map((client, i) => {
      const offset = (i * period) / clients.length
      let next = begun + offset
      let timer = setTimeout(function type() {
        client.type()
        sent++
        next += period
        timer = setTimeout(type, Math.max(0, next - performance.now()))
      }, offset)
      return () => clearTimeout(timer)
    })
    let sent = 0
    await wait(2000)
    tally.deliveries.length = 0
    tally.acks.length = 0
    const sentBefore = sent
    const cpuBefore = await cpuSeconds(server.pid)
    const at = performance.now()
    await wait(seconds * 1000)
    const elapsed = (performance.now() - at) / 1000
    const cpu = (await cpuSeconds(server.pid)) - cpuBefore
    const rss = await residentBytes(server.pid)
    const deliveries = tally.deliveries.slice()
    const acks = tally.acks.slice()
    for (const stop of timers) stop()
    const expected = (sent - sentBefore) * (people - 1)
    return {
      delivered: Math.min(1, deliveries.length / expected),
      p50: percentile(deliveries, 0.5),
      p95: percentile(deliveries, 0.95),
      p99: percentile(deliveries, 0.99),
      ackP95: percentile(acks, 0.95),
      cpu: (cpu / elapsed) * 100,
      cpuPerDelivery: (cpu * 1e6) / Math.max(1, deliveries.length),
      rss,
    }
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

/** A text of `kilobytes`, written by three people in runs inside 100-character lines. */
export function sampleText(kilobytes: number): Uint8Array {
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  const lines = (kilobytes * 1000) / 100
  for (let line = 0; line < lines; line++) {
    const doc = docs[line % 3] ?? new Y.Doc()
    const text = doc.getText('text')
    for (let part = 0; part < 5; part++)
      text.insert(text.length, `${'abcdefghijklmnopqr '.slice(0, 19)}${part === 4 ? '' : ' '}`)
    text.insert(text.length, '\n')
  }
  const all = new Y.Doc()
  for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc))
  return Y.encodeStateAsUpdate(all)
}

/** ms until the last of `people` who come at once has a document of 100 kB, and the server's processor time for it in ms. */
export async function joinStorm(peer: Peer, people: number): Promise<{ ms: number; cpuMs: number }> {
  const server = await startPeer(peer)
  const tally: Tally = { deliveries: [], acks: [] }
  const update = sampleText(100)
  const clients: RawClient[] = []
  try {
    const writer = new RawClient(peer, server.port, 'storm', tally)
    clients.push(writer)
    await limit(writer.joined, 10_000, `${peer.name}: joining`)
    writer.push(update)
    const witness = new RawClient(peer, server.port, 'storm', tally)
    clients.push(witness)
    await until(() => witness.received > update.length * 0.9, 10_000, `${peer.name}: text did not arrive`)
    const cpuBefore = await cpuSeconds(server.pid)
    const begun = performance.now()
    const crowd = Array.from({ length: people }, () => new RawClient(peer, server.port, 'storm', tally))
    clients.push(...crowd)
    await limit(Promise.all(crowd.map((client) => client.joined)), 30_000, `${peer.name}: storm`)
    const ms = performance.now() - begun
    return { ms, cpuMs: ((await cpuSeconds(server.pid)) - cpuBefore) * 1000 }
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

/** Resident bytes: of the idle process, of each idle connection, of each open document of 100 kB. */
export async function memory(peer: Peer): Promise<{ idle: number; connection: number; document: number }> {
  const server = await startPeer(peer)
  const tally: Tally = { deliveries: [], acks: [] }
  const clients: RawClient[] = []
  const add = async (room: string): Promise<RawClient> => {
    const client = new RawClient(peer, server.port, room, tally)
    clients.push(client)
    await limit(client.joined, 10_000, `${peer.name}: joining`)
    return client
  }
  try {
    await wait(1500)
    const idle = await residentBytes(server.pid)
    for (let i = 0; i < 4; i++) await add(`warm-${i}`)
    const before = await residentBytes(server.pid)
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 100 }, (_, i) => add(`warm-${i % 4}`)))
    }
    await wait(1500)
    const connection = ((await residentBytes(server.pid)) - before) / 2000
    for (const client of clients.splice(0)) client.close()
    await wait(1500)
    const update = sampleText(100)
    const empty = await residentBytes(server.pid)
    for (let i = 0; i < 100; i++) {
      const writer = await add(`full-${i}`)
      writer.push(update)
      if (peer.acknowledges) await until(() => writer.durable >= 1, 10_000, 'not durable')
    }
    await wait(2000)
    return { idle, connection, document: ((await residentBytes(server.pid)) - empty) / 100 }
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

/**
 * Two hundred edits, then kill -9, then a new start: ms until it listens again, edits acknowledged as durable before
 * the kill (for peers without such an acknowledgement: edits sent), and edits that came back.
 */
export async function killAndRecover(
  peer: Peer,
): Promise<{ ms: number; acknowledged: number; kept: number }> {
  const tally: Tally = { deliveries: [], acks: [] }
  const first = await startPeer(peer)
  const writer = new RawClient(peer, first.port, 'killed', tally)
  await limit(writer.joined, 10_000, `${peer.name}: joining`)
  for (let i = 0; i < 200; i++) {
    writer.type()
    await wait(5)
  }
  const acknowledged = peer.acknowledges ? writer.durable : 200
  await first.kill9()
  writer.close()
  const second = await startPeer(peer, first.folder)
  const reader = new RawClient(peer, second.port, 'killed', tally)
  try {
    await limit(reader.joined, 10_000, `${peer.name}: rejoining`)
    await wait(200)
    return { ms: second.startMs, acknowledged, kept: reader.stamps }
  } finally {
    reader.close()
    await second.stop()
  }
}

async function until(condition: () => boolean, ms: number, what: string): Promise<void> {
  const begun = performance.now()
  while (!condition()) {
    if (performance.now() - begun > ms) throw new Error(what)
    await wait(2)
  }
}

async function limit<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took over ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
