/** Items one after the other, each with its depth, as lists in lists. */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'

/** An item as office documents have it. */
export interface FlatItem {
  /** Depth from 0. */
  level: number
  of: 'bullet' | 'ordered' | 'checked' | 'unchecked'
  /** Of an ordered item, when it is known. */
  number: number | null
  /** The paragraph. */
  attributes: Readonly<Record<string, string>>
  children: readonly HtmlNode[]
}

interface Open {
  level: number
  tag: string
  items: HtmlElement[]
}

/** The lists of a run of items. */
export function nestedLists(items: readonly FlatItem[]): HtmlElement[] {
  const roots: HtmlElement[] = []
  const open: Open[] = []
  for (const item of items) {
    const tag = item.of === 'ordered' ? 'ol' : 'ul'
    while ((open.at(-1)?.level ?? -1) > item.level) open.pop()
    const last = open.at(-1)
    if (last && last.level === item.level && last.tag !== tag) open.pop()
    let list = open.at(-1)
    if (!list || list.level < item.level) {
      const made: Open = { level: item.level, tag, items: [] }
      const element: HtmlElement = { tag, children: made.items }
      const parent = list?.items.at(-1)
      if (parent) (parent.children as HtmlNode[]).push(element)
      else roots.push(element)
      open.push(made)
      list = made
    }
    list.items.push(itemElement(item))
  }
  return roots
}

function itemElement({ level, of, number, attributes, children }: FlatItem): HtmlElement {
  const own: Record<string, string> = { ...attributes, 'aria-level': String(level + 1) }
  if (of === 'ordered' && number !== null && number > 0) own['value'] = String(number)
  if (of === 'checked' || of === 'unchecked') own['data-checked'] = String(of === 'checked')
  return { tag: 'li', attributes: own, children: [...children] }
}
