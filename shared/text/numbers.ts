/** Numbers of list lines (SPEC-text T7): computed wherever a text is shown, never stored. */
import type { Attributes } from './delta.ts'
import { isValidFormat } from './formats.ts'

/** Counts the ordered lines of a text, line after line. */
export interface ListCounter {
  /** The next line's number; undefined when it is not an ordered list line. */
  next(attributes: Attributes): number | undefined
}

/** The depth of a line, 0 outermost; a wrong value counts as none. */
export function listLevel(attributes: Attributes): number {
  const indent = attributes['indent'] ?? null
  return typeof indent === 'number' && isValidFormat('indent', indent) ? indent : 0
}

/**
 * A counter at the start of a text. A line that is no list line ends all lists; a list line ends the deeper ones, and one
 * of another kind ends the ordered list at its own depth. `start` sets the number.
 */
export function listCounter(): ListCounter {
  let counts: (number | undefined)[] = []
  return {
    next(attributes) {
      const list = attributes['list'] ?? null
      // A kind of list nobody knows is none, for whoever draws the line too.
      if (list === null || !isValidFormat('list', list)) {
        if (counts.length > 0) counts = []
        return undefined
      }
      const level = listLevel(attributes)
      if (counts.length > level + 1) counts.length = level + 1
      if (list !== 'ordered') {
        counts[level] = undefined
        return undefined
      }
      const start = attributes['start'] ?? null
      const given = typeof start === 'number' && isValidFormat('start', start)
      const number = given ? start : (counts[level] ?? 0) + 1
      counts[level] = number
      return number
    },
  }
}
