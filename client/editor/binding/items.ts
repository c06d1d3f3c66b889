/**
 * Reads a Y.Text item by item (Yjs 13: `_start`, `right`, `ContentFormat`). Never writes: unlike `event.delta` it deletes
 * no markers, so a reader stays a reader (R17).
 */
import * as Y from 'yjs'
import type { Attributes, Delta, Embed, FormatValue, Insert } from '../../../shared/text/delta.ts'
import { DeltaBuilder, attributeChange } from './delta.ts'

/**
 * The key under which a shared type inside the text appears as an embed; its value is `client-clock` of its item. A map is
 * a table and appears as the embed `table` with this as its value (SPEC-tables TB1).
 */
export const SHARED = 'shared'
const TABLE = 'table'

/** The item a shared type's embed stands for, as `client-clock`; undefined for embeds that are none. */
export function sharedIn(embed: Embed): string | undefined {
  const value = embed[SHARED] ?? refIn(embed[TABLE])
  return typeof value === 'string' && Object.keys(embed).length === 1 ? value : undefined
}

function refIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && SHARED in value && Object.keys(value).length === 1
    ? value[SHARED]
    : undefined
}

/** What an item shows: text, an embed, or undefined for what has no length in a text. */
export function shownBy(item: Y.Item): string | Embed | undefined {
  const content = item.content
  if (content instanceof Y.ContentString) return content.str
  if (content instanceof Y.ContentEmbed) return asEmbed(content.embed)
  if (content instanceof Y.ContentType) {
    const shared = { [SHARED]: `${item.id.client}-${item.id.clock}` }
    return content.type instanceof Y.Map ? { [TABLE]: shared } : shared
  }
  return item.countable ? '\ufffd'.repeat(item.length) : undefined
}

function asEmbed(value: unknown): Embed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : { value }
}

/** Formats as they change from item to item. */
class Formats {
  readonly #values = new Map<string, FormatValue>()
  #snapshot: Attributes | undefined = undefined
  #stale = false

  set({ key, value }: Y.ContentFormat): void {
    const format = value as unknown as FormatValue
    if (format === null) this.#values.delete(key)
    else this.#values.set(key, format)
    this.#stale = true
  }

  /** The formats here; the same object until they change. */
  get attributes(): Attributes | undefined {
    if (this.#stale) {
      this.#snapshot = this.#values.size > 0 ? Object.fromEntries(this.#values) : undefined
      this.#stale = false
    }
    return this.#snapshot
  }
}

/** The whole content of a text. */
export function contentOfText(text: Y.Text): Insert[] {
  const out = new DeltaBuilder()
  const formats = new Formats()
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) formats.set(item.content)
    else {
      const shown = shownBy(item)
      if (shown !== undefined) out.insert(shown, formats.attributes)
    }
  }
  return out.done() as Insert[]
}

/** What a transaction changed in a text. */
interface Touched {
  /** Clients that wrote, each with the clock before. */
  before: readonly { client: number; clock: number }[]
  deleted: ReadonlySet<Y.AbstractStruct>
  /** How many live or newly deleted items there are. */
  count: number
  formats: boolean
}

function touchedBy(text: Y.Text, transaction: Y.Transaction): Touched {
  const before: { client: number; clock: number }[] = []
  let count = 0
  let formats = false
  for (const [client, end] of transaction.afterState) {
    const clock = transaction.beforeState.get(client) ?? 0
    if (end === clock) continue
    const structs = transaction.doc.store.clients.get(client) ?? []
    let here = false
    for (let at = structs.length - 1; at >= 0; at -= 1) {
      const item = structs[at]
      if (!item || item.id.clock < clock) break
      if (!(item instanceof Y.Item) || item.parent !== text || item.deleted) continue
      here = true
      count += 1
      formats ||= item.content instanceof Y.ContentFormat
    }
    if (here) before.push({ client, clock })
  }
  const deleted = new Set<Y.AbstractStruct>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    if (!(item instanceof Y.Item) || item.parent !== text) return
    if (item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)) return
    deleted.add(item)
    formats ||= item.content instanceof Y.ContentFormat
  })
  return { before, deleted, count: count + deleted.size, formats }
}

/** The change a transaction made, read inside its observers. */
export function changeOf(text: Y.Text, transaction: Y.Transaction): Delta {
  const touched = touchedBy(text, transaction)
  const out = new DeltaBuilder()
  let open = touched.count
  if (open === 0) return []
  const now = new Formats()
  const old = touched.formats ? new Formats() : now
  const { before, deleted } = touched
  const isNew = (id: Y.ID): boolean => {
    for (const entry of before) if (entry.client === id.client) return id.clock >= entry.clock
    return false
  }
  for (let item = text._start; item; item = item.right) {
    const added = isNew(item.id)
    if (item.deleted) {
      if (added || deleted.size === 0 || !deleted.has(item)) continue
      open -= 1
      if (item.content instanceof Y.ContentFormat) old.set(item.content)
      else if (shownBy(item) !== undefined) out.delete(item.length)
    } else if (item.content instanceof Y.ContentFormat) {
      if (added) open -= 1
      now.set(item.content)
      if (!added && old !== now) old.set(item.content)
    } else {
      const shown = shownBy(item)
      if (added) open -= 1
      if (shown === undefined) continue
      if (added) out.insert(shown, now.attributes)
      else {
        const change = old === now ? undefined : attributeChange(old.attributes, now.attributes)
        out.retain(item.length, change)
        if (open === 0 && !change) break
      }
    }
    if (open === 0 && old === now) break
  }
  return out.done()
}

/** Whose item a stretch of text is. */
export interface Run {
  length: number
  client: number
}

/** The runs from one place of the text to another. Neighbours of one client are one run. */
export function runsBetween(text: Y.Text, from: number, to: number): Run[] {
  const runs: Run[] = []
  let at = 0
  for (let item = text._start; item && at < to; item = item.right) {
    if (item.deleted || !item.countable) continue
    const start = Math.max(at, from)
    at += item.length
    const length = Math.min(at, to) - start
    if (length <= 0) continue
    const last = runs.at(-1)
    if (last?.client === item.id.client) last.length += length
    else runs.push({ length, client: item.id.client })
  }
  return runs
}
