import * as Y from 'yjs'
import type { View } from './admit.ts'

/**
 * The live document as the guard sees it, at any time from now on. `bound` answers from the bindings of the log; `owner`
 * should also answer for ids that live connections announced, so that nobody takes an id before its holder's first
 * write, and for the document's own id.
 */
export function documentView(
  doc: Y.Doc,
  owner: (client: number) => string | undefined,
  bound: (client: number) => boolean,
): View {
  return {
    clock: (client) => Y.getState(doc.store, client),
    owner,
    bound,
    deleted: (client, from, to) => isDeleted(doc, client, from, to),
    get clientCount() {
      return doc.store.clients.size
    },
  }
}

/** Whether every struct in a range is known and deleted. */
function isDeleted(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client)
  if (!structs || from >= Y.getState(doc.store, client)) return false
  let at = from
  for (let i = Y.findIndexSS(structs, from); at < to; i++) {
    const struct = structs[i]
    if (!struct?.deleted) return false
    at = struct.id.clock + struct.length
  }
  return true
}
