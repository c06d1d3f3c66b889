/** Asks the server what a file holds, and has new pads made of files. */
import type { Content } from '../../shared/text/delta.ts'
import { cleanPadName } from '../../shared/ids.ts'

/** What the server read in a file. */
export interface FileSeen {
  kind: string
  seen: Readonly<
    Record<'lines' | 'words' | 'headings' | 'items' | 'links' | 'tables' | 'pictures', number>
  > & {
    beginning: string[]
  }
  left: { pictures: number; comments: number }
  content: Content
}

/** Why a file was not taken: the server's reasons, and ours. */
export const TROUBLES = [
  'damaged',
  'unknown',
  'converter',
  'macros',
  'locked',
  'tooLarge',
  'tooLong',
  'empty',
  'tooFast',
  'busy',
  'forbidden',
  'failed',
] as const
export type Trouble = (typeof TROUBLES)[number]

export type Answer = { data: unknown } | { trouble: Trouble; taken: boolean }

/** Ms for one file. */
const PATIENCE = 180_000
/** Names that are tried for a new pad. */
const MOST_NAMES = 20

/** Sends a file to a pad beside this one. Never throws. */
export async function sendFile(
  pad: string,
  mode: 'read' | 'new',
  file: File,
  fetcher: typeof fetch = fetch,
): Promise<Answer> {
  const body = new FormData()
  body.set('file', file)
  const refused = (trouble: Trouble, taken = false): Answer => ({ trouble, taken })
  try {
    const response = await fetcher(`./${encodeURIComponent(pad)}/import?mode=${mode}`, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.status === 429) return refused('tooFast')
    if (response.status === 503) return refused('busy')
    if (response.status === 413) return refused('tooLarge')
    if (response.status === 403 || response.status === 401) return refused('forbidden')
    const told: unknown = await response.json()
    if (!isRecord(told)) return refused('failed')
    if (response.ok) return { data: told['data'] }
    const reason = isRecord(told['data']) ? told['data']['reason'] : undefined
    return refused(TROUBLES.find((one) => one === reason) ?? 'failed', told['message'] === 'padHasData')
  } catch {
    return refused('failed')
  }
}

/** Looks into a file; nothing changes. */
export async function lookInto(
  pad: string,
  file: File,
  fetcher: typeof fetch = fetch,
): Promise<FileSeen | Trouble> {
  const answer = await sendFile(pad, 'read', file, fetcher)
  if ('trouble' in answer) return answer.trouble
  return isSeen(answer.data) ? answer.data : 'failed'
}

/** Makes a pad of a file, called as the file is; gives its name. */
export async function newPadOf(
  file: File,
  fetcher: typeof fetch = fetch,
): Promise<{ pad: string } | Trouble> {
  const base = padNameOf(file.name)
  for (let at = 1; at <= MOST_NAMES; at += 1) {
    const pad = at === 1 ? base : `${base.slice(0, 46)}-${at}`
    const answer = await sendFile(pad, 'new', file, fetcher)
    if (!('trouble' in answer)) return { pad }
    if (!answer.taken) return answer.trouble
  }
  return 'failed'
}

/** The name a pad gets from a file's. */
export function padNameOf(file: string): string {
  const bare = file.replace(/\.[A-Za-z0-9]{1,10}$/, '').replace(/[/?&#\\$\p{Cc}]+/gu, ' ')
  const name = cleanPadName(Array.from(bare).slice(0, 50).join(''))
  return name === '' || name === '.' || name === '..' || /^[rg]\./.test(name) ? 'import' : name
}

function isSeen(value: unknown): value is FileSeen {
  return (
    isRecord(value) && isRecord(value['seen']) && isRecord(value['left']) && Array.isArray(value['content'])
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
