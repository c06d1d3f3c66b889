import type { Off } from '../types.ts'

/** Time, for what happens between people; tests bring their own. */
export interface Clock {
  /** Ms, ascending. */
  now(): number
  /** Runs before the next frame, or soon in a hidden page; the result cancels. */
  frame(run: () => void): Off
  /** Runs once after `ms`; the result cancels. */
  after(ms: number, run: () => void): Off
}

/** A hidden page gets no frames. */
const HIDDEN_FRAME = 100

/** The page's own time. */
export function pageClock(): Clock {
  const after = (ms: number, run: () => void): Off => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  return {
    now: () => performance.now(),
    frame(run) {
      if (document.visibilityState === 'hidden') return after(HIDDEN_FRAME, run)
      const frame = requestAnimationFrame(run)
      return () => cancelAnimationFrame(frame)
    },
    after,
  }
}
