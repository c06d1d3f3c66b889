/** A piece of the board as a picture of its own: to copy, to save, for the overview. */
import { GROUND, hexOfColour } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Settings } from '../../../shared/board/model/board.ts'
import type { Scene } from '../types.ts'
import { cutShapes } from './cuts.ts'
import type { Painter } from './painter.ts'

/** What canvases can be everywhere. */
const MOST_SIDE = 8192
const MOST_PIXELS = 40e6
/** Ms of work between pauses for the page. */
const SLICE = 8

/** The scale that keeps a picture within what canvases can be. */
export function pictureScale(width: number, height: number, scale: number): number {
  const side = Math.max(width, height)
  return Math.min(scale, MOST_SIDE / side, Math.sqrt(MOST_PIXELS / (width * height)))
}

export async function paintPicture(
  parts: {
    readonly scene: Scene
    readonly painter: Painter
    readonly settings: Settings
    readonly theme: Theme
  },
  bounds: Bounds,
  wished: number,
  ground: boolean,
): Promise<HTMLCanvasElement> {
  const width = Math.max(1e-3, bounds.right - bounds.left)
  const height = Math.max(1e-3, bounds.bottom - bounds.top)
  const scale = pictureScale(width, height, wished)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  if (ground) {
    const { settings, theme } = parts
    context.fillStyle = settings.ground === null ? GROUND[theme] : hexOfColour(settings.ground, theme)
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  const lay = { scale, x: -bounds.left * scale, y: -bounds.top * scale }
  let until = performance.now() + SLICE
  const pause = async (): Promise<void> => {
    await idle()
    until = performance.now() + SLICE
  }
  for (const _step of parts.painter.paint(context, cutShapes(parts.scene, parts.scene.within(bounds)), lay)) {
    if (performance.now() < until) continue
    await pause()
  }
  return canvas
}

/** Lets the page do what is waiting; on a busy one no longer than a few frames. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 60 })
    else setTimeout(resolve)
  })
}
