/** Pictures as they are painted: fetched when they are first seen, and kept as bitmaps within a budget. */
import type { Off, Pictures } from '../types.ts'
import { PictureError } from './source.ts'
import type { PictureSource } from './source.ts'

/** Bytes of decoded pictures that are kept. */
const BUDGET = 128 * 1024 * 1024
/** Ms a picture that was asked for stays in any case, and how far that may go beyond the budget. */
const ON_SCREEN = 5000
const BEYOND = 3
/** Pictures on their way at once. */
const AT_ONCE = 4
/** Ms to the next try, by how many have failed; then it is given up until the page asks again. */
const AGAIN = [1000, 3000, 10_000, 30_000]

/** A decoded picture. */
export type Bitmap = ImageBitmap

export interface Shelf extends Pictures {
  /** A picture that this page has itself: it need not be fetched. */
  put(asset: string, picture: Blob): void
  /** The connection is back: tries again what did not come. */
  retry(): void
  destroy(): void
}

interface Entry {
  state: 'waiting' | 'loading' | 'ready' | 'gone'
  bitmap: Bitmap | null
  tries: number
  /** Ms of the clock. */
  asked: number
}

interface ShelfParts {
  source: Pick<PictureSource, 'fetch'>
  decode: (picture: Blob) => Promise<Bitmap>
  after: (ms: number, run: () => void) => Off
  now: () => number
  budget?: number
}

export function createShelf({ source, decode, after, now, budget = BUDGET }: ShelfParts): Shelf {
  const entries = new Map<string, Entry>()
  const listeners = new Set<(asset: string) => void>()
  const timers = new Set<Off>()
  let loading = 0
  let bytes = 0
  let over = false

  const tell = (asset: string): void => listeners.forEach((listener) => listener(asset))
  const sizeOf = ({ width, height }: Bitmap): number => width * height * 4

  function entryOf(asset: string): Entry {
    const known = entries.get(asset)
    if (known) {
      // Asked for last, given up last.
      entries.delete(asset)
      entries.set(asset, known)
      known.asked = now()
      return known
    }
    const entry: Entry = { state: 'waiting', bitmap: null, tries: 0, asked: now() }
    entries.set(asset, entry)
    return entry
  }

  function next(): void {
    for (const [asset, entry] of [...entries].reverse()) {
      if (loading >= AT_ONCE || over) return
      if (entry.state === 'waiting') void load(asset, entry)
    }
  }

  async function load(asset: string, entry: Entry): Promise<void> {
    entry.state = 'loading'
    loading++
    try {
      await take(asset, entry, await source.fetch(asset))
    } catch (error) {
      failed(asset, entry, error)
    } finally {
      loading--
      next()
    }
  }

  async function take(asset: string, entry: Entry, picture: Blob): Promise<void> {
    const bitmap = await decode(picture)
    if (over || entries.get(asset) !== entry) {
      bitmap.close()
      return
    }
    entry.bitmap?.close()
    bytes += sizeOf(bitmap) - (entry.bitmap ? sizeOf(entry.bitmap) : 0)
    Object.assign(entry, { bitmap, state: 'ready', tries: 0 })
    makeRoom(asset)
    tell(asset)
  }

  async function own(asset: string, entry: Entry, picture: Blob): Promise<void> {
    try {
      await take(asset, entry, picture)
    } catch {
      entry.state = 'waiting'
      next()
    }
  }

  function makeRoom(except: string): void {
    for (const [asset, { bitmap, asked }] of entries) {
      if (bytes <= budget || (bytes <= budget * BEYOND && now() - asked < ON_SCREEN)) return
      if (!bitmap || asset === except) continue
      bytes -= sizeOf(bitmap)
      bitmap.close()
      entries.delete(asset)
    }
  }

  function failed(asset: string, entry: Entry, error: unknown): void {
    if (over) return
    // What cannot be decoded will not be next time either.
    const again =
      error instanceof PictureError && error.trouble === 'offline' ? AGAIN[entry.tries] : undefined
    entry.tries++
    entry.state = 'gone'
    if (again === undefined) tell(asset)
    else {
      const off = after(again, () => {
        timers.delete(off)
        if (entry.state !== 'gone') return
        entry.state = 'waiting'
        next()
      })
      timers.add(off)
    }
  }

  return {
    image(asset) {
      const entry = entryOf(asset)
      if (entry.state === 'waiting') next()
      return entry.bitmap
    },
    state(asset) {
      const { state } = entryOf(asset)
      return state === 'waiting' ? 'loading' : state
    },
    onChange(listener) {
      const own = (asset: string): void => listener(asset)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    put(asset, picture) {
      const entry = entryOf(asset)
      if (entry.bitmap) return
      entry.state = 'loading'
      void own(asset, entry, picture)
    },
    retry() {
      for (const entry of entries.values())
        if (entry.state === 'gone') Object.assign(entry, { state: 'waiting', tries: 0 })
      next()
    },
    destroy() {
      over = true
      timers.forEach((off) => off())
      for (const { bitmap } of entries.values()) bitmap?.close()
      entries.clear()
      listeners.clear()
    },
  }
}
