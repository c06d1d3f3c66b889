/** Which parts of a text came after a moment, by the clocks of their Yjs items. Pure. */
import * as Y from 'yjs'

/** A stretch of the text, in UTF-16 units. */
export interface Stretch {
  from: number
  to: number
}

/** What a state vector in base64 says; null for what is none. It comes from a browser's storage. */
export function clocksOf(seen: string): ReadonlyMap<number, number> | null {
  try {
    return Y.decodeStateVector(Uint8Array.from(atob(seen), (sign) => sign.charCodeAt(0)))
  } catch {
    return null
  }
}

/** The stretches that are not older than the clocks, without those of clients that do not count. At most `most`. */
export function freshStretches(
  text: Y.Text,
  clocks: ReadonlyMap<number, number>,
  counts: (client: number) => boolean,
  most: number,
): Stretch[] {
  const found: Stretch[] = []
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { client, clock } = item.id
    const { length } = item
    const old = Math.max(0, Math.min(length, (clocks.get(client) ?? 0) - clock))
    if (old < length && counts(client)) {
      const last = found.at(-1)
      if (last?.to === at + old) last.to = at + length
      else if (found.length === most) break
      else found.push({ from: at + old, to: at + length })
    }
    at += length
  }
  return found
}
