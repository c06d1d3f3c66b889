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

/** Addresses of places in other pages of the book, by the `#name` that a link says. */
export type Targets = ReadonlyMap<string, string>

/** The nodes as text. */
export function xhtml(nodes: readonly HtmlNode[], targets: Targets): string {
  let out = ''
  for (const node of nodes) out += typeof node === 'string' ? escapeXml(node) : element(node, targets)
  return out
}

function element({ tag, attributes = {}, children = [] }: HtmlElement, targets: Targets): string {
  const own = tag === 'a' ? linkAttributes(attributes, targets) : attributes
  if (own === null) return xhtml(children, targets)
  let out = `<${tag}`
  for (const [name, value] of Object.entries(own))
    out += ` ${name}="${escapeXml(value === '' && name !== 'alt' ? name : value)}"`
  out += EMPTY.has(tag) ? '/>' : `>${xhtml(children, targets)}</${tag}>`
  return BREAK_AFTER.has(tag) ? `${out}\n` : out
}

function linkAttributes(
  attributes: Readonly<Record<string, string>>,
  targets: Targets,
): Record<string, string> | null {
  const href = attributes['href'] ?? ''
  // Notes of the same chapter.
  if (/^#note-(ref-)?\d+$/.test(href)) return attributes
  const target = targets.get(href) ?? (isExternalLink(href) ? uriOf(href) : null)
  return target === null ? null : { ...attributes, href: target }
}
