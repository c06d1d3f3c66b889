/** Fetches a pad as a file and saves it on this device. */
import { saveFile } from './take-text.ts'

/** Kinds of files the server makes, those people ask for most first. */
export const KINDS = ['docx', 'pdf', 'odt', 'md', 'html', 'txt', 'epub', 'json', 'etherpad'] as const
export type Kind = (typeof KINDS)[number]

/** What may be chosen for a document (SPEC-formats F13). */
export interface DocumentOptions {
  letter: boolean
  toc: boolean
  cover: boolean
  authors: boolean
  lineNumbers: boolean
}
export type OptionName = keyof DocumentOptions

/** What each kind knows of the options. */
export const OPTIONS: Readonly<Partial<Record<Kind, readonly OptionName[]>>> = {
  docx: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  odt: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  pdf: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  html: ['toc', 'cover', 'authors', 'lineNumbers'],
  epub: ['toc', 'cover', 'authors'],
}

/** Ms until a file is given up. */
const PATIENCE = 60_000

/** How it went; the words for it are the dialog's. */
export type Outcome = 'done' | 'tooFast' | 'busy' | 'failed'

/** The file's address, beside that of the pad's page. Only options the kind knows are in it. */
export function exportAddress(page: string, kind: Kind, options: Partial<DocumentOptions> = {}): string {
  const query = (OPTIONS[kind] ?? [])
    .filter((name) => options[name] === true)
    .map((name) => (name === 'letter' ? 'paper=letter' : `${name}=1`))
    .join('&')
  return `./${page.slice(page.lastIndexOf('/') + 1)}/export/${kind}${query === '' ? '' : `?${query}`}`
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
export async function saveExport(
  kind: Kind,
  options: Partial<DocumentOptions> = {},
  fetcher: typeof fetch = fetch,
): Promise<Outcome> {
  try {
    const response = await fetcher(exportAddress(location.pathname, kind, options), {
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
