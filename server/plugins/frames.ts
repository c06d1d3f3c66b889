/** Which other sites pages may show in frames, as plugins say it. Nothing but whole origins reaches the page's policy. */

/** Origins in all. */
const MOST = 20
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/

/** Sources for the policy from addresses of unknown origin, each once; what is none is left out. */
export function originsOf(given: readonly (readonly unknown[])[]): readonly string[] {
  const origins = new Set<string>()
  for (const address of given.flat()) {
    if (typeof address !== 'string' || address.length > 2000) continue
    if (/^[./](?!\/)/.test(address)) origins.add("'self'")
    if (!URL.canParse(address)) continue
    const { protocol, host, origin } = new URL(address)
    if ((protocol === 'https:' || protocol === 'http:') && HOST.test(host)) origins.add(origin)
    if (origins.size >= MOST) break
  }
  return [...origins]
}

/** What a plugin's function gives; when it throws, nothing, and `failed` hears of it. */
export function framesOf(give: () => unknown, failed: (error: unknown) => void): readonly unknown[] {
  try {
    const given = give()
    return Array.isArray(given) ? given : []
  } catch (error) {
    failed(error)
    return []
  }
}
