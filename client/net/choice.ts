/** Which carrier to try next. WebSocket first; where it does not get through, socket.io, remembered for a while. */
import type { Environment } from './environment.ts'
import type { CarrierKind } from './types.ts'

/** Failures of a WebSocket before socket.io is tried; more where a WebSocket is known to get through. */
const FAILURES = 2
const FAILURES_WHERE_IT_WORKED = 5
/** How long an origin is remembered as one that lets no WebSocket through. */
const REMEMBER = 30 * 60_000
/** How long after connecting by socket.io a WebSocket is probed. */
const PROBE = 5 * 60_000
const PROBE_WHERE_IT_WORKED = 15_000

export interface Choice {
  next(): CarrierKind
  /** It closed before the first message; `hung` when it did not even open in time. */
  failed(kind: CarrierKind, hung: boolean): void
  /** The first message came. */
  worked(kind: CarrierKind): void
  /** Ms after which a WebSocket should be probed while on socket.io. */
  probeAfter(): number
}

export function createChoice(env: Environment, key: string): Choice {
  const name = `inkpad.carrier.${key}`
  let failures = 0
  let everWorked = false
  let fallback = remembered()

  function remembered(): boolean {
    try {
      const until = Number(env.storage?.getItem(name))
      return until > env.now() && until <= env.now() + REMEMBER
    } catch {
      return false
    }
  }
  function remember(value: string | null): void {
    try {
      if (value === null) env.storage?.removeItem(name)
      else env.storage?.setItem(name, value)
    } catch {
      // Only a convenience: without storage the next page finds out again.
    }
  }
  return {
    next: () => (fallback ? 'socket.io' : 'websocket'),
    failed(kind, hung) {
      if (kind === 'socket.io') {
        fallback = false
        failures = 0
        return
      }
      failures += 1
      const limit = everWorked ? FAILURES_WHERE_IT_WORKED : FAILURES
      fallback = failures >= limit || (hung && !everWorked)
    },
    worked(kind) {
      failures = 0
      if (kind === 'websocket') {
        everWorked = true
        fallback = false
        remember(null)
      } else if (!everWorked) {
        remember(String(env.now() + REMEMBER))
      }
    },
    probeAfter: () => (everWorked ? PROBE_WHERE_IT_WORKED : PROBE),
  }
}
