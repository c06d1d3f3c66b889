/** What a plugin's rule says an embed shows of the pad's board, checked (SPEC-formats F19). Pure. */

/** All of the board, a frame or another shape by its id, or a place on its page. */
export type ShownBoard =
  | { readonly kind: 'all' }
  | { readonly kind: 'shape'; readonly id: string }
  | {
      readonly kind: 'view'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }

const SHAPE = /^[0-9A-Za-z_-]{1,32}$/
/** Page units from the middle of a board, and of a side. */
const FARTHEST = 1e7

/** Null for what shows nothing of a board. */
export function readShownBoard(value: unknown): ShownBoard | null {
  if (typeof value !== 'object' || value === null) return null
  const { kind, id, x, y, width, height } = value as Record<string, unknown>
  if (kind === 'all') return { kind }
  if (kind === 'shape') return typeof id === 'string' && SHAPE.test(id) ? { kind, id } : null
  if (kind !== 'view' || !isPlace(x) || !isPlace(y) || !isPlace(width) || !isPlace(height)) return null
  return width > 0 && height > 0 ? { kind, x, y, width, height } : null
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST
}

/** The same for the same part of a board. */
export function boardKey(part: ShownBoard): string {
  if (part.kind === 'all') return 'all'
  if (part.kind === 'shape') return `shape ${part.id}`
  return `view ${part.x} ${part.y} ${part.width} ${part.height}`
}
