/** What the list asks its server. */
import { LEVELS } from '../../shared/access.ts'
import type { MyPadsPage, MyPadsRow } from '../../shared/my-pads.ts'

/** Ms an answer may take. */
const WITHIN = 20_000

export interface Wanted {
  kind: 'own' | 'shared' | 'recent'
  search: string
  order: 'name' | 'edited' | 'seen'
  descending: boolean
  /** From 0. */
  page: number
}

/** `out`: nobody is signed in any more. */
export type Trouble = 'out' | 'later'

export interface Api {
  list(wanted: Wanted): Promise<MyPadsPage | Trouble>
  /** True when it is gone. */
  remove(pad: string): Promise<boolean>
}

/** @param ask the browser's `fetch` */
export function createApi(ask: typeof fetch = (...parts) => fetch(...parts)): Api {
  const init = (): RequestInit => ({
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    signal: AbortSignal.timeout(WITHIN),
  })
  return {
    async list({ kind, search, order, descending, page }) {
      const query = new URLSearchParams({
        kind,
        search,
        order,
        descending: descending ? '1' : '',
        offset: String(page * 50),
      })
      try {
        const answer = await ask(`my-pads/list?${query.toString()}`, init())
        if (answer.status === 401) return 'out'
        return answer.ok ? readPage(await answer.json()) : 'later'
      } catch {
        return 'later'
      }
    },
    async remove(pad) {
      try {
        const answer = await ask('my-pads/delete', {
          ...init(),
          method: 'POST',
          body: JSON.stringify({ pad }),
        })
        return answer.ok
      } catch {
        return false
      }
    },
  }
}

function readPage(value: unknown): MyPadsPage {
  const own = (from: unknown, key: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined
  const number = (from: unknown, key: string): number => Number(own(from, key)) || 0
  const pads = own(value, 'pads')
  const rows: MyPadsRow[] = []
  for (const pad of Array.isArray(pads) ? (pads as unknown[]) : []) {
    const name = own(pad, 'name')
    if (typeof name !== 'string') continue
    const level = LEVELS.find((one) => one === own(pad, 'level')) ?? 'none'
    rows.push({ name, edited: number(pad, 'edited'), seen: number(pad, 'seen'), level })
  }
  return { pads: rows, total: number(value, 'total'), perPage: number(value, 'perPage') || 50 }
}
