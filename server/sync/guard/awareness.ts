/** One state of an awareness message; `json` is not parsed and may be no JSON at all. `null` means gone. */
export interface AwarenessEntry {
  client: number
  clock: number
  json: string
}

export interface AwarenessLimits {
  entries: number
  /** Bytes of one state. */
  state: number
}

/** Reads the body of an awareness message. Throws {@link GuardError}. */
export function readAwareness(bytes: Uint8Array, limits: AwarenessLimits): AwarenessEntry[] {
  throw new Error(`not yet: ${bytes.length} ${limits.state}`)
}
