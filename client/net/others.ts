/** What the server lacks of others, which their owners are to bring first (rule C5b). */
import * as Y from 'yjs'

/** The server's state vector `told`, with everything we have of others added to it, and whether that is more. */
export function withoutOthers(
  doc: Y.Doc,
  told: Uint8Array,
  mayBring: (client: number) => boolean,
): { vector: Uint8Array; withheld: boolean } {
  const vector = Y.decodeStateVector(told)
  let withheld = false
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if (mayBring(client) || clock <= (vector.get(client) ?? 0)) continue
    vector.set(client, clock)
    withheld = true
  }
  return { vector: withheld ? Y.encodeStateVector(vector) : told, withheld }
}
