/** Flat list lines as nested HTML lists with the right numbers. */
import type { HtmlElement, HtmlNode } from './html-node.ts'
import type { Line } from './lines.ts'
import { listCounter, listLevel } from './numbers.ts'

interface Item {
  attributes: Record<string, string>
  content: HtmlNode[]
  lists: OpenList[]
}

interface OpenList {
  kind: 'bullet' | 'ordered' | 'tasks'
  level: number
  start: number
  items: Item[]
  next: number
}

/** How items are written. */
export interface Items {
  /** The inline nodes of a line. */
  content: (line: Line) => HtmlNode[]
  /** What stands around them in the item: a heading, code. */
  around: (line: Line, children: HtmlNode[]) => HtmlNode[]
  /** What the item's element carries. */
  look: (line: Line) => Record<string, string>
}

/**
 * The lists of a run of list lines. A deeper line goes into a list inside the item before it; a line of another kind at
 * the same depth begins a new list.
 */
export function nestLists(lines: readonly Line[], items: Items): HtmlElement[] {
  const roots: OpenList[] = []
  const open: OpenList[] = []
  const counter = listCounter()
  for (const line of lines) {
    const number = counter.next(line.attributes)
    const level = listLevel(line.attributes)
    const kind = kindOf(line)
    while ((open.at(-1)?.level ?? -1) > level) open.pop()
    const last = open.at(-1)
    if (last && last.level === level && last.kind !== kind) open.pop()
    let list = open.at(-1)
    if (!list || list.level < level) {
      const parent = list?.items.at(-1)
      const made: OpenList = { kind, level, start: number ?? 1, items: [], next: number ?? 1 }
      if (parent) parent.lists.push(made)
      else roots.push(made)
      open.push(made)
      list = made
    }
    list.items.push(itemOf(line, list, number, items))
  }
  return roots.map(listElement)
}

function kindOf(line: Line): OpenList['kind'] {
  const list = line.attributes['list']
  return list === 'ordered' ? 'ordered' : list === 'checked' || list === 'unchecked' ? 'tasks' : 'bullet'
}

function itemOf(line: Line, list: OpenList, number: number | undefined, items: Items): Item {
  const attributes = items.look(line)
  const inline = items.content(line)
  if (list.kind === 'ordered' && number !== undefined) {
    if (number !== list.next) attributes['value'] = String(number)
    list.next = number + 1
  }
  if (list.kind !== 'tasks') return { attributes, content: items.around(line, inline), lists: [] }
  const box: Record<string, string> = { type: 'checkbox', disabled: '' }
  if (line.attributes['list'] === 'checked') box['checked'] = ''
  const label: HtmlElement = { tag: 'label', children: [{ tag: 'input', attributes: box }, ' ', ...inline] }
  return { attributes, content: items.around(line, [label]), lists: [] }
}

function listElement({ kind, start, items }: OpenList): HtmlElement {
  const attributes: Record<string, string> = {}
  if (kind === 'tasks') attributes['class'] = 'tasks'
  if (kind === 'ordered' && start !== 1) attributes['start'] = String(start)
  const children = items.map((item): HtmlElement => ({
    tag: 'li',
    attributes: item.attributes,
    children: [...item.content, ...item.lists.map(listElement)],
  }))
  return { tag: kind === 'ordered' ? 'ol' : 'ul', attributes, children }
}
