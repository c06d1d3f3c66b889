/**
 * What an applied update made of a text's tables (SPEC-guard G26): shared types stand only where a table has them, and
 * hold only what a table holds. Like shapes (`shapes.ts`) this can be told only afterwards.
 */
import * as Y from 'yjs'
import { MAX_COLUMNS, MAX_ROWS, isTableId } from '../../../shared/text/table/model.ts'
import type { Scan } from './scan.ts'

/** Rows or columns that several people at once may make beyond what one may: all of them saw a table with room. */
const AT_ONCE = 1.1
/** Keys of one table: a look for each cell, a width for each column. */
const MOST_KEYS = 60_000
/** Root types of a document, which Yjs never forgets. */
const MOST_ROOTS = 200_000
const MOST_VALUE = 256

/** What is wrong with a text's tables after an update, in a few words for the log; undefined for nothing. */
export function findWrongTable(doc: Y.Doc, scan: Scan): string | undefined {
  const text = doc.share.get('text')
  const lists = new Set<Y.Item>()
  for (const { client, from, to } of scan.clients) {
    const structs = doc.store.clients.get(client)
    if (!structs || from >= Y.getState(doc.store, client)) continue
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const item = structs[i]
      if (!item || item.id.clock >= to) break
      if (!(item instanceof Y.Item) || item.deleted) continue
      const fault = faultOf(item, text, lists)
      if (fault !== undefined) return fault
    }
  }
  for (const list of lists) {
    const most = (list.parentSub === 'rows' ? MAX_ROWS : MAX_COLUMNS) * AT_ONCE
    if (list.content instanceof Y.ContentType && list.content.type._length > most) return 'table: full'
  }
  return doc.share.size > MOST_ROOTS ? 'table: full' : undefined
}

function faultOf(item: Y.Item, text: unknown, lists: Set<Y.Item>): string | undefined {
  const { content, parent, parentSub } = item
  if (!(parent instanceof Y.AbstractType)) return undefined
  const around = parent._item
  if (content instanceof Y.ContentType) {
    if (parentSub === null)
      return parent === text && content.type instanceof Y.Map ? undefined : 'table: place of a type'
    const isList = (parentSub === 'rows' || parentSub === 'cols') && content.type instanceof Y.Array
    if (!isList || !isTable(around, text)) return 'table: place of a type'
    lists.add(item)
    return undefined
  }
  if (around === null) return undefined
  if (parentSub !== null) {
    if (!isTable(around, text)) return 'table: place of a key'
    if (parent instanceof Y.Map && parent._map.size > MOST_KEYS) return 'table: full'
    return content instanceof Y.ContentAny && isValue(parentSub, content.arr[0]) ? undefined : 'table: value'
  }
  if (around.parentSub !== 'rows' && around.parentSub !== 'cols') return 'table: place'
  lists.add(around)
  return content instanceof Y.ContentAny && content.arr.every(isTableId) ? undefined : 'table: id'
}

/** Whether an item holds the map of a table. */
function isTable(item: Y.Item | null, text: unknown): boolean {
  return (
    item !== null &&
    item.parent === text &&
    item.parentSub === null &&
    item.content instanceof Y.ContentType &&
    item.content.type instanceof Y.Map
  )
}

/** Keys this version does not know may hold any small scalar. */
function isValue(key: string, value: unknown): boolean {
  if (key === 'id') return isTableId(value)
  if (key === 'rows' || key === 'cols') return false
  if (typeof value === 'string') return value.length <= MOST_VALUE
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}
