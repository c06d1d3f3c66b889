/** A small tree of HTML that is safe to write out: the one way from content to markup (strings here, DOM in the client). */

/** Text, or an element. Attribute values are plain text; they are escaped when written. */
export type HtmlNode = string | HtmlElement

export interface HtmlElement {
  tag: string
  attributes?: Readonly<Record<string, string>>
  children?: readonly HtmlNode[]
}

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'col', 'wbr'])
/** After these a line of the file ends; never inside `pre`. */
const BREAK_AFTER: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr div figure table tr thead tbody'.split(' '),
)
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// oxlint-disable-next-line no-control-regex -- these have no place in HTML
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
// oxlint-disable-next-line no-control-regex -- the same and the signs to escape
const NOT_PLAIN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff&<>"']/

/** Text for an HTML text or a quoted attribute. Characters that HTML forbids are dropped. */
export function escapeHtml(text: string): string {
  return NOT_PLAIN.test(text)
    ? text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
    : text
}

/** The nodes as HTML, a line break after every block. */
export function htmlText(nodes: readonly HtmlNode[]): string {
  let html = ''
  for (const node of nodes) html += typeof node === 'string' ? escapeHtml(node) : elementText(node)
  return html
}

function elementText({ tag, attributes = {}, children = [] }: HtmlElement): string {
  let html = `<${tag}`
  for (const [name, value] of Object.entries(attributes)) {
    html += value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`
  }
  html += '>'
  if (!VOID.has(tag)) html += `${htmlText(children)}</${tag}>`
  return BREAK_AFTER.has(tag) ? `${html}\n` : html
}
