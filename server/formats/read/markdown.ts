/** Markdown as nodes for our reader (SPEC-formats F65): CommonMark with GFM's tables, strikes, tasks and bare addresses. */
import MarkdownIt from 'markdown-it'
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { htmlNodes } from './html.ts'
import { pictureTray } from './pictures.ts'
import type { LeftOut } from './types.ts'

/** Elements may stand in it: the reader of HTML takes only what it knows. */
const parser = new MarkdownIt({ html: true, linkify: true })

const TASK = /^(<li>\s*(?:<p>\s*)?)\[([ xX])\][ \t]+/

/** The nodes of a text. */
export function markdownNodes(text: string, tray = pictureTray()): { nodes: HtmlNode[]; left: LeftOut } {
  const html = parser
    .render(withoutFrontMatter(text))
    .replace(/<li>\s*(?:<p>\s*)?\[[ xX]\][ \t]+/g, (item) =>
      item.replace(
        TASK,
        (_whole, before: string, sign: string) =>
          `${before}<input type="checkbox"${sign === ' ' ? '' : ' checked=""'}>`,
      ),
    )
  const { nodes, left } = htmlNodes(html, tray)
  return {
    nodes: nodes.map((node) =>
      typeof node === 'string' ? node : { ...node, children: parted(node.children ?? []) },
    ),
    left,
  }
}

/** What static site makers put before a text. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n(?:[\w-]+:.*\n|[ \t-].*\n|\n)*?---\n/, '')
}

/** An empty line between two paragraphs, which in a pad are lines: as they were parted, so they stay. */
function parted(nodes: readonly HtmlNode[]): HtmlNode[] {
  const out: HtmlNode[] = []
  let paragraph = false
  for (const node of nodes) {
    if (typeof node === 'string') {
      out.push(node)
      if (node.trim() !== '') paragraph = false
      continue
    }
    if (node.tag === 'p' && paragraph) out.push({ tag: 'p', children: [{ tag: 'br' }] })
    paragraph = node.tag === 'p'
    out.push(node.tag === 'blockquote' ? { ...node, children: parted(node.children ?? []) } : node)
  }
  return out
}
