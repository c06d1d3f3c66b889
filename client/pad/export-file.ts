/** Fetches a pad as a file and saves it on this device. */
import { saveFile } from './take-text.ts'

/** Kinds of files the server makes, those people ask for most first. */
export const KINDS = ['md', 'html', 'txt', 'json', 'etherpad'] as const
export type Kind = (typeof KINDS)[number]

/** Ms until a file is given up. */
const PATIENCE = 60_000

/** How it went; the words for it are the dialog's. */
export type Outcome = 'done' | 'tooFast' | 'busy' | 'failed'

/** The file's address, beside that of the pad's page. */
export function exportAddress(page: string, kind: Kind): string {
  return `./${page.slice(page.lastIndexOf('/') + 1)}/export/${kind}`
}

/** The name in a `Content-Disposition` with `filename*`; null when there is none. */
export function fileNameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1]
  if (encoded === undefined) return null
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}

/** Fetches and saves; never throws. */
export async function saveExport(kind: Kind, fetcher: typeof fetch = fetch): Promise<Outcome> {
  try {
    const response = await fetcher(exportAddress(location.pathname, kind), {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.status === 429) return 'tooFast'
    if (response.status === 503) return 'busy'
    if (!response.ok) return 'failed'
    const name = fileNameIn(response.headers.get('Content-Disposition')) ?? `pad.${kind}`
    saveFile(name, await response.blob())
    return 'done'
  } catch {
    return 'failed'
  }
}
