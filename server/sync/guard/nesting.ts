/**
 * How deep an update nests shared types in each other. Yjs walks from every changed type up to the root and deletes
 * recursively, so a long chain costs its square and then the stack; the check therefore comes before applying.
 * Types that were there already count as level 0 here; `applyGuarded` looks at the whole depth afterwards.
 */
import { GuardError } from './errors.ts'

/** Numbers a place takes: client, clock, length, referred client (-1: a root or nothing), referred clock, 1 when that is the parent, 1 for a type. */
const SIZE = 7

/** `places` as the scan gathers them, by client in blocks of ascending clocks. Throws `nesting`. */
export function checkNesting(places: readonly number[], limit: number): void {
  const blocks = blocksOf(places)
  const levels = new Int32Array(places.length / SIZE).fill(-1)
  for (let i = 0; i < levels.length; i++) {
    if (at(places, i, 6) === 1) resolve(places, blocks, levels, i)
    if ((levels[i] ?? 0) > limit) throw new GuardError('nesting', 0)
  }
}

/** Fills in the levels along the references from one place; a circle ends where it began (admission refuses it). */
function resolve(
  places: readonly number[],
  blocks: Map<number, { from: number; to: number }>,
  levels: Int32Array,
  start: number,
): void {
  const path: number[] = []
  let next = start
  let level = 0
  while (next >= 0) {
    const known = levels[next] ?? 0
    if (known >= 0) {
      level = known
      break
    }
    levels[next] = 0
    path.push(next)
    next = find(places, blocks, at(places, next, 3), at(places, next, 4))
  }
  // Whatever the path ended at gives its level; each parent on the way back adds one.
  for (let i = path.length - 1; i >= 0; i--) {
    const place = path[i] ?? 0
    if (at(places, place, 5) === 1) level++
    levels[place] = level
  }
}

function blocksOf(places: readonly number[]): Map<number, { from: number; to: number }> {
  const blocks = new Map<number, { from: number; to: number }>()
  for (let i = 0; i < places.length / SIZE; i++) {
    const client = at(places, i, 0)
    const block = blocks.get(client)
    if (block) block.to = i + 1
    else blocks.set(client, { from: i, to: i + 1 })
  }
  return blocks
}

/** The place that holds a clock, or -1 when the update does not bring it. */
function find(
  places: readonly number[],
  blocks: Map<number, { from: number; to: number }>,
  client: number,
  clock: number,
): number {
  const block = blocks.get(client)
  if (!block) return -1
  let low = block.from
  let high = block.to - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const from = at(places, middle, 1)
    if (clock < from) high = middle - 1
    else if (clock >= from + at(places, middle, 2)) low = middle + 1
    else return middle
  }
  return -1
}

function at(places: readonly number[], place: number, field: number): number {
  return places[place * SIZE + field] ?? 0
}
