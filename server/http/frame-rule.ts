/** Who may show our pages in a frame, and what a request tells of who does (SPEC-embedding). Pure. */

/** The sources of `frame-ancestors` that the setting `embedding.frameAncestors` comes to (EM1). */
export function frameSources(setting: readonly string[]): readonly string[] {
  const given = setting.map((word) => word.toLowerCase().replace(/^'|'$|\/$/g, ''))
  const others = given.filter((word) => word !== 'self' && word !== 'none')
  if (others.includes('*')) return ['*']
  if (others.length === 0 && given.includes('none')) return ["'none'"]
  return ["'self'", ...new Set(others)]
}

/** What a request says of the frame it is for; what a browser does not say is undefined. */
export interface FrameRequest {
  /** `Sec-Fetch-Dest` */
  dest: string | undefined
  /** `Sec-Fetch-Site` */
  site: string | undefined
  /** `Sec-Fetch-Storage-Access`: some browsers say it where a page above the frame is of another site. */
  storage: string | undefined
  referer: string | undefined
  /** Its address has the mark of a frame that was looked at before ({@link CHECKED}). */
  checked: boolean
}

/** Parameter of an address in a frame whose browser has said that it may stand there. It opens nothing: the policy stands. */
export const CHECKED = 'inFrame'

const FRAMES = new Set(['iframe', 'frame', 'embed', 'object'])

/** Does the page itself come, or first the small one that finds out whether it may stand in this frame (EM3)? */
export function mustAsk(request: FrameRequest, sources: readonly string[]): boolean {
  const { dest, site, storage, referer, checked } = request
  if (checked || sources.includes('*') || !FRAMES.has(dest ?? '')) return false
  if (sources.includes("'none'")) return true
  // The page around the frame is near, but one of those around that is of another site.
  if (site !== 'cross-site' && storage !== undefined) return true
  if (site === 'same-origin') return false
  const origin = originOf(referer)
  return origin === null || !sources.some((source) => covers(source, origin))
}

/** The site of a referrer, if it is one that the setting can name; else null. */
export function originOf(referer: string | undefined): URL | null {
  if (referer === undefined || !URL.canParse(referer)) return null
  const { origin } = new URL(referer)
  return /^https?:\/\/[\w.-]+(:\d{1,5})?$/.test(origin) ? new URL(origin) : null
}

/** What is left out here browsers allow all the same: it is asked then. */
function covers(source: string, { protocol, hostname, port }: URL): boolean {
  if (source === 'https:' || source === 'http:') return protocol === source
  const [, scheme, below, host, at] = /^(https?:)\/\/(\*\.)?([\w.-]+)(?::(\d{1,5}|\*))?$/.exec(source) ?? []
  if (scheme === undefined || host === undefined || scheme !== protocol) return false
  const usual = scheme === 'https:' ? '443' : '80'
  if (at !== '*' && (at ?? usual) !== (port === '' ? usual : port)) return false
  return below === undefined ? hostname === host : hostname.endsWith(`.${host}`)
}

/** The value for the setting's variable with these sites besides those that are there; null stands for one nobody knows. */
export function settingWith(sources: readonly string[], site: string | null): string {
  const sites = [...sources.filter((source) => !source.startsWith("'")), site ?? 'https://…']
  return sites.length === 1 ? sites.join(' ') : `"${sites.join(' ')}"`
}
