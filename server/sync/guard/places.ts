/** Where the structs of an update came to stand; some places can be judged only when the neighbours are known. */
import * as Y from 'yjs'
import type { News } from './known.ts'
import type { GuardLimits } from './limits.ts'
import type { Scan } from './scan.ts'

/** Content in a list that cannot show it; types too deep; a struct that is not between its two origins. */
export type Misplaced = 'content' | 'nesting' | 'order'

/** Looks at everything an applied update brought. */
export function findMisplaced(
  doc: Y.Doc,
  scan: Scan,
  news: News,
  limits: GuardLimits,
): Misplaced | undefined {
  return checkNews(doc, scan, news) ?? inspect(doc, scan.inspect, news, limits)
}

/** Structs that are looked up one by one; for more of them their lists are numbered once. */
const FEW = 8
/** More than a list can have: each list's numbers begin at a multiple of it. */
const LIST = 2 ** 32

/**
 * Whether something new is no entry where it is one of a map, or not between its two origins, because they stand the
 * wrong way round or in different lists. Yjs puts it somewhere all the same, but where depends on the order of arrival,
 * so that a newcomer sees another text. A list is collected as a whole, so one of the origins gone by itself says that
 * they were in different lists.
 */
function checkNews(doc: Y.Doc, scan: Scan, news: News): 'content' | 'order' | undefined {
  const isBefore = scan.structs > FEW ? byNumber() : byWalk
  for (const { client, from, to } of news.ranges) {
    const structs = doc.store.clients.get(client)
    if (!structs || from >= Y.getState(doc.store, client)) continue
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const item = structs[i]
      if (!item || item.id.clock >= to) break
      if (!(item instanceof Y.Item)) continue
      if (item.parentSub !== null && !isEntry(item)) return 'content'
      const left = item.origin && itemFrom(doc, item.left, item.origin)
      const right = item.rightOrigin && itemFrom(doc, item.right, item.rightOrigin)
      if (left === undefined || right === undefined) return 'order'
      if (left === null || right === null) continue
      if (left !== item.left && !isBefore(left, item)) return 'order'
      if (right !== item.right && !isBefore(item, right)) return 'order'
    }
  }
  return undefined
}

/** One value or type; a longer one Yjs would split at a reference, and lose the first part. */
function isEntry(item: Y.Item): boolean {
  return item.deleted || (item.length === 1 && (isContentFlat(item) || item.content instanceof Y.ContentType))
}

function byWalk(first: Y.Item, second: Y.Item): boolean {
  let next = first.right
  while (next && next !== second) next = next.right
  return next !== null
}

function byNumber(): (first: Y.Item, second: Y.Item) => boolean {
  const numbers = new Map<Y.Item, number>()
  let lists = 0
  return (first, second) => {
    if (!numbers.has(first)) {
      let next: Y.Item | null = first
      while (next.left) next = next.left
      for (let n = LIST * lists++; next; next = next.right) numbers.set(next, n++)
    }
    const before = numbers.get(first) ?? 0
    const after = numbers.get(second) ?? 0
    return after > before && Math.floor(after / LIST) === Math.floor(before / LIST)
  }
}

/** The place of structs that may stand only in some places; their parents are known only now. */
function inspect(
  doc: Y.Doc,
  structs: readonly number[],
  { known }: News,
  limits: GuardLimits,
): Misplaced | undefined {
  for (let i = 0; i < structs.length; i += 2) {
    const client = structs[i] ?? 0
    // Of a struct that was known in part, what is new stands where the known part does.
    const item = itemAt(doc, { client, clock: Math.max(structs[i + 1] ?? 0, known.get(client) ?? 0) })
    if (!item) continue
    if (item.content instanceof Y.ContentType) {
      if (levelOf(item, limits.nesting) > limits.nesting) return 'nesting'
    } else if (isContentFlat(item) && item.parentSub === null && isText(item, limits)) {
      return 'content'
    }
  }
  return undefined
}

/** {@link itemAt}, quicker where it is the neighbour. */
function itemFrom(doc: Y.Doc, neighbour: Y.Item | null, id: Y.ID): Y.Item | undefined {
  const isThere =
    neighbour?.id.client === id.client &&
    neighbour.id.clock <= id.clock &&
    id.clock < neighbour.id.clock + neighbour.length
  return isThere ? neighbour : itemAt(doc, id)
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
