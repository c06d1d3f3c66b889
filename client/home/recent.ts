/** The pads this browser opened lately. Kept in this browser only. */
import { isPadName, isStandIn } from '../../shared/ids.ts'

export interface RecentPad {
  name: string
  /** When it was last opened, in ms since 1970. */
  time: number
}

const KEY = 'inkpad.recent'
/** Pads kept. */
export const MOST_RECENT = 12

/** The recent pads, the latest first. */
export function recentPads(): RecentPad[] {
  try {
    return readRecent(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

/** Notes that a pad was opened. */
export function rememberPad(name: string, time: number): void {
  store([{ name, time }, ...recentPads().filter((pad) => pad.name !== name)])
}

/** Takes a pad off the list; the pad itself stays. The answer is the list that is left. */
export function forgetPad(name: string): RecentPad[] {
  const left = recentPads().filter((pad) => pad.name !== name)
  store(left)
  return left
}

/** Checks a list of unknown origin. */
export function readRecent(value: unknown): RecentPad[] {
  if (!Array.isArray(value)) return []
  const pads: RecentPad[] = []
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('name' in entry) || !('time' in entry)) continue
    const { name, time } = entry
    if (typeof name !== 'string' || typeof time !== 'number' || !Number.isFinite(time)) continue
    if (isPadName(name) || isStandIn(name)) pads.push({ name, time })
  }
  return pads.slice(0, MOST_RECENT)
}

function store(pads: readonly RecentPad[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(pads.slice(0, MOST_RECENT)))
  } catch {
    // A browser that keeps nothing has no list.
  }
}
