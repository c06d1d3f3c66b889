/** What of a pad this browser had seen when somebody was last here (SPEC-writing W13). Kept in this browser only; no words of the text. */
import { encodeStateVector } from 'yjs'
import type { PadModel } from './model.ts'

/** When, in ms since 1970, and the Yjs state vector in base64. */
export interface Visit {
  time: number
  seen: string
}

const KEY = 'inkpad.seen'
/** Pads that are remembered, and the longest vector of one. */
const MOST = 40
const LONGEST = 8192

/** The visit before this one; null for none. Notes this one whenever the page goes out of sight. */
export function watchVisit(model: PadModel, storage: Storage | null): Visit | null {
  const { pad } = model.boot
  const before = read(storage)[pad] ?? null
  const note = (): void => {
    if (document.visibilityState === 'hidden' && model.ready.peek()) write(storage, pad, model)
  }
  document.addEventListener('visibilitychange', note)
  window.addEventListener('pagehide', note)
  return before
}

function read(storage: Storage | null): Record<string, Visit> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, Visit>) : {}
  } catch {
    return {}
  }
}

function write(storage: Storage | null, pad: string, { session }: PadModel): void {
  const seen = btoa(String.fromCharCode(...encodeStateVector(session.doc).slice(0, LONGEST + 1)))
  const { [pad]: _old, ...others } = read(storage)
  const kept = Object.entries(others).slice(-MOST + 1)
  const now: [string, Visit][] = seen.length > LONGEST ? [] : [[pad, { time: Date.now(), seen }]]
  try {
    storage?.setItem(KEY, JSON.stringify(Object.fromEntries([...kept, ...now])))
  } catch {
    // A browser that keeps nothing does not know.
  }
}
