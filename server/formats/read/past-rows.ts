/** A past as updates of a document, each by the one who made it (SPEC-formats F77). */
import * as Y from 'yjs'
import type { Delta, Insert } from '../../../shared/text/delta.ts'
import { sameEnds, unitsOf } from '../same-ends.ts'

/** A row of a log that is to be written. */
export interface PastRow {
  /** Id in the file of who made it; '' for nobody. */
  author: string
  time: number
  bytes: Uint8Array
  /** The Yjs client it is written under; each author has one. */
  client: number
}

export interface PastStep {
  author: string
  time: number
  content: readonly Insert[]
}

/** One row for each step that changes something. */
export function pastRows(steps: readonly PastStep[]): PastRow[] {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const clients = new Map<string, number>()
  const rows: PastRow[] = []
  let now: { author: string; time: number } = { author: '', time: 0 }
  doc.on('update', (bytes: Uint8Array) => rows.push({ ...now, bytes, client: doc.clientID }))
  let before: readonly Insert[] = []
  for (const { author, time, content } of steps) {
    now = { author, time }
    doc.clientID = clientOf(clients, author)
    const delta = changeOf(before, content)
    doc.transact(() => text.applyDelta(delta as Insert[]))
    before = content
  }
  doc.destroy()
  return rows
}

function clientOf(clients: Map<string, number>, author: string): number {
  const known = clients.get(author)
  if (known !== undefined) return known
  let id = 0
  while (id === 0 || [...clients.values()].includes(id)) id = Math.floor(Math.random() * 0xffff_ffff)
  clients.set(author, id)
  return id
}

/** From one content to another: what is the same at both ends stays. */
export function changeOf(before: readonly Insert[], after: readonly Insert[]): Delta {
  const looks = new Map<string, number>()
  const [one, other] = [unitsOf(looked(before), looks), unitsOf(looked(after), looks)]
  const { head, tail } = sameEnds(one, other)
  const gone = one.length - head - tail
  return [
    ...(head > 0 ? [{ retain: head }] : []),
    ...sliced(after, head, other.length - tail),
    ...(gone > 0 ? [{ delete: gone }] : []),
  ]
}

/** An embed is one unit that looks as what it is. */
function looked(content: readonly Insert[]): { text: string; look: string }[] {
  return content.map(({ insert, attributes = {} }) => {
    const look = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
    return typeof insert === 'string'
      ? { text: insert, look }
      : { text: '\ufffc', look: look + JSON.stringify(insert) }
  })
}

function sliced(content: readonly Insert[], from: number, to: number): Insert[] {
  const out: Insert[] = []
  let at = 0
  for (const piece of content) {
    const { insert } = piece
    const length = typeof insert === 'string' ? insert.length : 1
    if (typeof insert === 'string') {
      const part = insert.slice(Math.max(0, from - at), Math.max(0, to - at))
      if (part !== '') out.push({ ...piece, insert: part })
    } else if (at >= from && at < to) out.push(piece)
    at += length
    if (at >= to) break
  }
  return out
}
