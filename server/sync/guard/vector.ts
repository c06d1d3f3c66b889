/** Checks a state vector (the body of step 1) before Yjs decodes it; returns its entries. Throws {@link GuardError}. */
export function scanStateVector(bytes: Uint8Array, maxEntries: number): number {
  throw new Error(`not yet: ${bytes.length} ${maxEntries}`)
}
