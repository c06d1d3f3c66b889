import { clientId, clock, count, cursorOf, end } from './cursor.ts'

/**
 * Checks a state vector (the body of step 1; yjs 13.6 `readStateVector`) before Yjs decodes it; returns its number of
 * entries. A client may be listed twice: Yjs takes the last. Throws {@link GuardError}.
 */
export function scanStateVector(bytes: Uint8Array, maxEntries: number): number {
  const c = cursorOf(bytes)
  const entries = count(c, maxEntries, 2)
  for (let i = 0; i < entries; i++) {
    clientId(c)
    clock(c)
  }
  end(c)
  return entries
}
