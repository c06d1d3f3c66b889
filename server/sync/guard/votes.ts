/**
 * Votes on a board belong to whose they are (SPEC-board B423): they stand under their author's id, only what this author
 * wrote may take their place, and nobody takes them away.
 */
import * as Y from 'yjs'
import { VOTES } from '../../../shared/board/model/meeting.ts'
import type { Scan } from './scan.ts'

/** Who writes. */
export interface VotesWriter {
  readonly author: string
  /** Whose a client id is when the update is applied; undefined for nobody's. */
  owner(client: number): string | undefined
}

/** Call it before an update is applied, and what it gives afterwards: what is wrong then, or undefined. */
export function watchVotes(doc: Y.Doc): (scan: Scan, writer: VotesWriter) => string | undefined {
  const votes = doc.share.get(VOTES)
  const before = new Map<string, Y.Item>()
  if (votes) for (const [key, item] of votes._map) if (!item.deleted) before.set(key, item)
  return (scan, writer) => {
    // The root may have come with this update.
    const now = doc.share.get(VOTES)
    if (!now) return undefined
    const isNew = ({ id }: Y.Item): boolean =>
      scan.clients.some(({ client, from, to }) => client === id.client && id.clock >= from && id.clock < to)
    for (const [author, item] of now._map) {
      const old = before.get(author)
      if (item === old) {
        if (item.deleted && author !== writer.author) return 'votes: taken away'
        continue
      }
      if (!isNew(item)) continue
      const by = writer.owner(item.id.client)
      // What nobody owns is what a crash lost and somebody brings back; it stands, but in nobody's place.
      if (by === undefined ? old !== undefined : by !== author) return 'votes: whose'
    }
    return undefined
  }
}
