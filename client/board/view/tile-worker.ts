/** Paints tiles beside the page, so that the page only puts them on the screen. It keeps nothing from one tile to the next. */
import { createSurface } from './canvas.ts'
import { paintGround } from './grid.ts'
import { createInkPainter } from './ink.ts'
import type { PackedTile } from './pack.ts'
import { unpack } from './pack.ts'
import { createPainter } from './painter.ts'

/** What the page gets back. */
export interface PaintedTile {
  readonly id: number
  readonly image: ImageBitmap
}

// Each tile brings its strokes anew.
const ink = createInkPainter(0)
const self = globalThis as unknown as {
  postMessage(message: PaintedTile, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<PackedTile>) => void): void
}
let surface: OffscreenCanvas | null = null

self.addEventListener('message', ({ data }) => {
  const { id, scale, column, row, side, density, theme, settings, shapes } = data
  if (surface?.width !== side) surface = createSurface(side, side) as OffscreenCanvas
  const context = surface.getContext('2d', { alpha: false })
  if (!context) return
  const lay = { scale, x: -column * side, y: -row * side }
  paintGround(context, { x: 0, y: 0, width: side, height: side }, lay, density, settings, theme)
  const targets = new Map(shapes.targets.map((shape) => [shape.id, shape]))
  const painter = createPainter({
    theme: () => theme,
    paintImage: () => undefined,
    ink,
    lookup: (target) => targets.get(target),
  })
  for (const _step of painter.paint(context, unpack(shapes), lay)) continue
  const image = surface.transferToImageBitmap()
  self.postMessage({ id, image }, [image])
})
