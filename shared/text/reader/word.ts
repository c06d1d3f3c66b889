/** What Word and Outlook write instead of lists and headings (SPEC-text P5). */
import { attributeOf, stylesOf, tagOf, textIn } from './source.ts'
import type { SourceNode } from './source.ts'

/** A list paragraph of Word's: its level from 0, its kind and, for decimal numbers, its number. */
export interface WordItem {
  level: number
  kind: 'bullet' | 'ordered'
  number?: number
}

/** Reads `mso-list:l0 level2 lfo1` and the marker Word wrote into the text; null for other paragraphs. */
export function wordItem(node: SourceNode, styles: ReadonlyMap<string, string>): WordItem | null {
  const list = styles.get('mso-list')
  const level = /level(\d{1,2})/.exec(list ?? '')?.[1]
  if (level === undefined) return null
  const marker = markerIn(node, 0).trim()
  const item: WordItem = { level: Math.min(8, Math.max(0, Number(level) - 1)), kind: 'bullet' }
  if (!/^\(?(?:\d+(?:\.\d+)*|[a-z]{1,4})[.)]/i.test(marker) && !/^\d+$/.test(marker)) return item
  item.kind = 'ordered'
  const number = /(\d+)[.)]?\s*$/.exec(marker)?.[1]
  if (number !== undefined && Number(number) > 0) item.number = Number(number)
  return item
}

/** Whether the element holds only the marker of a list paragraph or something Word hides. */
export function isWordIgnored(styles: ReadonlyMap<string, string>): boolean {
  return styles.get('mso-list')?.toLowerCase() === 'ignore' || styles.get('mso-hide') === 'all'
}

function markerIn(node: SourceNode, depth: number): string {
  if (depth > 6) return ''
  for (let at = 0; at < node.childNodes.length && at < 50; at += 1) {
    const child = node.childNodes[at]
    if (!child || child.nodeType !== 1) continue
    if (isWordIgnored(stylesOf(child))) return textIn(child, 40).replace(/\u00a0/g, ' ')
    const inside = markerIn(child, depth + 1)
    if (inside !== '') return inside
  }
  return ''
}

/** The heading level a paragraph style of Word's stands for; 0 for none. */
export function wordHeading(node: SourceNode): number {
  const name = attributeOf(node, 'class')
  if (tagOf(node) !== 'p' || !name.startsWith('Mso')) return 0
  if (name.startsWith('MsoTitle')) return 1
  if (name.startsWith('MsoSubtitle')) return 2
  return Number(/^MsoHeading([1-6])/.exec(name)?.[1] ?? 0)
}

/** Whether a paragraph style of Word's is a quote. */
export function isWordQuote(node: SourceNode): boolean {
  return /^Mso(?:Intense)?Quote/.test(attributeOf(node, 'class'))
}
