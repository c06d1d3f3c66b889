/**
 * Pictures inside of pasted words (SPEC-text I8): given with them as `data:` addresses, or lying beside them as files and in
 * RTF, as office programs do. Pictures of this server's own pads are copied; what stands on other servers is never fetched, it
 * becomes a link. Pure.
 */

/** An `img` of pasted HTML that means something here. */
export interface PastedImage {
  readonly kind: 'data' | 'file' | 'own' | 'elsewhere'
  /** Where its tag stands, in UTF-16 units. */
  readonly from: number
  readonly to: number
  readonly src: string
  readonly alt: string
}

const IMG = /<img\b[^<>]*>/gi
const DATA = /^data:image\/[a-z+.-]{1,30};base64,/i
/** What is narrower or lower than this, in CSS pixels, is no picture but a dot. */
const LEAST = 8

/** The pictures in HTML pasted on the page of this address, in its order. */
export function imagesIn(html: string, page: string): PastedImage[] {
  const found: PastedImage[] = []
  for (const { 0: tag, index } of html.matchAll(IMG)) {
    const src = attributeOf(tag, 'src').trim()
    const alt = attributeOf(tag, 'alt').trim()
    const small = ['width', 'height'].some((side) => {
      const size = Number(attributeOf(tag, side) || LEAST)
      return Number.isFinite(size) && size < LEAST
    })
    const kind = kindOf(src, page)
    if (kind === null || small) continue
    // Of what is elsewhere only what is described is worth words, and not what stands in a link already.
    if (kind === 'elsewhere' && (!/[\p{L}\p{N}]{2}/u.test(alt) || isInLink(html, index))) continue
    found.push({ kind, from: index, to: index + tag.length, src, alt })
  }
  return found
}

/** Whether an address is that of a picture of a pad of the server whose pad stands at `page` (SPEC-board B431). */
export function isOwnPicture(src: string, page: string): boolean {
  const pads = /^[^?#]*\/p\//.exec(page)?.[0]
  return (
    pads !== undefined &&
    src.startsWith(pads) &&
    /^[^/?#]+\/pictures\/[A-Za-z0-9_-]{43}$/.test(src.slice(pads.length))
  )
}

function kindOf(src: string, page: string): PastedImage['kind'] | null {
  if (DATA.test(src)) return 'data'
  if (/^(?:file:|cid:|webkit-fake-url:)/i.test(src)) return 'file'
  if (isOwnPicture(src, page)) return 'own'
  return /^https?:\/\//i.test(src) ? 'elsewhere' : null
}

function isInLink(html: string, at: number): boolean {
  const before = html.slice(Math.max(0, at - 2000), at).toLowerCase()
  return before.lastIndexOf('<a ') > before.lastIndexOf('</a')
}

/** HTML with other words in the place of these pictures; null leaves one out. */
export function withImages(
  html: string,
  images: readonly PastedImage[],
  words: readonly (string | null)[],
): string {
  let out = ''
  let at = 0
  for (const [index, { from, to }] of images.entries()) {
    out += html.slice(at, from) + (words[index] ?? '')
    at = to
  }
  return out + html.slice(at)
}

/** The file in a `data:` address; null for what is none. */
export function fileOfData(src: string): Blob | null {
  const comma = src.indexOf(',')
  const type = /^data:([^;,]+)/i.exec(src)?.[1] ?? ''
  try {
    const bytes = atob(src.slice(comma + 1).replaceAll(/\s|%0a|%0d/gi, ''))
    return new Blob([Uint8Array.from(bytes, (sign) => sign.charCodeAt(0))], { type })
  } catch {
    return null
  }
}

/** The pictures in RTF, in its order: what office programs put beside HTML that names files of their own. */
export function filesInRtf(rtf: string): Blob[] {
  const found: Blob[] = []
  let end = 0
  for (let at = rtf.indexOf('{\\pict'); at >= 0; at = rtf.indexOf('{\\pict', end)) {
    end = endOfGroup(rtf, at)
    // Word writes each picture again, in a form of older programs.
    if (/\\nonshppict\s*$/.test(rtf.slice(Math.max(0, at - 20), at))) continue
    const group = rtf.slice(at, end)
    const type = /\\pngblip/.test(group) ? 'image/png' : /\\jpegblip/.test(group) ? 'image/jpeg' : null
    const hex = /([\da-fA-F\s]{40,})\}?$/.exec(group)?.[1]?.replaceAll(/\s/g, '') ?? ''
    if (type === null || hex === '') continue
    const bytes = new Uint8Array(hex.length >> 1)
    for (let index = 0; index < bytes.length; index += 1)
      bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16)
    found.push(new Blob([bytes], { type }))
  }
  return found
}

/** The place after the group that begins at `at`. */
function endOfGroup(rtf: string, at: number): number {
  let depth = 0
  for (let place = at; place < rtf.length; place += 1) {
    const sign = rtf[place]
    if (sign === '\\') place += 1
    else if (sign === '{') depth += 1
    else if (sign === '}' && (depth -= 1) === 0) return place + 1
  }
  return rtf.length
}

/** An attribute of a tag as it is written; ''. */
function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  const written = found?.[1] ?? found?.[2] ?? found?.[3] ?? ''
  return written.replaceAll(/&(amp|quot|lt|gt|#39);/g, (whole, entity: string) => ENTITIES[entity] ?? whole)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" }

/** Words as they stand in an attribute or between tags. */
export function escaped(words: string): string {
  return words.replaceAll(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
