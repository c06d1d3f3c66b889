/** A board, or part of it, as a file from the server (SPEC-board B514). */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { inSandbox, saveBeside } from '../../sandbox.ts'
import { fileNameIn } from '../../pad/export-file.ts'
import { saveFile } from '../../pad/take-text.ts'

export const FILE_KINDS = ['png', 'svg', 'pdf', 'json'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** What is to be in a file. */
export interface FileWishes {
  readonly kind: FileKind
  /** A frame or group, a part of the page, or everything. */
  readonly part: { readonly frame: string } | { readonly within: Bounds } | null
  /** Pixels a page unit, for png. */
  readonly scale: '1' | '2' | '3'
  readonly transparent: boolean
  readonly dark: boolean
  /** One page for all of it, for pdf. */
  readonly whole: boolean
}

export type SaveTrouble = 'tooFast' | 'busy' | 'tooLarge' | 'failed'

/** Ms for one file. */
const PATIENCE = 90_000

/** The address of a file; `board` is that of the board's own page. */
export function fileAddress(
  board: string,
  { kind, part, scale, transparent, dark, whole }: FileWishes,
): string {
  const query: string[] = []
  if (kind !== 'json' && part !== null) {
    if ('frame' in part) query.push(`frame=${encodeURIComponent(part.frame)}`)
    else {
      const { left, top, right, bottom } = part.within
      query.push(
        `within=${[Math.floor(left), Math.floor(top), Math.ceil(right), Math.ceil(bottom)].join(',')}`,
      )
    }
  }
  if (kind === 'png' && scale !== '1') query.push(`scale=${scale}`)
  if (kind !== 'json' && transparent) query.push('transparent=1')
  if (kind !== 'json' && dark) query.push('theme=dark')
  if (kind === 'pdf' && whole) query.push('whole=1')
  const path = `${board.replace(/[?#].*$/, '')}/export/${kind}`
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** Fetches and saves; null when it is done. Never throws. A sandbox may let nobody save: there the file opens in a tab of its own. */
export async function saveBoard(
  board: string,
  wishes: FileWishes,
  fetcher: typeof fetch = fetch,
): Promise<SaveTrouble | null> {
  const address = fileAddress(board, wishes)
  if (inSandbox()) {
    saveBeside(address)
    return null
  }
  try {
    const response = await fetcher(address, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.status === 429) return 'tooFast'
    if (response.status === 503) return 'busy'
    if (response.status === 413) return 'tooLarge'
    if (!response.ok) return 'failed'
    const name = fileNameIn(response.headers.get('Content-Disposition')) ?? `board.${wishes.kind}`
    saveFile(name, await response.blob())
    return null
  } catch {
    return 'failed'
  }
}
