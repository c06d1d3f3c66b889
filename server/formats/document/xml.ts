/** XML as text: small, and the same bytes each time. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// oxlint-disable no-control-regex -- what XML 1.0 forbids, halves of surrogate pairs that stand alone among it
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
// oxlint-enable no-control-regex
const SIGNS = /[&<>"]/

/** Text for an element or a quoted attribute; characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  const clean = text.replace(FORBIDDEN, '')
  return SIGNS.test(clean) ? clean.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) : clean
}

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
