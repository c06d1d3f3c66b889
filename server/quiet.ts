/**
 * Gives memory back when little happens (SPEC-sync S46). V8 collects when much is made anew; what opening a large board or
 * writing a file left behind, a server that then rests would hold for hours.
 */
import v8 from 'node:v8'
import vm from 'node:vm'

interface QuietParts {
  /** A count that grows with every message. */
  messages: () => number
  /** Bytes held, with garbage. Default: the process's. */
  held?: () => number
  /** Collects; nothing else runs meanwhile, a tenth of a second or, on a busy machine with large documents, up to one. Default: V8's. */
  collect?: () => void
  /** Ms between two looks. */
  every?: number
}

const EVERY = 5000
/** Messages between two looks that are few. */
const FEW = 10
/** Looks in a row that must be quiet. */
const LOOKS = 3
/** Bytes more than after the last collection that are worth one. */
const WORTH = 4 * 1024 * 1024
/** What the first time lets go is often what held the rest; and V8 makes its room for young objects small only at rest. */
const TIMES = 2

/** Begins to look; the answer ends it. */
export function collectWhenQuiet({
  messages,
  held = heldBytes,
  collect = collector('major'),
  every = EVERY,
}: QuietParts): () => void {
  let heard = messages()
  let quiet = 0
  let least = held()
  let left = 0
  const timer = setInterval(() => {
    const now = messages()
    quiet = now - heard < FEW ? quiet + 1 : 0
    heard = now
    const bytes = held()
    least = Math.min(least, bytes)
    if (quiet < LOOKS) return
    if (left === 0 && bytes - least >= WORTH) left = TIMES
    if (left === 0) return
    collect()
    left--
    quiet = 0
    least = held()
  }, every)
  timer.unref()
  return () => clearInterval(timer)
}

/** What the youngest objects take goes up and down by itself. */
function heldBytes(): number {
  let bytes = process.memoryUsage().external
  for (const { space_name: name, space_used_size: used } of v8.getHeapSpaceStatistics())
    if (!name.startsWith('new_')) bytes += used
  return bytes
}

/** V8's way to collect, once it was asked for; for this thread. */
let known: unknown

/**
 * V8's own way to collect, which is a global of contexts that are made once its flag is set; for the thread that asks.
 * `minor`: only what is young, in about a millisecond.
 */
export function collector(type: 'major' | 'minor' = 'major'): () => void {
  if (known === undefined) {
    // The flag is the whole process', whichever thread sets it, so it stays.
    v8.setFlagsFromString('--expose-gc')
    known = vm.runInNewContext('globalThis.gc')
  }
  const collect = known
  return () => {
    if (typeof collect === 'function') collect(...(type === 'minor' ? [{ type }] : []))
  }
}
