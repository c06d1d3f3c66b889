/** What kind of block a line belongs to, for every walk over lines: HTML and the tree of exports divide a text alike. */
import { isValidFormat } from './formats.ts'
import type { Line } from './lines.ts'

/** Whether a line is code, in a list or not. */
export function hasCode({ attributes }: Line): boolean {
  const value = attributes['code-block']
  return value === true || typeof value === 'string'
}

/** Whether a line is an item of a list; a kind of list nobody knows is none (T7). */
export function isList(line: Line): boolean {
  return !line.block && isValidFormat('list', line.attributes['list'] ?? null)
}

/** Whether a line is code that is no item of a list. */
export function isCode(line: Line): boolean {
  return !line.block && !isList(line) && hasCode(line)
}

/** Neighbours for which `key` gives the same, together. */
export function runsOf<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const runs: T[][] = []
  let last: unknown
  for (const item of items) {
    const now = key(item)
    const run = runs.at(-1)
    if (run && now === last) run.push(item)
    else runs.push([item])
    last = now
  }
  return runs
}
