/** When to come back, and when the browser has reason to think that the connection is gone. */
import { Close } from '../../shared/protocol.ts'
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'

const FIRST = 200
const LONGEST = 15_000
const RESTART = { from: 200, to: 3000 }
const LATER = { from: 5000, to: 15_000 }
/** How often the clock is looked at, and the gap that means that the device slept. */
const TICK = 5000
const SLEPT = 10_000

/**
 * Ms to wait before attempt number `attempt` (0 is the first after a connection that worked). Full jitter, so that a
 * restart brings no herd; the server's own wish, told by the close code, counts more.
 */
export function reconnectDelay(attempt: number, code: number, random: () => number): number {
  if (code === Close.restart && attempt === 0) return between(RESTART, random)
  if (code === Close.tryLater || code === Close.tooFast) return between(LATER, random)
  return between({ from: FIRST, to: Math.min(LONGEST, FIRST * 2 ** Math.min(attempt + 1, 10)) }, random)
}

function between({ from, to }: { from: number; to: number }, random: () => number): number {
  return Math.round(from + random() * (to - from))
}

export interface WakeEvents {
  /** The network or the person is back: if there is no connection, try now. */
  awake(): void
  /** The browser says that there is no network: what is open hears nothing more, though no close may come. */
  lost(): void
  /** The device slept: what looks open is most likely dead. */
  slept(): void
  /** Every few seconds. */
  tick(): void
}

/** Watches the page and the clock. */
export function watchWake(env: Environment, events: WakeEvents): Off {
  let last = env.now()
  let visibleSince = env.visible()
  let cancel: Off = () => {}
  const tick = () => {
    const now = env.now()
    // A hidden page's timers are slowed down on purpose, so only a page that stayed visible can tell sleep.
    const slept = visibleSince && env.visible() && now - last > TICK + SLEPT
    last = now
    visibleSince = env.visible()
    cancel = env.after(TICK, tick)
    if (slept) events.slept()
    events.tick()
  }
  cancel = env.after(TICK, tick)
  const offs = [
    env.listen('online', () => events.awake()),
    env.listen('offline', () => events.lost()),
    env.listen('pageshow', () => events.awake()),
    env.listen('visibilitychange', () => {
      visibleSince = false
      if (env.visible()) events.awake()
    }),
  ]
  return () => {
    cancel()
    for (const off of offs) off()
  }
}
