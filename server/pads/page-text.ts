/**
 * A pad's text as HTML for its page. Made once for each revision: of a long text it costs as much as all the rest of a
 * page together, and pads are opened more often than between two edits.
 */
import type * as Y from 'yjs'
import type { Content } from '../../shared/text/delta.ts'
import { contentToNodes } from '../../shared/text/html.ts'
import { htmlText } from '../../shared/text/html-node.ts'
import type { HtmlNode } from '../../shared/text/html-node.ts'

/** Text in a page ends here (UTF-16 units); the editor shows all of it. */
const MOST = 200_000
/** Blocks from which on the page has them in chunks, which browsers lay out only when they come on screen. */
const CHUNKS_FROM = 200
/** Blocks of a chunk. */
const CHUNK = 100
/** UTF-16 units of HTML that are kept, of all pads together. */
const KEPT = 8_000_000

/** Texts of pads as HTML. */
export interface PageTexts {
  /** The HTML of `text` at `revision`, which counts the changes of this text's document object. */
  html(pad: string, text: Y.Text, revision: number): string
}

interface Kept {
  text: WeakRef<Y.Text>
  revision: number
  html: string
}

/** Keeps what was asked for last, up to `most` UTF-16 units. */
export function createPageTexts(most = KEPT): PageTexts {
  const kept = new Map<string, Kept>()
  let length = 0

  function forget(pad: string): void {
    length -= kept.get(pad)?.html.length ?? 0
    kept.delete(pad)
  }

  return {
    html(pad, text, revision) {
      const known = kept.get(pad)
      const html =
        known?.revision === revision && known.text.deref() === text ? known.html : pageHtml(text.toDelta())
      forget(pad)
      kept.set(pad, { text: new WeakRef(text), revision, html })
      length += html.length
      for (const oldest of kept.keys()) {
        if (length <= most) break
        forget(oldest)
      }
      return html
    },
  }
}

function pageHtml(content: Content): string {
  const blocks = contentToNodes(head(content))
  return htmlText(blocks.length < CHUNKS_FROM ? blocks : inChunks(blocks))
}

function inChunks(blocks: readonly HtmlNode[]): HtmlNode[] {
  const chunks: HtmlNode[] = []
  for (let at = 0; at < blocks.length; at += CHUNK)
    chunks.push({ tag: 'div', attributes: { class: 'chunk' }, children: blocks.slice(at, at + CHUNK) })
  return chunks
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
