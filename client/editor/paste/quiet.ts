/**
 * Makes pasted HTML quiet before it is parsed. Parsing runs nothing, yet the browser reports every inline handler and
 * style as a violation of the page's content security policy. One pass, linear in the length.
 */

const SPACE = /[\s/]/
const NAME_END = /[\s/>=]/

/** The HTML without handlers and `style` elements; `style` attributes are named `data-style`. */
export function quietHtml(html: string): string {
  let out = ''
  let copied = 0
  let at = html.indexOf('<')
  const until = (end: number): void => {
    out += html.slice(copied, end)
    copied = end
  }
  while (at >= 0 && at < html.length) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4)
      at = end < 0 ? html.length : html.indexOf('<', end + 3)
      continue
    }
    if (!/[a-z]/i.test(html[at + 1] ?? '')) {
      at = html.indexOf('<', at + 1)
      continue
    }
    const begin = at
    at += 1
    while (at < html.length && !NAME_END.test(html[at] ?? '')) at += 1
    const name = html.slice(begin + 1, at).toLowerCase()
    if (name === 'style') {
      until(begin)
      const end = endOfStyle(html, at)
      copied = end
      at = html.indexOf('<', end)
      continue
    }
    for (;;) {
      while (at < html.length && SPACE.test(html[at] ?? '')) at += 1
      if (at >= html.length || html[at] === '>') break
      const start = at
      at += 1
      while (at < html.length && !NAME_END.test(html[at] ?? '')) at += 1
      const attribute = html.slice(start, at).toLowerCase()
      at = endOfValue(html, at)
      if (attribute.startsWith('on')) {
        until(start)
        copied = at
      } else if (attribute === 'style') {
        until(start)
        out += 'data-'
      }
    }
    at = html.indexOf('<', at)
  }
  return copied === 0 ? html : out + html.slice(copied)
}

/** The end of an attribute's value, or of its name when it has none. */
function endOfValue(html: string, from: number): number {
  let at = from
  while (at < html.length && /\s/.test(html[at] ?? '')) at += 1
  if (html[at] !== '=') return from
  at += 1
  while (at < html.length && /\s/.test(html[at] ?? '')) at += 1
  const quote = html[at]
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1)
    return end < 0 ? html.length : end + 1
  }
  while (at < html.length && !/[\s>]/.test(html[at] ?? '')) at += 1
  return at
}

/** Where a `style` element ends; unclosed ones reach to the end, as they do when parsed. */
function endOfStyle(html: string, from: number): number {
  const close = /<\/style/gi
  close.lastIndex = from
  const end = close.exec(html) ? html.indexOf('>', close.lastIndex) : -1
  return end < 0 ? html.length : end + 1
}
