/** Addresses as documents want them. */

/** The address as a URI: programs refuse a whole document for one they cannot parse. Null when nothing helps. */
export function uriOf(link: string): string | null {
  const uri = link
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replace(/[^!#-;=?-[\]_a-z~]/gu, (sign) => encodeURIComponent(sign))
  return URL.canParse(uri, 'https://host.invalid/') ? uri : null
}
