/** A new pad whose text comes with its past: a log as it would stand there had it been written here (SPEC-formats F77). */
import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import type { LogRow, Store } from '../store/store.ts'
import type { PastRow } from './read/past-rows.ts'
import { Refusal } from './read/refusal.ts'

/** Rows written at once. */
const ROWS = 200

export interface NewPast {
  pad: string
  /** At least one. */
  rows: readonly PastRow[]
  /** Who a person of the file is here. */
  authorOf: (id: string) => string
  /** Bytes a document may have. */
  most: number
}

/** Makes the pad. Gives false, and writes nothing, when it is there already. @throws Refusal; StoreDown */
export async function createWithPast(
  store: Pick<Store, 'create' | 'append'>,
  { pad, rows, authorOf, most }: NewPast,
): Promise<boolean> {
  const [first, ...later] = rows
  if (!first) throw new RangeError('a past without a beginning')
  if (sizeOf(rows) > most) throw new Refusal('tooLarge', 'the pad would be too large')
  const generation = randomBytes(12).toString('base64url')
  const known = new Set([first.client])
  const made = await store.create({
    name: `p/${pad}`,
    generation,
    time: first.time,
    seed: { author: authorOf(first.author), bytes: first.bytes, clients: [first.client] },
  })
  if (made.generation !== generation) return false
  const log = later.map(({ author, time, bytes, client }, at): LogRow => {
    const fresh = !known.has(client)
    known.add(client)
    const row = { document: made.id, seq: at + 2, author: authorOf(author), time, bytes }
    return fresh ? { ...row, clients: [client] } : row
  })
  for (let at = 0; at < log.length; at += ROWS) await store.append(log.slice(at, at + ROWS))
  return true
}

function sizeOf(rows: readonly PastRow[]): number {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  })
  const size = Y.encodeStateAsUpdate(doc).length
  doc.destroy()
  return size
}
