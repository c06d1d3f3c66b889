/** Places in a text as parts of an address: `#L12` for a line, `#h-…` for a heading by its words (SPEC-writing W7). */
import type { Node } from 'prosemirror-model'
import { lineFromHash } from './options.ts'

/** The longest part for a heading, in UTF-16 units. */
const LONGEST = 60

/** A heading's words as they stand in an address. */
function partOf(words: string): string {
  const plain = words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return `h-${plain.replaceAll(/^-|-$/g, '').slice(0, LONGEST)}`
}

/** The part for a row, from 0. Headings of the same words are told apart by a number. */
export function anchorOf(doc: Node, row: number): string {
  const line = doc.maybeChild(row)
  const words = line && isHeading(line) ? partOf(line.textContent) : 'h-'
  if (words === 'h-') return `L${row + 1}`
  let same = 0
  for (let index = 0; index < row; index += 1) {
    const other = doc.child(index)
    if (isHeading(other) && partOf(other.textContent) === words) same += 1
  }
  return same === 0 ? words : `${words}--${same + 1}`
}

/** The row, from 0, that a part such as `#h-plan` stands for; null for none. A heading's present words count. */
export function rowOfAnchor(doc: Node, hash: string): number | null {
  const line = lineFromHash(hash)
  if (line !== null) return Math.min(line, doc.childCount) - 1
  const found = /^#(h-.+?)(?:--(\d{1,4}))?$/.exec(decoded(hash))
  const words = found?.[1]
  if (words === undefined) return null
  let left = Number(found?.[2] ?? 1)
  for (let index = 0; index < doc.childCount; index += 1) {
    const other = doc.child(index)
    if (isHeading(other) && partOf(other.textContent) === words && (left -= 1) === 0) return index
  }
  return null
}

/** The same as a line's number, from 1. */
export function lineOfAnchor(doc: Node, hash: string): number | null {
  const row = rowOfAnchor(doc, hash)
  return row === null ? null : row + 1
}

function isHeading(line: Node): boolean {
  return (line.attrs['header'] ?? null) !== null
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
