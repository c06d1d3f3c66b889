/**
 * A pad's text as HTML for its page. Made once for each revision: of a long text it costs as much as all the rest of a
 * page together, and pads are opened more often than between two edits.
 */
import type * as Y from 'yjs'
import type { Content } from '../../shared/text/delta.ts'
import { coreFormats } from '../../shared/text/formats.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { contentToNodes } from '../../shared/text/html.ts'
import { htmlText } from '../../shared/text/html-node.ts'
import type { HtmlElement, HtmlNode } from '../../shared/text/html-node.ts'
import { readContent } from '../../shared/text/table/value.ts'

/** Text in a page ends here (UTF-16 units); the editor shows all of it. */
const MOST = 200_000
/** Lines of a chunk. A long text has them, which browsers lay out only when they come on screen. */
const CHUNK = 100
/** Chunks from which on a text is long. */
const MANY = 3
/** UTF-16 units of HTML that are kept, of all pads together. */
const KEPT = 8_000_000

/** Of a link that leads elsewhere. */
const BESIDE = { rel: 'noopener noreferrer nofollow', target: '_blank' }

/** Texts of pads as HTML. */
export interface PageTexts {
  /** The HTML of `text` at `revision`, which counts the changes of this text's document object. */
  html(pad: string, text: Y.Text, revision: number): string
}

interface Kept {
  text: WeakRef<Y.Text>
  revision: number
  formats: Formats
  html: string
}

/** Keeps what was asked for last, up to `most` UTF-16 units; drawn with the formats that are in use when it is asked for. */
export function createPageTexts(most = KEPT, formats: () => Formats = () => coreFormats): PageTexts {
  const kept = new Map<string, Kept>()
  let length = 0

  function forget(pad: string): void {
    length -= kept.get(pad)?.html.length ?? 0
    kept.delete(pad)
  }

  return {
    html(pad, text, revision) {
      const known = kept.get(pad)
      const table = formats()
      const same = known?.revision === revision && known.formats === table && known.text.deref() === text
      const html = same ? known.html : pageHtml(readContent(text), table)
      forget(pad)
      kept.set(pad, { text: new WeakRef(text), revision, formats: table, html })
      length += html.length
      for (const oldest of kept.keys()) {
        if (length <= most) break
        forget(oldest)
      }
      return html
    },
  }
}

function pageHtml(content: Content, formats: Formats): string {
  const blocks = contentToNodes(head(content), { formats }).map(besideFrames)
  const chunks = inChunks(blocks)
  return htmlText(chunks.length < MANY ? blocks : chunks)
}

/** Links that lead elsewhere open a tab of their own, before the script is there, too: the page may stand in a frame (EM7). */
function besideFrames(node: HtmlNode): HtmlNode {
  if (typeof node === 'string') return node
  const { tag, attributes, children } = node
  const leaves = tag === 'a' && attributes?.['rel'] !== undefined
  return {
    ...node,
    ...(leaves ? { attributes: { ...attributes, ...BESIDE } } : {}),
    ...(children === undefined ? {} : { children: children.map(besideFrames) }),
  }
}

function inChunks(blocks: readonly HtmlNode[]): HtmlNode[] {
  const chunks: HtmlNode[] = []
  let children: HtmlNode[] = []
  let lines = 0
  const end = (): void => {
    if (children.length > 0) chunks.push({ tag: 'div', attributes: { class: 'chunk' }, children })
    children = []
    lines = 0
  }
  for (const block of blocks.flatMap(pieces)) {
    if (lines + linesIn(block) > CHUNK) end()
    children.push(block)
    lines += linesIn(block)
  }
  end()
  return chunks
}

/** A block of many lines that looks the same when it is several. */
function isDivisible(block: HtmlNode): block is HtmlElement {
  return typeof block !== 'string' && ['ol', 'ul', 'blockquote'].includes(block.tag)
}

function linesIn(block: HtmlNode): number {
  return isDivisible(block) ? (block.children?.length ?? 0) : 1
}

/** A block, a long list or quotation as several; a list's numbers go on. */
function pieces(block: HtmlNode): HtmlNode[] {
  if (!isDivisible(block) || linesIn(block) <= CHUNK) return [block]
  const { tag, attributes, children = [] } = block
  const found: HtmlNode[] = []
  let number = Number(attributes?.['start'] ?? 1)
  for (let at = 0; at < children.length; at += CHUNK) {
    const part = children.slice(at, at + CHUNK)
    const own: Record<string, string> = { ...attributes }
    if (tag === 'ol' && at > 0) own['start'] = String(number)
    found.push({ tag, attributes: own, children: part })
    for (const item of part) {
      const given = typeof item === 'string' ? undefined : item.attributes?.['value']
      number = Number(given ?? number) + 1
    }
  }
  return found
}

/** The content up to the last line that ends within {@link MOST}. */
function head(content: Content): Content {
  let left = MOST
  for (const [at, { insert }] of content.entries()) {
    left -= typeof insert === 'string' ? insert.length : 1
    if (left >= 0) continue
    const item = content[at]
    if (item === undefined || typeof item.insert !== 'string') return content.slice(0, at)
    const cut = item.insert.slice(0, item.insert.length + left)
    const text = cut.slice(0, cut.lastIndexOf('\n') + 1)
    return text === '' ? content.slice(0, at) : [...content.slice(0, at), { ...item, insert: text }]
  }
  return content
}
