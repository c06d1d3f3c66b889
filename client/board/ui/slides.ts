/** Frames as slides: which there are, and going through them. */
import type { FrameShape } from '../../../shared/board/model/shape.ts'
import type { Scene } from '../types.ts'
import type { BoardUi } from './ui.ts'

/** Frames that nothing else holds, as one reads: rows from the top, in a row from the left. */
export function framesOf(scene: Scene): readonly FrameShape[] {
  void scene.version.value
  const frames: FrameShape[] = []
  for (const shape of scene.shapes.values()) if (shape.kind === 'frame') frames.push(shape)
  return inReadingOrder(frames, (frame) => scene.bounds(frame.id) ?? { left: 0, top: 0, right: 0, bottom: 0 })
}

/** Things in rows from the top, in a row from the left: what overlaps half of the higher one's height is its row. */
export function inReadingOrder<T>(
  things: readonly T[],
  boundsOf: (thing: T) => { left: number; top: number; right: number; bottom: number },
): T[] {
  const sorted = things
    .map((thing) => ({ thing, bounds: boundsOf(thing) }))
    .sort((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left)
  const ordered: T[] = []
  let row: typeof sorted = []
  let middle = -Infinity
  const flush = (): void => {
    row.sort((a, b) => a.bounds.left - b.bounds.left)
    for (const { thing } of row) ordered.push(thing)
    row = []
  }
  for (const one of sorted) {
    if (one.bounds.top >= middle) {
      flush()
      middle = (one.bounds.top + one.bounds.bottom) / 2
    }
    row.push(one)
  }
  flush()
  return ordered
}

/** Goes to a slide: the first, the one before or after, or out of the presentation. */
export function showSlide(ui: BoardUi, where: 'first' | 'next' | 'before' | 'end'): void {
  const { scene, camera } = ui.editor
  if (where === 'end') {
    ui.slide.value = null
    return
  }
  const frames = framesOf(scene)
  const at = frames.findIndex(({ id }) => id === ui.slide.peek())
  const next =
    where === 'first' ? 0 : Math.max(0, Math.min(frames.length - 1, at + (where === 'next' ? 1 : -1)))
  const frame = frames[next]
  if (!frame) {
    ui.slide.value = null
    return
  }
  ui.editor.select([])
  ui.slide.value = frame.id
  const bounds = scene.bounds(frame.id)
  if (bounds) camera.fit(bounds, { margin: 24, most: 4, glide: at >= 0 })
}
