import * as Y from 'yjs'
import type { View } from './admit.ts'

/**
 * The live document as the guard sees it. `owner` answers from the bindings of the log; it should also answer for
 * ids that live connections announced, so that nobody takes an id before its holder's first write.
 */
export function documentView(doc: Y.Doc, owner: (client: number) => string | undefined): View {
  throw new Error(`not yet: ${doc.clientID} ${owner(1)}`)
}
