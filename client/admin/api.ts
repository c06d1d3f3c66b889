/** Asks the server, always with the header that only our own page can send (SPEC-admin A2). */
import { ADMIN_HEADER } from '../../shared/admin.ts'
import { say } from './words.ts'

/** The server said no, or nothing. `code` is one of its error codes, `offline`, or `late`. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}

/** What goes into a query. */
type QueryValues = Readonly<Record<string, string | number | boolean>>

/** Requests of the page. Each rejects with a {@link Refusal}. */
export interface Api {
  get<T>(path: string, query?: QueryValues): Promise<T>
  /** `limit` is how long it may take, in ms. */
  post<T>(path: string, body?: unknown, limit?: number): Promise<T>
}

/** Ms an answer may take: as a rule, and when something is fetched from elsewhere. */
const PATIENCE = 30_000
export const LONG_PATIENCE = 180_000

/** Creates it; `signedOut` hears when the session is over. Paths are relative to the page. */
export function createApi(signedOut: () => void): Api {
  async function ask<T>(path: string, init: RequestInit, limit: number): Promise<T> {
    const answer = await fetch(path, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(limit),
    }).catch((error: unknown) => {
      const late = error instanceof DOMException && error.name === 'TimeoutError'
      throw new Refusal(late ? 'late' : 'offline', String(error))
    })
    const body: unknown = await answer.json().catch(() => null)
    if (answer.ok) return body as T
    const code = textOf(body, 'error') || 'internal'
    if (code === 'unauthenticated' && path.startsWith('api/')) signedOut()
    throw new Refusal(code, textOf(body, 'message'))
  }
  return {
    get(path, query = {}) {
      const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
      const full = search.size === 0 ? path : `${path}?${search.toString()}`
      return ask(full, { headers: { Accept: 'application/json' } }, PATIENCE)
    },
    post(path, body = {}, limit = PATIENCE) {
      const headers = {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        [ADMIN_HEADER]: '1',
      }
      return ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, limit)
    },
  }
}

function textOf(body: unknown, key: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined
  return typeof value === 'string' ? value : ''
}

/** What went wrong, for people. What the server says of a wrong value is more than we know, so it is shown as it is. */
export function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return say('error.internal')
  switch (error.code) {
    case 'offline':
      return say('error.offline')
    case 'late':
      return say('error.late')
    case 'storeDown':
      return say('error.storeDown')
    case 'unauthenticated':
      return say('error.signedOut')
    case 'tooLarge':
      return say('error.tooLarge')
    case 'internal':
      return say('error.internal')
    default:
      return error.message || say('error.internal')
  }
}
