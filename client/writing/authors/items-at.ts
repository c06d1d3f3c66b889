/** Which Yjs items stand at places of a text: of its characters, and of what ticked a task (SPEC-writing W14, W15). Pure. */
import * as Y from 'yjs'

/** A Yjs item, or a part of one. */
export interface ItemId {
  client: number
  clock: number
}

/** What ticked a task. */
export interface Tick extends ItemId {
  /** The line came ticked: nobody ticked it where it stands. */
  came: boolean
}

/** The item of the character at a place, in UTF-16 units; null at the end. */
export function itemAt(text: Y.Text, place: number): ItemId | null {
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (place < at + item.length) return { client: item.id.client, clock: item.id.clock + place - at }
    at += item.length
  }
  return null
}

/** What ticked the tasks whose newlines stand at these places, ascending; null for what is no ticked task. One walk. */
export function ticksAt(text: Y.Text, places: readonly number[]): (Tick | null)[] {
  const found: (Tick | null)[] = []
  let format: Y.Item | null = null
  let at = 0
  for (let item = text._start; item && found.length < places.length; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      if (item.content.key === 'list') format = item
      continue
    }
    if (!item.countable) continue
    for (let place = places[found.length]; place !== undefined && place < at + item.length;) {
      found.push(tickOf(format, { client: item.id.client, clock: item.id.clock + place - at }))
      place = places[found.length]
    }
    at += item.length
  }
  while (found.length < places.length) found.push(null)
  return found
}

function tickOf(format: Y.Item | null, newline: ItemId): Tick | null {
  if (!format || !(format.content instanceof Y.ContentFormat)) return null
  const value: unknown = format.content.value
  if (value !== 'checked') return null
  const { client, clock } = format.id
  // A format that was written before its newline, by the same client, was written with it.
  return { client, clock, came: client === newline.client && clock < newline.clock }
}
