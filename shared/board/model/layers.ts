/** To the front, to the back, one up, one down (SPEC-board B23): new order keys for those that move, and only for them. */
import { MAX_ORDER } from '../limits.ts'
import type { Random } from '../ids.ts'
import { compareOrder, orderKeys } from './order.ts'

export type LayerMove = 'front' | 'back' | 'forward' | 'backward'

interface Layered {
  readonly id: string
  readonly order: string
}

/**
 * The new keys for a move of some siblings, which keep their order among themselves; empty when nothing changes. Only
 * when there is no room (equal keys, or keys grown too long) do the others get new keys as well.
 */
export function moveLayers(
  siblings: readonly Layered[],
  moving: ReadonlySet<string>,
  move: LayerMove,
  random: Random,
): Map<string, string> {
  const before = [...siblings].sort(compareOrder)
  const after = arranged(before, moving, move)
  if (after.every((layer, i) => layer === before[i])) return new Map()
  const keys = new Map<string, string>()
  for (let i = 0; i < after.length;) {
    let end = i
    while (end < after.length && moving.has(after[end]?.id ?? '')) end++
    if (end === i) {
      i++
      continue
    }
    const below = after[i - 1]?.order ?? null
    const above = after[end]?.order ?? null
    if (below !== null && above !== null && below >= above) return spread(after, random)
    const made = orderKeys(end - i, below, above, random)
    if (made.some((key) => key.length > MAX_ORDER)) return spread(after, random)
    made.forEach((key, n) => keys.set(after[i + n]?.id ?? '', key))
    i = end
  }
  return keys
}

function arranged(layers: readonly Layered[], moving: ReadonlySet<string>, move: LayerMove): Layered[] {
  const moved = layers.filter(({ id }) => moving.has(id))
  const rest = layers.filter(({ id }) => !moving.has(id))
  if (move === 'front') return [...rest, ...moved]
  if (move === 'back') return [...moved, ...rest]
  const out = [...layers]
  const isMoving = (layer: Layered | undefined): boolean => layer !== undefined && moving.has(layer.id)
  // Each run of moving ones changes places with the one above (below) it.
  if (move === 'forward') {
    for (let i = out.length - 2; i >= 0; i--)
      if (isMoving(out[i]) && !isMoving(out[i + 1])) swap(out, i, i + 1)
  } else {
    for (let i = 1; i < out.length; i++) if (isMoving(out[i]) && !isMoving(out[i - 1])) swap(out, i, i - 1)
  }
  return out
}

function swap(list: Layered[], a: number, b: number): void {
  const first = list[a]
  const second = list[b]
  if (first && second) {
    list[a] = second
    list[b] = first
  }
}

/** Short keys for all, as they lie now. */
function spread(layers: readonly Layered[], random: Random): Map<string, string> {
  const keys = orderKeys(layers.length, null, null, random)
  return new Map(layers.map(({ id }, i) => [id, keys[i] ?? '']))
}
