/**
 * Writes a change to a Y.Text. Ordinary typing goes straight to its place; `applyDelta`, which walks the whole text with
 * its formats, is for the rest (SPEC-text R18, R9).
 */
import * as Y from 'yjs'
import type { Attributes, Delta, DeltaOp } from '../../../shared/text/delta.ts'
import { attributeChange } from './delta.ts'
import { TABLE, fillTable, tableFrom, tableOfEmbed, tableValue } from '../../../shared/text/table/value.ts'
import type { TableValue } from '../../../shared/text/table/value.ts'
import { contentOfText, sharedIn } from './items.ts'

/** Writes to one text. Remembers the last place, so that the next key is written without a walk. */
export class Writer {
  readonly #text: Y.Text
  #finger: Finger | undefined

  constructor(text: Y.Text) {
    this.#text = text
  }

  /** Writes the change in the running transaction. */
  write(transaction: Y.Transaction, delta: Delta): void {
    if (delta.length === 0) return
    const start = this.#usable(transaction.doc)
    const place = writeDirectly(this.#text, transaction, delta, start)
    if (place) this.#finger = place.finger
    else {
      this.#finger = undefined
      const made: MadeTable[] = []
      this.#text.applyDelta(prepared(this.#text, delta, made))
      for (const { map, value } of made) fillTable(map, value)
    }
  }

  /** Somebody else changed the text. */
  forget(): void {
    this.#finger = undefined
  }

  #usable({ store }: Y.Doc): Finger | undefined {
    const finger = this.#finger
    if (!finger || finger.item.deleted) return undefined
    const found: unknown = Y.getItem(store, finger.item.id)
    return found === finger.item ? finger : undefined
  }
}

/** An item, the place of its first character and the formats before it. */
interface Finger {
  item: Y.Item
  at: number
  formats: ReadonlyMap<string, unknown>
}

/** One insert, one deletion or both at one place, when no marker has to be written or removed for it. */
function writeDirectly(
  text: Y.Text,
  transaction: Y.Transaction,
  delta: Delta,
  finger: Finger | undefined,
): ItemPlace | undefined {
  let at = 0
  let insert = ''
  let attributes: Attributes | undefined
  let length = 0
  for (const [index, op] of delta.entries()) {
    if ('retain' in op) {
      if (index > 0 || op.attributes) return undefined
      at = op.retain
    } else if ('delete' in op) length += op.delete
    else if (typeof op.insert === 'string' && insert === '') ({ insert, attributes } = op)
    else return undefined
  }
  const place = placeAt(text, at, finger)
  if (!place || (length > 0 && !isPlain(place, length))) return undefined
  if (insert !== '') {
    const gap = gapFor(text, transaction, place, attributes)
    if (!gap) return undefined
    insertBetween(text, transaction, gap.left, gap.right, insert)
  }
  if (length > 0) {
    const start = insert === '' ? place : placeAt(text, at + insert.length, place.finger)
    if (start) remove(transaction, start, length)
  }
  if (text._searchMarker) text._searchMarker.length = 0
  return place
}

/** A place in the text as Yjs holds it. */
interface ItemPlace {
  /** The item that shows the character before; null at the start. */
  left: Y.Item | null
  /** How much of `left` is before the place. */
  used: number
  /** Formats of the character before. */
  attributes: Attributes | undefined
  /** What follows `left`, shown or not. */
  right: Y.Item | null
  /** `left` to start from next time. */
  finger: Finger | undefined
}

function placeAt(text: Y.Text, at: number, finger: Finger | undefined): ItemPlace | undefined {
  if (at === 0) return { left: null, used: 0, attributes: undefined, right: text._start, finger: undefined }
  const start = finger && finger.at < at ? finger : undefined
  const formats = new Map(start?.formats)
  let rest = at - (start?.at ?? 0)
  for (let item = start?.item ?? text._start; item; item = item.right) {
    if (item.deleted) continue
    if (!item.countable) {
      if (item.content instanceof Y.ContentFormat) setFormat(formats, item.content)
    } else if (rest <= item.length) {
      const here = { item, at: at - rest, formats }
      return { left: item, used: rest, attributes: shown(formats), right: item.right, finger: here }
    } else rest -= item.length
  }
  return undefined
}

function setFormat(formats: Map<string, unknown>, { key, value }: Y.ContentFormat): void {
  if ((value as unknown) === null) formats.delete(key)
  else formats.set(key, value)
}

function shown(formats: ReadonlyMap<string, unknown>): Attributes | undefined {
  return formats.size > 0 ? (Object.fromEntries(formats) as Attributes) : undefined
}

/** Whether the next `length` characters have no marker among or directly before them. */
function isPlain(place: ItemPlace, length: number): boolean {
  let rest = length - (place.left ? place.left.length - place.used : 0)
  for (let item = place.right; item && rest > 0; item = item.right) {
    if (item.deleted) continue
    if (!item.countable) return false
    rest -= item.length
  }
  return rest <= 0
}

/** The gap between two items into which text with these formats can go without a marker. */
function gapFor(
  text: Y.Text,
  transaction: Y.Transaction,
  place: ItemPlace,
  attributes: Attributes | undefined,
): { left: Y.Item | null; right: Y.Item | null } | undefined {
  const { left, used } = place
  if (!attributeChange(place.attributes, attributes)) {
    if (left && used < left.length) {
      const right = splitAt(transaction, left, used)
      return { left: right.left, right }
    }
    let before = left
    let right = place.right
    while (right?.deleted) {
      before = right
      right = right.right
    }
    return { left: before, right }
  }
  if (left && used < left.length) return undefined
  const formats = new Map<string, unknown>(Object.entries(place.attributes ?? {}))
  let last = left
  for (let item = left ? left.right : text._start; ; item = item.right) {
    if (!item) return attributeChange(shown(formats), attributes) ? undefined : { left: last, right: null }
    if (!item.deleted) {
      if (item.content instanceof Y.ContentFormat) setFormat(formats, item.content)
      else if (attributeChange(shown(formats), attributes)) return undefined
      else return { left: item.left, right: item }
    }
    last = item
  }
}

function splitAt(transaction: Y.Transaction, item: Y.Item, offset: number): Y.Item {
  return Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + offset))
}

function insertBetween(
  text: Y.Text,
  transaction: Y.Transaction,
  left: Y.Item | null,
  right: Y.Item | null,
  insert: string,
): void {
  const { clientID, store } = transaction.doc
  const id = Y.createID(clientID, Y.getState(store, clientID))
  const content = new Y.ContentString(insert)
  const item = new Y.Item(id, left, left?.lastId ?? null, right, right?.id ?? null, text, null, content)
  item.integrate(transaction, 0)
}

function remove(transaction: Y.Transaction, place: ItemPlace, length: number): void {
  let item = place.right
  if (place.left && place.used < place.left.length) item = splitAt(transaction, place.left, place.used)
  for (let rest = length; item && rest > 0; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (item.length > rest) splitAt(transaction, item, rest)
    rest -= item.length
    item.delete(transaction)
  }
}

interface WritableOp {
  insert?: string | object
  retain?: number
  delete?: number
  attributes?: Record<string, unknown>
}

/** A table whose cells are filled when it stands in the text. */
interface MadeTable {
  map: Y.Map<unknown>
  value: TableValue
}

/** Whether a change puts in what the text shows in another way than it was put in: shared types, and tables as values. */
export function makesShared(delta: Delta): boolean {
  return delta.some(
    (op) =>
      'insert' in op &&
      typeof op.insert !== 'string' &&
      (sharedIn(op.insert) !== undefined || tableOfEmbed(op.insert) !== null),
  )
}

/** Operations as `applyDelta` may have them: it changes the attributes it gets; shared types go in as copies. */
function prepared(text: Y.Text, delta: Delta, tables: MadeTable[]): WritableOp[] {
  const out: WritableOp[] = []
  for (const op of delta) {
    const made: WritableOp = writable(text, op, tables)
    if ('attributes' in op && op.attributes) made.attributes = { ...op.attributes }
    out.push(made)
  }
  return out
}

function writable(text: Y.Text, op: DeltaOp, tables: MadeTable[]): WritableOp {
  if ('retain' in op) return { retain: op.retain }
  if ('delete' in op) return { delete: op.delete }
  if (typeof op.insert === 'string') return { insert: op.insert }
  const shared = sharedType(text, sharedIn(op.insert))
  const value = shared instanceof Y.Map ? tableValue(shared, contentOfText) : tableOfEmbed(op.insert)
  if (!value) return { insert: shared?.clone() ?? op.insert }
  // No tables in cells (TB2): there it stays what nobody shows.
  if (Y.findRootTypeKey(text) !== 'text') return { insert: { [TABLE]: value } }
  const map = tableFrom(value)
  tables.push({ map, value })
  return { insert: map }
}

/** The shared type whose item has this `client-clock`. A type cannot be put in twice, a copy can. */
function sharedType(text: Y.Text, reference: string | undefined): Y.AbstractType<unknown> | undefined {
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(reference ?? '')
  if (!match || !text.doc) return undefined
  const client = Number(match[1])
  const clock = Number(match[2])
  if (clock >= Y.getState(text.doc.store, client)) return undefined
  const item: unknown = Y.getItem(text.doc.store, Y.createID(client, clock))
  if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return undefined
  return item.content.type as Y.AbstractType<unknown>
}
