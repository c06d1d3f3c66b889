/** Going away without losing what arrived (SPEC-sync S37). */
import { Close } from '../../shared/protocol.ts'
import type { Log } from '../log.ts'
import type { Connection } from './connection.ts'
import type { Journal } from './journal.ts'
import type { Rooms } from './rooms.ts'

/** Ms over which connections are closed, so that they do not all come back at once. */
const SPREAD = 2000
/** Part of the time that may go into the last commits. */
const COMMIT_SHARE = 0.6

interface Parts {
  connections: ReadonlySet<Connection>
  rooms: Rooms
  journal: Journal
  log: Log
  /** Ms for everything. */
  deadline: number
}

export async function shutDown({ connections, rooms, journal, log, deadline }: Parts): Promise<void> {
  const start = performance.now()
  for (const connection of connections) connection.stopReading()
  for (const room of rooms.all()) room.relay.flush()
  const durable = await journal.drain(start + deadline * COMMIT_SHARE)
  if (!durable) log.error('the database did not take everything before the end', { rows: journal.rows })
  for (const room of rooms.all()) room.relay.flush()
  for (const room of rooms.all()) {
    if (performance.now() - start > deadline * COMMIT_SHARE) break
    if (room.state === 'open') await room.rows.snapshots.atUnload()
  }
  const everybody = [...connections]
  const begin = performance.now()
  const spread = Math.max(0, Math.min(SPREAD, start + deadline - begin))
  for (const [index, connection] of everybody.entries()) {
    const early = begin + (spread * index) / everybody.length - performance.now()
    if (early > 0) await sleep(early)
    connection.close(Close.restart, 'the server restarts')
  }
  for (const room of rooms.all()) room.end(Close.restart, 'the server restarts')
  journal.stop()
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms)
  })
}
