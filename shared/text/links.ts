/**
 * Which addresses may stand behind a link (SPEC-text T8). Every sink asks here: the editor's DOM, HTML, exports, paste.
 * The text keeps what was written; a refused address only loses its link where it is shown.
 */
import { MAX_LINK } from './formats.ts'

const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel'])

/** Characters browsers drop or ignore in front of and inside an address, and invisible ones that only deceive. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const DECEIT = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g
const SCHEME = /^([a-z][a-z0-9+.-]*):/i

/**
 * The address as it may be used in `href`, or null when it may not.
 * Absolute with an allowed scheme, or relative (path, query, fragment); `//host` becomes https.
 */
export function safeLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LINK) return null
  const link = value.replace(DECEIT, '').trim()
  if (link === '') return null
  const scheme = SCHEME.exec(link)?.[1]?.toLowerCase()
  if (scheme !== undefined) return SCHEMES.has(scheme) ? link : null
  if (/^[\\/]{2}/.test(link)) return `https://${link.slice(2)}`
  // A colon before the first slash reads as a scheme to some readers, whatever stands before it.
  if (link.startsWith('&') || /^[^/?#]*:/.test(link)) return null
  return link
}

/** Whether the address leads out of the pad's own server as far as its form tells. */
export function isExternalLink(link: string): boolean {
  return SCHEME.test(link)
}

const HOST = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d{1,5})?(?:[/?#]|$)/u
const LOCAL = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[/?#]|$)/
const HOST_AND_PORT = /^[\p{L}\p{N}.-]+:\d{1,5}(?:[/?#]|$)/u
const MAIL = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/

/** What a person typed as an address, completed: `example.org` becomes https, `a@b.org` mailto. Null when refused. */
export function linkFromInput(input: string): string | null {
  const text = input.trim()
  if (MAIL.test(text)) return safeLink(`mailto:${text}`)
  if (HOST.test(text) || LOCAL.test(text) || HOST_AND_PORT.test(text)) return safeLink(`https://${text}`)
  return safeLink(text)
}
