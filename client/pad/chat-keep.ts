/** What this device keeps of chats: up to where they were read, and lines that are not sent yet (SPEC-pads P11, P15). */

/** A line on its way. */
export interface WaitingLine {
  key: string
  text: string
}

export interface ChatMemory {
  /** The last line that was seen here; null at the first visit. */
  readonly seen: number | null
  readonly waiting: readonly WaitingLine[]
  see(id: number): void
  wait(line: WaitingLine): void
  done(key: string): void
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

interface Kept {
  seen: number | null
  waiting: WaitingLine[]
  /** Of the last change, to let go of the oldest. */
  time: number
}

const KEY = 'inkpad.chat'
/** Pads remembered. */
const MOST_PADS = 100
/** Lines that may wait in one pad. */
export const MOST_WAITING = 100

/**
 * The memory for one pad; `pad` tells it from all others on this device. Read afresh before each change, because other
 * tabs change it too. Without a storage it lasts as long as the page.
 */
export function openChatMemory(
  storage: Storage | null,
  pad: string,
  now: () => number = Date.now,
): ChatMemory {
  let own: Kept = readAll(storage)[pad] ?? { seen: null, waiting: [], time: 0 }

  function change(edit: (kept: Kept) => Kept): void {
    const all = readAll(storage)
    own = { ...edit(all[pad] ?? own), time: now() }
    all[pad] = own
    const pads = Object.entries(all).sort(([, a], [, b]) => b.time - a.time)
    try {
      storage?.setItem(KEY, JSON.stringify(Object.fromEntries(pads.slice(0, MOST_PADS))))
    } catch {
      // Full or forbidden: then it lasts as long as the page.
    }
  }

  return {
    get seen() {
      return own.seen
    },
    get waiting() {
      return own.waiting
    },
    see: (id) => change((kept) => ({ ...kept, seen: id })),
    wait: (line) => change((kept) => ({ ...kept, waiting: [...kept.waiting, line].slice(-MOST_WAITING) })),
    done: (key) => change((kept) => ({ ...kept, waiting: kept.waiting.filter((line) => line.key !== key) })),
  }
}

function readAll(storage: Storage | null): Record<string, Kept> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).map(([pad, kept]) => [pad, readKept(kept)]))
  } catch {
    return {}
  }
}

function readKept(value: unknown): Kept {
  const { seen, waiting, time } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof Kept, unknown>
  >
  return {
    seen: typeof seen === 'number' && Number.isSafeInteger(seen) ? seen : null,
    waiting: (Array.isArray(waiting) ? (waiting as unknown[]) : []).filter(isWaiting).slice(-MOST_WAITING),
    time: typeof time === 'number' ? time : 0,
  }
}

function isWaiting(value: unknown): value is WaitingLine {
  if (typeof value !== 'object' || value === null) return false
  const { key, text } = value as Partial<Record<keyof WaitingLine, unknown>>
  return typeof key === 'string' && /^[\w-]{1,64}$/.test(key) && typeof text === 'string'
}
