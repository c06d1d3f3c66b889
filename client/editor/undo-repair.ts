/** What has to be mended after Yjs undid a step, read from the change itself (SPEC-text R13). Pure. */
import type { Node } from 'prosemirror-model'
import type { Attributes, Delta } from '../../shared/text/delta.ts'
import { DeltaBuilder, DeltaReader, opLength } from './binding/delta.ts'
import { contentOfNodes } from './content.ts'

/** The stretches of the new text to which a change gave formats; neighbours are one. */
export function formattedStretches(delta: Delta): [number, number][] {
  const out: [number, number][] = []
  let at = 0
  for (const op of delta) {
    if ('delete' in op) continue
    const end = at + opLength(op)
    if ('retain' in op && op.attributes) {
      const last = out.at(-1)
      if (last?.[1] === at) last[1] = end
      else out.push([at, end])
    }
    at = end
  }
  return out
}

/** Old values for all kept characters whose formats changed outside the allowed stretches of the new text. */
export function formatRepair(
  done: Delta,
  before: Node,
  allowed: readonly (readonly [number, number])[],
): Delta {
  if (!done.some((op) => 'retain' in op && op.attributes)) return []
  const isAllowed = (at: number): boolean => allowed.some(([from, to]) => from <= at && at < to)
  const old = new DeltaReader(contentOfNodes(before.content))
  const out = new DeltaBuilder()
  let at = 0
  for (const op of done) {
    if ('insert' in op) {
      out.retain(opLength(op))
      at += opLength(op)
      continue
    }
    for (let rest = opLength(op); rest > 0;) {
      const piece = old.take(Math.min(rest, old.length))
      const length = opLength(piece)
      rest -= length
      if ('delete' in op) continue
      const restore = op.attributes
        ? oldValues('insert' in piece ? piece.attributes : undefined, op.attributes)
        : undefined
      for (let unit = 0; unit < length; unit += 1) out.retain(1, isAllowed(at + unit) ? undefined : restore)
      at += length
    }
  }
  return out.done()
}

function oldValues(old: Attributes | undefined, changed: Attributes): Attributes {
  return Object.fromEntries(Object.keys(changed).map((key) => [key, old?.[key] ?? null]))
}

/** Places of the new text where a change brought back text that names its author. */
export function authoredPlaces(done: Delta): Set<number> {
  const out = new Set<number>()
  let at = 0
  for (const op of done) {
    if ('delete' in op) continue
    const length = opLength(op)
    if ('insert' in op && op.attributes && 'author' in op.attributes) {
      for (let unit = 0; unit < length; unit += 1) out.add(at + unit)
    }
    at += length
  }
  return out
}
