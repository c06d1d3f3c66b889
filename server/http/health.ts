/** `/health`: is this server fit to take people? Draft "Health Check Response Format for HTTP APIs". */
import { Router } from 'express'
import type { StoreState } from '../../shared/protocol.ts'
import type { BusState } from '../bus/types.ts'
import type { Store } from '../store/store.ts'

/** `pass`; `warn`: pads work, but changes are not durable right now; `fail`: pads cannot be opened or written. */
export interface Health {
  status: 'pass' | 'warn' | 'fail'
  /** For the administrator, when not `pass`. */
  output?: string
  /** Parts by name, where there are several servers (SPEC-bus BU7). */
  checks?: Readonly<Record<string, readonly Check[]>>
}

interface Check {
  status: 'pass' | 'warn'
  /** Ms until what was said was heard. */
  observedValue?: number
  observedUnit?: 'ms'
}

/** What health is judged from. */
export interface HealthParts {
  store: Pick<Store, 'ping'>
  /** Has the store been opened since the start? */
  opened: () => boolean
  /** What the rooms say of the store. */
  rooms: () => StoreState
  /** Is the server going down? */
  closing: () => boolean
  /** How servers are connected; left out: not. */
  bus?: () => BusState
  now?: () => number
}

/** Ms the database has for an answer, and ms an answer counts. */
const PATIENCE = 1000
const FRESH = 2000

/** Judges the server's health; the database is asked at most every two seconds, and never waited for longer than one. */
export function createHealth(parts: HealthParts): () => Promise<Health> {
  const now = parts.now ?? Date.now
  let asked = -Infinity
  let answer: Promise<boolean> = Promise.resolve(true)

  const reachable = (): Promise<boolean> => {
    if (now() - asked < FRESH) return answer
    asked = now()
    answer = within(parts.store.ping(), PATIENCE)
    return answer
  }

  return async () => {
    if (parts.closing()) return { status: 'fail', output: 'the server is going down' }
    if (!parts.opened()) return { status: 'fail', output: 'waiting for the database' }
    const rooms = parts.rooms()
    if (rooms === 'readonly') return { status: 'fail', output: 'the database is away; pads are read-only' }
    if (rooms === 'down' || !(await reachable()))
      return { status: 'warn', output: 'the database does not answer; changes are kept in memory' }
    const bus = parts.bus?.()
    if (bus === undefined || bus.state === 'none') return { status: 'pass' }
    return withBus(bus)
  }
}

/** Without Redis people on several servers see each other a second later, and nothing else is amiss. */
function withBus({ state, delay }: BusState): Health {
  const status = state === 'up' ? 'pass' : 'warn'
  const seen = delay === null ? {} : { observedValue: Math.round(delay), observedUnit: 'ms' as const }
  const checks = { 'redis:responseTime': [{ status, ...seen }] } as const
  return status === 'pass'
    ? { status, checks }
    : { status, output: 'Redis does not answer; servers see what others did a second later', checks }
}

/** Did `work` succeed within `ms`? */
async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true).catch(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The route. `release` is our version, or null when it is not to be told. */
export function healthRoute(health: () => Promise<Health>, release: string | null): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/health', async (_request, response) => {
    const now = await health()
    response
      .status(now.status === 'fail' ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .type('application/health+json')
      .send(JSON.stringify({ ...now, ...(release === null ? {} : { releaseId: release }) }))
  })
  return router
}
