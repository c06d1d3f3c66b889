/** The address of a pad's board on another WBO, as Etherpad's plugins wrote it. Pure. */

interface Wishes {
  readonly wboUrl: string
  readonly host: string
}

/** What variables that are not set leave behind. */
const NONE = new Set(['', 'undefined', 'null'])

/** The base of an external WBO, absolute and with a slash at its end; null where there is none. */
export function wboBase({ wboUrl, host }: Wishes, page: string): string | null {
  const given = [wboUrl, host].map((value) => value.trim())
  const [url = '', old = ''] = given
  const wanted = NONE.has(url) ? (NONE.has(old) ? null : `//${old.replace(/^(https?:)?\/\//i, '')}`) : url
  if (wanted === null || !URL.canParse(wanted, page)) return null
  const base = new URL(wanted, page)
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return null
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base.href
}

/** The board's names for a pad: as the plugin wrote it last, and as earlier ones did; one where both are the same. */
export function boardNames(pad: string): readonly string[] {
  const written = pad.replaceAll(/[^-\w%()]/g, (char) => `~${char.charCodeAt(0)}~`)
  return written === pad ? [pad] : [written, pad]
}

/** The address of a board. */
export function boardAddress(base: string, name: string): string {
  return new URL(`boards/${encodeURIComponent(name)}`, base).href
}
