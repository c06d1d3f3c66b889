/** Nodes of HTML as XHTML, with what may stand in a book: links lead out of it or nowhere. */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { isExternalLink } from '../../../shared/text/links.ts'
import { uriOf } from '../document/uri.ts'
import { escapeXml } from '../document/xml.ts'

const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input'])
/** After these a line of the file ends; never inside `pre`. */
const BREAK_AFTER: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr figure section nav'.split(' '),
)

/** The nodes as text. */
export function xhtml(nodes: readonly HtmlNode[]): string {
  let out = ''
  for (const node of nodes) out += typeof node === 'string' ? escapeXml(node) : element(node)
  return out
}

function element({ tag, attributes = {}, children = [] }: HtmlElement): string {
  const own = tag === 'a' ? linkAttributes(attributes) : attributes
  if (own === null) return xhtml(children)
  let out = `<${tag}`
  for (const [name, value] of Object.entries(own))
    out += ` ${name}="${escapeXml(value === '' && name !== 'alt' ? name : value)}"`
  out += EMPTY.has(tag) ? '/>' : `>${xhtml(children)}</${tag}>`
  return BREAK_AFTER.has(tag) ? `${out}\n` : out
}

function linkAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> | null {
  const href = attributes['href'] ?? ''
  // Notes of the same chapter.
  if (/^#note-(ref-)?\d+$/.test(href)) return attributes
  const uri = isExternalLink(href) ? uriOf(href) : null
  return uri === null ? null : { ...attributes, href: uri }
}
