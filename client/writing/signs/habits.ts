/** Which emoji somebody used last, and in which colour of skin, in this browser (SPEC-writing W9). */
import { TONE_COUNT } from './signs.ts'

const KEY = 'inkpad-emoji'
/** Emoji remembered, and UTF-16 units of one. */
const MOST = 24
const LONGEST = 40

export interface Habits {
  /** Without colours of skin, the last one first. */
  recent: readonly string[]
  /** 0 for none. */
  tone: number
}

type Kept = Pick<Storage, 'getItem' | 'setItem'> | null

/** What is remembered; it may have been written by anybody. */
export function habitsIn(storage: Kept): Habits {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null')
    if (typeof value !== 'object' || value === null) return { recent: [], tone: 0 }
    const { recent, tone } = value as Record<string, unknown>
    return {
      recent: (Array.isArray(recent) ? (recent as unknown[]) : [])
        .filter((sign): sign is string => typeof sign === 'string' && sign.length <= LONGEST)
        .slice(0, MOST),
      tone: Number.isInteger(tone) && Number(tone) > 0 && Number(tone) < TONE_COUNT ? Number(tone) : 0,
    }
  } catch {
    return { recent: [], tone: 0 }
  }
}

/** Remembers that one was used, in this colour. */
export function keepHabit(storage: Kept, sign: string | null, tone: number): void {
  const { recent } = habitsIn(storage)
  const next = sign === null ? recent : [sign, ...recent.filter((one) => one !== sign)].slice(0, MOST)
  try {
    storage?.setItem(KEY, JSON.stringify({ recent: next, tone }))
  } catch {
    // A full or forbidden store remembers nothing.
  }
}
