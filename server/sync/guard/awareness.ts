import { clientId, count, cursorOf, end, shortString, varUint } from './cursor.ts'

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

/** Reads the body of an awareness message (y-protocols `awareness.js`). Throws {@link GuardError}. */
export function readAwareness(bytes: Uint8Array, limits: AwarenessLimits): AwarenessEntry[] {
  const c = cursorOf(bytes)
  const entries = count(c, limits.entries, 3)
  const states: AwarenessEntry[] = []
  for (let i = 0; i < entries; i++) {
    const client = clientId(c)
    const clock = varUint(c)
    states.push({ client, clock, json: shortString(c, limits.state) })
  }
  end(c)
  return states
}
