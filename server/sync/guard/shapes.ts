/**
 * What an applied update made of a board's shapes (SPEC-board B36): each part it touched is checked as it stands now. Like
 * places (`places.ts`) this can be told only afterwards, because updates name what they change by neighbours and parents.
 */
import * as Y from 'yjs'
import { checkEntry } from '../../../shared/board/check/shape.ts'
import { isKeyName, isSmall } from '../../../shared/board/check/unknown.ts'
import { isShapeId } from '../../../shared/board/ids.ts'
import { MAX_ASSETS, MAX_KEYS, MAX_SHAPES, MAX_TEXT } from '../../../shared/board/limits.ts'
import { SETTING_RULES, isAsset } from '../../../shared/board/model/board.ts'
import { MEETING, VOTES, isMeetingEntry, isVote } from '../../../shared/board/model/meeting.ts'
import { ASSETS, SETTINGS, SHAPES } from '../../../shared/board/model/keys.ts'
import type { Scan } from './scan.ts'

/** Shapes that several people at once may make beyond what one may: all of them saw a board with room. */
const SHAPES_AT_ONCE = Math.ceil(MAX_SHAPES / 10)
const MOST_SETTINGS = 256
/** Authors with votes. */
const MOST_VOTERS = 5000

/** A shared type as Yjs hands it out. */
type Shared = NonNullable<ReturnType<Y.Doc['share']['get']>>

/** Parts an update touched: of each shape's map the keys, of the other roots too. */
type Touched = Map<Shared, Set<string>>

/** What is wrong with a board after an update, in a few words for the log; undefined for nothing. */
export function findWrongShape(doc: Y.Doc, scan: Scan): string | undefined {
  const roots = new Map<unknown, string>()
  for (const name of [SHAPES, ASSETS, SETTINGS, MEETING, VOTES]) {
    const root = doc.share.get(name)
    if (root) roots.set(root, name)
  }
  const shapes = doc.share.get(SHAPES)
  const touched: Touched = new Map()
  let created = false
  for (const { client, from, to } of scan.clients) {
    const structs = doc.store.clients.get(client)
    if (!structs || from >= Y.getState(doc.store, client)) continue
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const item = structs[i]
      if (!item || item.id.clock >= to) break
      if (!(item instanceof Y.Item) || item.deleted) continue
      const fault = touch(touched, roots, item)
      if (fault) return fault
      if (item.parent === shapes) created = true
    }
  }
  if (created && shapes && isOver(shapes, MAX_SHAPES + SHAPES_AT_ONCE)) return 'shapes: full'
  for (const [type, keys] of touched) {
    const root = roots.get(type)
    for (const key of keys) {
      const fault = root === undefined ? checkPart(type, key) : checkRoot(root, type, key)
      if (fault) return fault
    }
  }
  return undefined
}

/** Notes which part of which shape (or which entry of another root) an item lies in. */
function touch(touched: Touched, roots: ReadonlyMap<unknown, string>, start: Y.Item): string | undefined {
  /** The item below, and the type that holds it, on the way up. */
  let below: Y.Item | null = null
  let shape: Shared | null = null
  for (let item = start; ;) {
    const { parent } = item
    if (!(parent instanceof Y.AbstractType)) return undefined
    const root = roots.get(parent)
    if (root !== undefined) {
      if (item.parentSub === null) return `${root}: a list`
      if (root !== SHAPES) note(touched, parent, item.parentSub)
      else if (below && shape) {
        if (below.parentSub === null) return 'shape: a list'
        note(touched, shape, below.parentSub)
      } else {
        const fault = checkMap(item)
        if (fault) return fault
      }
      return undefined
    }
    below = item
    shape = parent
    if (!parent._item) return undefined
    item = parent._item
  }
}

function note(touched: Touched, type: Shared, key: string): void {
  const keys = touched.get(type)
  if (keys) keys.add(key)
  else touched.set(type, new Set([key]))
}

/** An entry of `shapes`. */
function checkMap(item: Y.Item): string | undefined {
  if (!isShapeId(item.parentSub)) return 'shape: id'
  if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.Map)) return 'shape: shape'
  return undefined
}

/** A live value of a map; undefined when there is none. */
function valueOf(type: Shared, key: string): unknown {
  const item = type._map.get(key)
  return !item || item.deleted ? undefined : item.content.getContent()[item.length - 1]
}

function checkPart(shape: Shared, key: string): string | undefined {
  const value = valueOf(shape, key)
  // Gone again, or still to come: a large update arrives in pieces, and until its header is there a shape is not shown.
  if (value === undefined) return undefined
  if (shape._map.size > MAX_KEYS) return 'shape: keys'
  if (key !== 'x') return faultOf(checkEntry(key, value))
  if (!(value instanceof Y.Text) || value.length > MAX_TEXT || value._map.size > 0) return 'shape: text'
  return faultOf(checkEntry('x', value.toDelta()))
}

function faultOf(fault: string | null): string | undefined {
  return fault === null ? undefined : `shape: ${fault}`
}

function checkRoot(root: string, type: Shared, key: string): string | undefined {
  const value = valueOf(type, key)
  if (value === undefined) return undefined
  if (root === ASSETS) return isAsset(key, value) && !isOver(type, MAX_ASSETS) ? undefined : 'assets'
  if (root === VOTES) return isVote(key, value) && !isOver(type, MOST_VOTERS) ? undefined : 'votes'
  if (root === MEETING) {
    const right = isMeetingEntry(key, value) ?? (isKeyName(key) && isSmall(value))
    return right && !isOver(type, MOST_SETTINGS) ? undefined : 'meeting'
  }
  const isRight = new Map(Object.entries(SETTING_RULES)).get(key) ?? isSmall
  return isKeyName(key) && isRight(value) && !isOver(type, MOST_SETTINGS) ? undefined : 'settings'
}

/** Whether a map has more live entries; looks only where it could have. */
function isOver(type: Shared, most: number): boolean {
  if (type._map.size <= most) return false
  let live = 0
  for (const item of type._map.values()) if (!item.deleted && ++live > most) return true
  return false
}
