/** Headings of a document and what belongs to them. Pure. */
import type { Node as ProseNode } from 'prosemirror-model'

export interface Heading {
  /** From 1. */
  readonly level: number
  readonly words: string
  /** Of the row, from 0. */
  readonly row: number
  /** Where the row begins. */
  readonly pos: number
}

/** Headings that a table of contents shows. */
export const MOST = 500
const LONGEST = 200

/** The level of a row; 0 for what is no heading. */
export function levelOf(node: ProseNode): number {
  const header: unknown = node.attrs['header']
  return typeof header === 'number' ? header : 0
}

/** The headings that have words. */
export function headingsOf(doc: ProseNode): Heading[] {
  const out: Heading[] = []
  doc.forEach((node, pos, row) => {
    const level = levelOf(node)
    const words = level > 0 && out.length < MOST ? node.textContent.trim().slice(0, LONGEST) : ''
    if (words !== '') out.push({ level, words, row, pos })
  })
  return out
}

/** What lies under the heading at a place: up to the next one of its level or a higher one. Null where no heading is. */
export function sectionOf(doc: ProseNode, pos: number): { from: number; to: number; rows: number } | null {
  const heading = pos >= 0 && pos < doc.content.size ? doc.nodeAt(pos) : null
  const level = heading ? levelOf(heading) : 0
  if (!heading || level === 0) return null
  const from = pos + heading.nodeSize
  let to = from
  let rows = 0
  for (let index = doc.resolve(from).index(0); index < doc.childCount; index += 1) {
    const row = doc.child(index)
    const own = levelOf(row)
    if (own > 0 && own <= level) break
    to += row.nodeSize
    rows += 1
  }
  return { from, to, rows }
}

/** The heading a place belongs to: its own row, or the nearest one above. */
export function headingAbove(doc: ProseNode, pos: number): number | null {
  for (let index = doc.resolve(pos).index(0); index >= 0; index -= 1) {
    const row = doc.maybeChild(index)
    if (row && levelOf(row) > 0) {
      let at = 0
      for (let before = 0; before < index; before += 1) at += doc.child(before).nodeSize
      return at
    }
  }
  return null
}
