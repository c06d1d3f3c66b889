/** Names of files that browsers save (RFC 6266, RFC 8187). */

/** Characters that deceive, lead elsewhere, or have a meaning to some file system. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|%]+/gu
/** UTF-16 units of a name. */
const LONGEST = 100

/** `attachment` with a name in both spellings. */
export function attachment(name: string, ending: string): string {
  const safe =
    name
      .normalize('NFC')
      .replace(UNSAFE, '_')
      .slice(0, LONGEST)
      .replace(/[\ud800-\udbff]$/, '')
      .replace(/^[.\s]+|[.\s]+$/g, '') || 'pad'
  const ascii = `${safe}.${ending}`.replace(/[^ -~]/g, '_').replace(/["\\]/g, '_')
  const wide = encodeURIComponent(`${safe}.${ending}`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${wide}`
}
