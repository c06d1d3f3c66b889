/** Links to a part of the board: `#view=x,y,zoom` (the middle of what is seen) and `#frame=id`. WBO's `#x,y,zoom` works too. */
import { isShapeId } from '../../../shared/board/ids.ts'
import type { Editor } from '../types.ts'

/** Where a fragment leads. */
export type Target =
  | { readonly kind: 'view'; readonly x: number; readonly y: number; readonly zoom: number }
  | { readonly kind: 'corner'; readonly x: number; readonly y: number; readonly zoom: number }
  | { readonly kind: 'shape'; readonly id: string }

/** Reads a fragment of unknown origin; null when it leads nowhere. */
export function readFragment(hash: string): Target | null {
  const [, name, value = ''] = /^#(?:(view|frame|shape)=)?(.*)$/.exec(hash) ?? []
  if (name === 'frame' || name === 'shape') return isShapeId(value) ? { kind: 'shape', id: value } : null
  const numbers = value.split(',').map(Number)
  const [x, y, zoom] = numbers
  if (x === undefined || y === undefined || zoom === undefined || numbers.length !== 3) return null
  if (!numbers.every((number) => Number.isFinite(number) && Math.abs(number) <= 1e7) || zoom <= 0) return null
  return { kind: name === 'view' ? 'view' : 'corner', x, y, zoom }
}

/** The fragment of what is seen now, or of the one frame that is selected. */
export function fragmentOf({ scene, camera, selection }: Editor): string {
  const [id] = selection.peek()
  const shape = id === undefined ? undefined : scene.shapes.get(id)
  if (shape && selection.peek().size === 1) return `${shape.kind === 'frame' ? 'frame' : 'shape'}=${shape.id}`
  const { left, top, right, bottom } = camera.seen.peek()
  const { zoom } = camera.place.peek()
  return `view=${Math.round((left + right) / 2)},${Math.round((top + bottom) / 2)},${Number(zoom.toFixed(3))}`
}

/** Goes there; false when there is no such thing (yet). */
export function goToTarget({ scene, camera }: Editor, target: Target, glide: boolean): boolean {
  if (target.kind === 'shape') {
    const bounds = scene.bounds(target.id)
    if (!bounds) return false
    camera.fit(bounds, { margin: 48, most: 2, glide })
    return true
  }
  const { width, height } = camera.size.peek()
  const { x, y, zoom } = target
  const middle = target.kind === 'view'
  camera.set({ x: middle ? x - width / zoom / 2 : x, y: middle ? y - height / zoom / 2 : y, zoom }, { glide })
  return true
}
