/** How many files one address may ask for in a time (`importExportRateLimiting`, SPEC-formats F33). */

/** Addresses remembered. */
const MOST_ADDRESSES = 10_000

export interface Rate {
  /** 0 when one more is fine, else the ms to wait. An address of null counts for nobody. */
  take(address: string | null): number
}

/** `max` in `windowMs`, counted from the first; 0 for any number. */
export function createRate(
  { windowMs, max }: { windowMs: number; max: number },
  now: () => number = Date.now,
): Rate {
  const seen = new Map<string, { from: number; count: number }>()
  return {
    take(address) {
      if (address === null || max === 0) return 0
      const at = now()
      let known = seen.get(address)
      if (!known || at - known.from >= windowMs) {
        seen.delete(address)
        known = { from: at, count: 0 }
        seen.set(address, known)
      }
      if (seen.size > MOST_ADDRESSES) for (const [oldest] of seen) if (seen.delete(oldest)) break
      if (known.count >= max) return known.from + windowMs - at
      known.count += 1
      return 0
    },
  }
}
