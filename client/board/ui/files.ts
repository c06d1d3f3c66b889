/** A board as a file, and a file on the board: made and read by the server, at addresses beside the board's page. */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { fileNameIn } from '../../pad/export-file.ts'
import { saveFile } from '../../pad/take-text.ts'

export const KINDS = ['png', 'svg', 'pdf', 'json'] as const
export type FileKind = (typeof KINDS)[number]

/** What of the board, and how. */
export interface FileWish {
  readonly kind: FileKind
  readonly scale: '1' | '2' | '3'
  readonly transparent: boolean
  readonly dark: boolean
  /** One frame. */
  readonly frame: string | null
  /** A piece of the page. */
  readonly within: Bounds | null
}

/** How it went; the words for it are the dialog's. */
export type Outcome = 'done' | 'tooFast' | 'busy' | 'failed'
export type Trouble = Exclude<Outcome, 'done'> | 'tooLarge' | 'noFormat' | 'forbidden'

/** Ms until a file is given up. */
const PATIENCE = 60_000

/** The file's address. Only what the kind knows is in it. */
export function fileAddress(board: string, wish: FileWish): string {
  const query = new URLSearchParams()
  if (wish.kind !== 'json') {
    if (wish.dark) query.set('theme', 'dark')
    if (wish.frame !== null) query.set('frame', wish.frame)
    else if (wish.within !== null) {
      const { left, top, right, bottom } = wish.within
      query.set('within', [left, top, right, bottom].map((edge) => Math.round(edge * 10) / 10).join(','))
    }
  }
  if (wish.kind === 'png') query.set('scale', wish.scale)
  if (wish.kind === 'png' || wish.kind === 'svg') if (wish.transparent) query.set('transparent', '1')
  const text = query.toString()
  return `${withoutExtras(board)}/export/${wish.kind}${text === '' ? '' : `?${text}`}`
}

/** Fetches and saves; never throws. */
export async function saveBoard(
  board: string,
  wish: FileWish,
  fetcher: typeof fetch = fetch,
): Promise<Outcome> {
  try {
    const response = await fetcher(fileAddress(board, wish), {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.status === 429) return 'tooFast'
    if (response.status === 503) return 'busy'
    if (!response.ok) return 'failed'
    saveFile(
      fileNameIn(response.headers.get('Content-Disposition')) ?? `board.${wish.kind}`,
      await response.blob(),
    )
    return 'done'
  } catch {
    return 'failed'
  }
}

/** What came of a file. */
export interface Brought {
  readonly added: number
  readonly known: number
  readonly left: number
  readonly around: Bounds | null
}

const TROUBLES: Readonly<Record<number, Trouble>> = {
  401: 'forbidden',
  403: 'forbidden',
  413: 'tooLarge',
  415: 'noFormat',
  429: 'tooFast',
  503: 'busy',
}

/** Puts what is in a file on the board, its middle at a place of the page; never throws. */
export async function bringFile(
  board: string,
  file: Blob,
  { at, ticket }: { at: { x: number; y: number }; ticket: string | undefined },
  fetcher: typeof fetch = fetch,
): Promise<Brought | Trouble> {
  try {
    const response = await fetcher(
      `${withoutExtras(board)}/import?at=${Math.round(at.x)},${Math.round(at.y)}`,
      {
        method: 'POST',
        body: file,
        headers: {
          Accept: 'application/json',
          'Content-Type': 'application/octet-stream',
          ...(ticket === undefined ? {} : { 'X-Inkpad-Ticket': ticket }),
        },
        signal: AbortSignal.timeout(PATIENCE),
      },
    )
    if (!response.ok) return TROUBLES[response.status] ?? (response.status === 400 ? 'noFormat' : 'failed')
    return readBrought(await response.json())
  } catch {
    return 'failed'
  }
}

/** The server's report, checked. */
export function readBrought(value: unknown): Brought {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const count = (name: string): number => {
    const number = given[name]
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 0
  }
  return {
    added: count('added'),
    known: count('known'),
    left: count('left'),
    around: boundsIn(given['around']),
  }
}

function boundsIn(value: unknown): Bounds | null {
  if (typeof value !== 'object' || value === null) return null
  const { left, top, right, bottom } = value as Record<string, unknown>
  const edges = [left, top, right, bottom]
  if (!edges.every((edge): edge is number => typeof edge === 'number' && Number.isFinite(edge))) return null
  const [l = 0, t = 0, r = 0, b = 0] = edges
  return { left: l, top: t, right: r, bottom: b }
}

function withoutExtras(address: string): string {
  return address.replace(/[?#].*$/, '')
}
