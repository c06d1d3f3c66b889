/** Which rows are the next transaction (SPEC-sync S17, S33). */
import type { JournalRoom } from './journal-room.ts'
import type { Parked } from './parked.ts'

const ROWS = 500
const BYTES = 1024 * 1024

/** The first `count` unsaved rows of a room. */
export interface Part {
  room: JournalRoom
  count: number
}

/**
 * The next batch of the queue, which loses its empty rooms: whole rooms, first come first served, in the order of their
 * documents so that servers cannot deadlock. `alone`: one room only. A parked room always is alone.
 */
export function takeBatch(queue: Set<JournalRoom>, parked: Parked, alone: boolean, now: number): Part[] {
  const batch: Part[] = []
  let rows = 0
  let bytes = 0
  for (const room of queue) {
    if (room.unsaved.length === 0) {
      queue.delete(room)
      continue
    }
    const isParked = parked.has(room)
    if (isParked && (batch.length > 0 || parked.waits(room, now))) continue
    let count = 0
    for (const { row } of room.unsaved) {
      if (rows > 0 && (rows >= ROWS || bytes + row.bytes.length > BYTES)) break
      count++
      rows++
      bytes += row.bytes.length
    }
    if (count > 0) batch.push({ room, count })
    if (count < room.unsaved.length) {
      queue.delete(room)
      queue.add(room)
      break
    }
    if (alone || isParked) break
  }
  return batch.length < 2 ? batch : batch.sort((a, b) => documentOf(a.room) - documentOf(b.room))
}

function documentOf(room: JournalRoom): number {
  return room.unsaved[0]?.row.document ?? 0
}
