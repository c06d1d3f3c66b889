/** What a picture of the board in the text shows, as the embed's value. Pure. */
import type { BoardPart } from '../../shared/plugin/board.ts'

const SHAPE = /^[0-9A-Za-z_-]{1,32}$/

/** Reads the value of a `board` embed of unknown origin; what is not understood is the whole board. */
export function readPart(value: unknown): BoardPart {
  if (typeof value !== 'object' || value === null) return { kind: 'all' }
  const { shape, view } = value as Record<string, unknown>
  if (typeof shape === 'string' && SHAPE.test(shape)) return { kind: 'shape', id: shape }
  if (
    Array.isArray(view) &&
    view.length === 4 &&
    view.every((one) => typeof one === 'number' && Math.abs(one) <= 1e7)
  ) {
    const [x = 0, y = 0, width = 1, height = 1] = view as number[]
    if (width > 0 && height > 0) return { kind: 'view', x, y, width, height }
  }
  return { kind: 'all' }
}

/** The value of the embed. */
export function partValue(part: BoardPart): true | Record<string, unknown> {
  if (part.kind === 'shape') return { shape: part.id }
  if (part.kind === 'view') return { view: [part.x, part.y, part.width, part.height] }
  return true
}
