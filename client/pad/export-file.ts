/** Fetches a pad as a file and saves it on this device. */
import { inSandbox, saveBeside } from '../sandbox.ts'
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
  /** A code such as `de`; '' for none. */
  language: string
}
export type OptionName = Exclude<keyof DocumentOptions, 'language'>

/** What each kind knows of the options. */
export const OPTIONS: Readonly<Partial<Record<Kind, readonly OptionName[]>>> = {
  docx: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  odt: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  pdf: ['toc', 'cover', 'authors', 'lineNumbers', 'letter'],
  html: ['toc', 'cover', 'authors', 'lineNumbers'],
  epub: ['toc', 'cover', 'authors'],
}

/** Ms until an answer, and a file, is given up. */
const PATIENCE = 60_000
const MOST_TIME = 300_000

/** How it went; the words for it are the dialog's. */
export type Outcome = 'done' | 'stopped' | 'tooFast' | 'busy' | 'failed'

/** What is being done for a file (SPEC-formats F36), in this order. */
export const STAGES = ['waiting', 'reading', 'drawing', 'writing', 'pages', 'converting'] as const
export interface Progress {
  stage: (typeof STAGES)[number]
  /** In the line, from 1; 0 for none. */
  place: number
  seconds: number
}

/** The file's address, beside that of the pad's page. Only options the kind knows are in it; `job` asks step by step. */
export function exportAddress(
  page: string,
  kind: Kind,
  options: Partial<DocumentOptions> = {},
  job: string | null = null,
): string {
  const query = [
    ...(OPTIONS[kind] ?? [])
      .filter((name) => options[name] === true)
      .map((name) => (name === 'letter' ? 'paper=letter' : `${name}=1`)),
    ...(OPTIONS[kind] && options.language ? [`language=${encodeURIComponent(options.language)}`] : []),
    ...(job === null ? [] : [`job=${encodeURIComponent(job)}`]),
  ].join('&')
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

/** How to follow a file that takes long, and to give it up. */
export interface Following {
  progress?: (progress: Progress) => void
  signal?: AbortSignal
  fetcher?: typeof fetch
}

/** Fetches and saves; never throws. A sandbox may let nobody save: there the file opens in a tab of its own. */
export async function saveExport(
  kind: Kind,
  options: Partial<DocumentOptions> = {},
  { progress, signal, fetcher = fetch }: Following = {},
): Promise<Outcome> {
  if (inSandbox()) {
    saveBeside(exportAddress(location.pathname, kind, options))
    return 'done'
  }
  const address = (job: string | null): string => exportAddress(location.pathname, kind, options, job)
  const until = Date.now() + MOST_TIME
  /** Null: not step by step. */
  let job: string | null = 'new'
  try {
    while (Date.now() < until) {
      signal?.throwIfAborted()
      const response = await fetcher(address(job), {
        headers: { Accept: 'application/json' },
        signal: either(AbortSignal.timeout(PATIENCE), signal),
      })
      if (response.status === 202) {
        const answer: unknown = await response.json()
        const said = readProgress(answer)
        if (said === null) return 'failed'
        job = said.job
        progress?.(said)
        continue
      }
      // Another server answered, which knows nothing of it.
      if (response.status === 404 && job !== null && job !== 'new') {
        job = null
        continue
      }
      if (response.status === 429) return 'tooFast'
      if (response.status === 503) return 'busy'
      if (!response.ok) return 'failed'
      const name = fileNameIn(response.headers.get('Content-Disposition')) ?? `pad.${kind}`
      saveFile(name, await response.blob())
      return 'done'
    }
    return 'busy'
  } catch {
    if (signal?.aborted !== true) return 'failed'
    // Nobody waits for it any longer.
    if (job !== null && job !== 'new')
      fetcher(address(job), { method: 'DELETE', keepalive: true }).catch(() => undefined)
    return 'stopped'
  }
}

/** Aborts with the first of them; not every browser has `AbortSignal.any`. */
function either(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  const both = new AbortController()
  for (const signal of [one, other]) signal?.addEventListener('abort', () => both.abort(signal.reason))
  return both.signal
}

function readProgress(value: unknown): (Progress & { job: string }) | null {
  if (typeof value !== 'object' || value === null) return null
  const { job, stage, place, seconds } = value as Record<string, unknown>
  const known = STAGES.find((one) => one === stage)
  if (typeof job !== 'string' || known === undefined) return null
  const count = (one: unknown): number => (typeof one === 'number' && one > 0 ? Math.floor(one) : 0)
  return { job, stage: known, place: count(place), seconds: count(seconds) }
}
