/** XML that a program wrote almost right, made right (SPEC-formats F67). Pure; linear in its length. */

/**
 * Elements end as what they began as, whatever their end calls them, and those that nobody ended end with what they
 * stand in: AbiWord ends paragraphs behind tables as headings.
 */
export function mendedXml(xml: string): string {
  const open: string[] = []
  const ends = (count: number): string => {
    let out = ''
    for (let left = count; left > 0; left -= 1) out += `</${open.pop() ?? ''}>`
    return out
  }
  const tags =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([^\s<>/]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
  const body = xml.replace(tags, (tag: string, slash?: string, name?: string, rest?: string) => {
    if (name === undefined || slash === undefined) return tag
    if (slash === '') {
      if (rest?.endsWith('/') !== true) open.push(name)
      return tag
    }
    if (open.at(-1) === name) return ends(1)
    const at = open.lastIndexOf(name)
    // A name that is not open is a wrong one for what is; one further out ends all within it.
    return at < 0 ? ends(Math.min(1, open.length)) : ends(open.length - at)
  })
  return body + ends(open.length)
}

/**
 * UTF-8 in which halves of a sign stand for themselves, three bytes each, as the sign they are together (Unicode
 * Technical Report 26); other bytes as they are.
 */
export function wholeSigns(bytes: Buffer): Buffer {
  if (!halfAt(bytes, 0)) return bytes
  const parts: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const [, a = 0, b = 0, e = 0, c = 0, d = 0] = bytes.subarray(at, at + 6)
    if (a < 0xa0 || a > 0xaf || e !== 0xed || c < 0xb0 || c > 0xbf) continue
    const high = ((a & 0x0f) << 6) | (b & 0x3f)
    const low = ((c & 0x0f) << 6) | (d & 0x3f)
    parts.push(bytes.subarray(from, at), Buffer.from(String.fromCodePoint(0x10000 + (high << 10) + low)))
    from = at + 6
    at = from - 1
  }
  return Buffer.concat([...parts, bytes.subarray(from)])
}

function halfAt(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(0xed, from); at >= 0; at = bytes.indexOf(0xed, at + 1))
    if ((bytes[at + 1] ?? 0) >= 0xa0) return true
  return false
}
