/** What the contents say of a document. Pure. */
import type { Node } from 'prosemirror-model'

/** A heading. */
export interface Heading {
  /** Its row in the text, from 0. */
  row: number
  /** Its own level, 1 to 6. */
  level: number
  /** How deep it stands below those before it, from 0: levels that are left out leave no gap. */
  depth: number
  text: string
}

/** No more headings than this are shown. */
export const MOST_HEADINGS = 500
/** Nor more of one heading's words. */
const MOST_TEXT = 200

/** The headings of a document, in order; empty ones are none. */
export function headingsOf(doc: Node): Heading[] {
  const headings: Heading[] = []
  const above: number[] = []
  const { children } = doc
  for (let row = 0; row < children.length && headings.length < MOST_HEADINGS; row += 1) {
    const line = children[row]
    const level: unknown = line?.attrs['header']
    if (!line || typeof level !== 'number') continue
    const text = line.textBetween(0, line.content.size).replace(/\s+/g, ' ').trim().slice(0, MOST_TEXT)
    if (text === '') continue
    while ((above.at(-1) ?? 0) >= level) above.pop()
    headings.push({ row, level, depth: above.length, text })
    above.push(level)
  }
  return headings
}

/** Whether two lists show the same. */
export function sameHeadings(one: readonly Heading[], other: readonly Heading[]): boolean {
  return (
    one.length === other.length &&
    one.every((heading, at) => {
      const { row, depth, text } = other[at] ?? {}
      return heading.row === row && heading.depth === depth && heading.text === text
    })
  )
}

/** Index of the heading under which a row stands; -1 above the first. */
export function headingOf(headings: readonly Heading[], row: number): number {
  let low = 0
  let high = headings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((headings[middle]?.row ?? 0) <= row) low = middle + 1
    else high = middle
  }
  return low - 1
}
