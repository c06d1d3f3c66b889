/** HTTP Basic (RFC 7617): a name and a password with each request, as programs and proxies send them. */

/** What the header says; null for none, and for one that says nothing. */
export function basicOf(header: string | undefined): { name: string; password: string } | null {
  const encoded = /^Basic\s+([\w+/=-]{1,2000})$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
