/** What of an update a document has already (SPEC-guard G25). */
import * as Y from 'yjs'
import type { Range, Scan } from './scan.ts'

export interface News {
  /** What the update brings, without what was there; as it is before applying. */
  ranges: readonly Range[]
  /** The next clock the document expected of each client that is named with clocks it has; of all others all is new. */
  known: ReadonlyMap<number, number>
}

/** Tells what is new; to be asked before applying. */
export function newsOf(doc: Y.Doc, scan: Scan): News {
  const ranges: Range[] = []
  const known = new Map<number, number>()
  for (const range of scan.clients) {
    const { client, from, to } = range
    const next = Y.getState(doc.store, client)
    if (from < next) known.set(client, next)
    if (to > next) ranges.push(from < next ? { client, from: next, to } : range)
  }
  return { ranges, known }
}

/**
 * The update without what is there. Yjs would read known structs once more: it splits what is there at their references,
 * and of a struct that goes past what is known it takes list and neighbour from different places.
 */
export function withoutKnown(bytes: Uint8Array, { known }: News): Uint8Array {
  return known.size === 0 ? bytes : Y.diffUpdate(bytes, Y.encodeStateVector(new Map(known)))
}
