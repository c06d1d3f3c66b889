/** A file that becomes shapes: the server reads it and puts it on the board (SPEC-board B520, B526). */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Point } from '../types.ts'

/** What came of a file. */
export interface Brought {
  readonly added: number
  readonly known: number
  /** Shapes there was no room for, and things of the file that were not understood. */
  readonly missed: number
  readonly around: Bounds | null
  /** What came and lies in nothing else that came. */
  readonly ids: readonly string[]
}

export type BringTrouble =
  | 'tooFast'
  | 'busy'
  | 'tooLarge'
  | 'unreadable'
  | 'noConverter'
  | 'forbidden'
  | 'failed'

/** Ms for one file. */
const PATIENCE = 180_000
const TICKET = 'X-Inkpad-Ticket'

const TROUBLES: Readonly<Record<number, BringTrouble>> = {
  400: 'unreadable',
  401: 'forbidden',
  403: 'forbidden',
  413: 'tooLarge',
  429: 'tooFast',
  501: 'noConverter',
  503: 'busy',
}

/** Sends a file; `at` is where its middle is to be, null for beside what is there. Never throws. */
export async function bringFile(
  board: string,
  file: Blob,
  { at, ticket, fetcher = fetch }: { at: Point | null; ticket?: string | undefined; fetcher?: typeof fetch },
): Promise<Brought | BringTrouble> {
  const place = at === null ? '' : `?at=${Math.round(at.x)},${Math.round(at.y)}`
  try {
    const response = await fetcher(`${board.replace(/[?#].*$/, '')}/import${place}`, {
      method: 'POST',
      body: file,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/octet-stream',
        ...(ticket === undefined ? {} : { [TICKET]: ticket }),
      },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (!response.ok) return TROUBLES[response.status] ?? 'failed'
    return readReport(await response.json()) ?? 'failed'
  } catch {
    return 'failed'
  }
}

function readReport(value: unknown): Brought | null {
  if (typeof value !== 'object' || value === null) return null
  const { added, known, left, missed, around, ids } = value as Record<string, unknown>
  if (typeof added !== 'number' || typeof known !== 'number' || typeof left !== 'number') return null
  const counts: unknown[] = typeof missed === 'object' && missed !== null ? Object.values(missed) : []
  const sum = counts.reduce((total: number, count) => total + (typeof count === 'number' ? count : 0), left)
  return { added, known, missed: sum, around: isBounds(around) ? around : null, ids: stringsOf(ids) }
}

function stringsOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.filter((one): one is string => typeof one === 'string')
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const { left, top, right, bottom } = value as Record<string, unknown>
  return [left, top, right, bottom].every((edge) => typeof edge === 'number' && Number.isFinite(edge))
}
