/** How large a document content makes, without making it (SPEC-formats F72). Pure. */
import type { Attributes, Insert } from '../../shared/text/delta.ts'
import { tableOfEmbed } from '../../shared/text/table/value.ts'

/** Bytes of an item of Yjs beside what it says: its id, its neighbours', what it is. */
const ITEM = 40
/** Bytes that one UTF-16 unit can take. */
const UNIT = 3

export interface Weight {
  /** Bytes of encoded state that it has for certain. */
  least: number
  /** And never more than these; infinite where that cannot be told. */
  most: number
}

export function weightOf(content: readonly Insert[]): Weight {
  let least = 0
  let most = ITEM
  let before: Attributes = {}
  for (const { insert, attributes = {} } of content) {
    if (typeof insert === 'string') {
      least += insert.length
      most += UNIT * insert.length + ITEM
    } else if (tableOfEmbed(insert)) {
      most = Number.POSITIVE_INFINITY
    } else {
      const length = JSON.stringify(insert).length
      least += length
      most += UNIT * length + ITEM
    }
    for (const [key, value] of Object.entries(attributes)) {
      const length = key.length + JSON.stringify(value).length
      if (before[key] !== value) least += length
      most += 2 * (UNIT * length + ITEM)
    }
    before = attributes
  }
  return { least, most }
}
