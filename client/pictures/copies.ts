/** Pictures that are copied from pad to pad within one browser (SPEC-text I7). */
import { isAssetKey } from '../../shared/board/check/values.ts'

const KEY = 'inkpad-copied-pictures'
/** Pictures of one pad. */
const MOST = 100
/** Pads of which copies are remembered. */
const MOST_PADS = 4
/** Ms a copy is remembered. */
const REMEMBERED = 24 * 3_600_000
/** Ms between attempts. */
const PAUSES = [2000, 10_000, 60_000]

/** What was copied or dragged in a pad, the newest first, and that pad as its address names it. */
interface Copy {
  pad: string
  keys: readonly string[]
  time: number
}

interface CopiesParts {
  /** The pad here, as its address names it. */
  pad: string
  /** Null where the browser keeps nothing. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | null
  /** Puts a picture of another pad beside this one; 'later': trying again may help. */
  link: (from: string, key: string) => Promise<'done' | 'later' | 'never'>
  arrived: (key: string) => void
  now: () => number
  /** Runs once after `ms`. */
  after: (ms: number, run: () => void) => void
}

export interface Copies {
  copied(keys: readonly string[]): void
  pasted(words: string): void
  /** Settles when the server has been asked for this picture; undefined when it is not being asked. */
  asked(key: string): Promise<void> | undefined
}

/** Creates the {@link Copies} of a pad's page. */
export function createCopies({ pad, storage, link, arrived, now, after }: CopiesParts): Copies {
  const underWay = new Map<string, Promise<void>>()

  async function bring(from: string, key: string, tries: number): Promise<void> {
    const outcome = await link(from, key)
    if (outcome === 'done') arrived(key)
    const pause = PAUSES[tries]
    if (outcome === 'later' && pause !== undefined) after(pause, () => void bring(from, key, tries + 1))
  }
  return {
    copied(keys) {
      if (keys.length === 0) return
      const copies = readCopies(storage)
      const before = copies.find((copy) => copy.pad === pad)?.keys ?? []
      const copy: Copy = { pad, keys: [...new Set([...keys, ...before])].slice(0, MOST), time: now() }
      const others = copies.filter((one) => one.pad !== pad)
      try {
        storage?.setItem(KEY, JSON.stringify([copy, ...others].slice(0, MOST_PADS)))
      } catch {
        // A full or forbidden store: the pictures stay where they are.
      }
    },
    pasted(words) {
      for (const copy of readCopies(storage)) {
        if (copy.pad === pad || now() - copy.time > REMEMBERED) continue
        for (const key of copy.keys) {
          if (underWay.has(key) || !words.includes(key)) continue
          underWay.set(
            key,
            bring(copy.pad, key, 0).finally(() => underWay.delete(key)),
          )
        }
      }
    },
    asked: (key) => underWay.get(key),
  }
}

function readCopies(storage: Pick<Storage, 'getItem'> | null): Copy[] {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null')
    return Array.isArray(value)
      ? value.slice(0, MOST_PADS).flatMap((one: unknown) => readCopy(one) ?? [])
      : []
  } catch {
    return []
  }
}

function readCopy(value: unknown): Copy | null {
  if (typeof value !== 'object' || value === null) return null
  const { pad, keys, time } = value as Record<string, unknown>
  if (typeof pad !== 'string' || !Array.isArray(keys) || typeof time !== 'number') return null
  return { pad, keys: keys.filter((key): key is string => isAssetKey(key)).slice(0, MOST), time }
}
