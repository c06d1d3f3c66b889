/** Where the structs of an update came to stand; some places can be judged only when the neighbours are known. */
import * as Y from 'yjs'
import type { GuardLimits } from './limits.ts'
import type { Scan } from './scan.ts'

/** Content in a list that cannot show it; types too deep; a struct that is not between its two origins. */
export type Misplaced = 'content' | 'nesting' | 'order'

/** Looks at everything an applied update brought. */
export function findMisplaced(doc: Y.Doc, scan: Scan, limits: GuardLimits): Misplaced | undefined {
  return isOutOfOrder(doc, scan) ? 'order' : inspect(doc, scan.inspect, limits)
}

/** Structs that are looked up one by one; for more of them their lists are numbered once. */
const FEW = 8

/**
 * Whether a struct is not between its two origins, because they stand the wrong way round or in different lists. Yjs
 * puts it somewhere all the same, but where depends on the order of arrival, so that a newcomer sees another text.
 */
function isOutOfOrder(doc: Y.Doc, scan: Scan): boolean {
  const isBefore = scan.structs > FEW ? byNumber() : byWalk
  for (const { client, from, to } of scan.clients) {
    const structs = doc.store.clients.get(client)
    if (!structs || from >= Y.getState(doc.store, client)) continue
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const item = structs[i]
      if (!item || item.id.clock >= to) break
      if (!(item instanceof Y.Item) || !item.origin || !item.rightOrigin) continue
      const left = itemAt(doc, item.origin)
      const right = itemAt(doc, item.rightOrigin)
      if (left && left !== item.left && !isBefore(left, item)) return true
      if (right && right !== item.right && !isBefore(item, right)) return true
    }
  }
  return false
}

function byWalk(first: Y.Item, second: Y.Item): boolean {
  let next = first.right
  while (next && next !== second) next = next.right
  return next !== null
}

function byNumber(): (first: Y.Item, second: Y.Item) => boolean {
  const numbers = new Map<Y.Item, number>()
  return (first, second) => {
    if (!numbers.has(first)) {
      let next: Y.Item | null = first
      while (next.left) next = next.left
      for (let n = 0; next; next = next.right) numbers.set(next, n++)
    }
    return sameList(first, second) && (numbers.get(second) ?? 0) > (numbers.get(first) ?? 0)
  }
}

function sameList(a: Y.Item, b: Y.Item): boolean {
  return a.parent === b.parent && a.parentSub === b.parentSub
}

/** The place of structs that may stand only in some places; their parents are known only now. */
function inspect(doc: Y.Doc, structs: readonly number[], limits: GuardLimits): Misplaced | undefined {
  for (let i = 0; i < structs.length; i += 2) {
    const item = itemAt(doc, { client: structs[i] ?? 0, clock: structs[i + 1] ?? 0 })
    if (!item) continue
    if (item.content instanceof Y.ContentType) {
      if (levelOf(item, limits.nesting) > limits.nesting) return 'nesting'
    } else if (isContentFlat(item) && item.parentSub === null && isText(item, limits)) {
      return 'content'
    }
  }
  return undefined
}

/** The item that holds a clock; none when it is collected or unknown. */
function itemAt(doc: Y.Doc, { client, clock }: { client: number; clock: number }): Y.Item | undefined {
  const structs = doc.store.clients.get(client)
  if (!structs || clock >= Y.getState(doc.store, client)) return undefined
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : undefined
}

function isContentFlat(item: Y.Item): boolean {
  const { content } = item
  return (
    content instanceof Y.ContentAny || content instanceof Y.ContentBinary || content instanceof Y.ContentJSON
  )
}

function isText(item: Y.Item, limits: GuardLimits): boolean {
  const { parent } = item
  if (!(parent instanceof Y.AbstractType)) return false
  if (parent instanceof Y.Text) return true
  return parent._item === null && limits.textRoots.test(Y.findRootTypeKey(parent))
}

/** How many shared types lie around an item; counts no further than one past `limit`. */
function levelOf(item: Y.Item, limit: number): number {
  let level = 0
  let around = parentItem(item)
  while (around && level <= limit) {
    level++
    around = parentItem(around)
  }
  return level
}

function parentItem(item: Y.Item): Y.Item | null {
  return item.parent instanceof Y.AbstractType ? item.parent._item : null
}
