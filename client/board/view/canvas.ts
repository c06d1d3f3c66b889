/** Canvases that are not on the screen, and the contexts of all of them. */

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
export type Surface = HTMLCanvasElement | OffscreenCanvas

/** A canvas for the page or for a worker. */
export function createSurface(width: number, height: number): Surface {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}

/** Its context. @throws Error where the browser has no memory left for one */
export function contextOf(surface: Surface, opaque = false): Context {
  // Both kinds answer the same; the union has no common signature.
  const context = (surface as HTMLCanvasElement).getContext('2d', { alpha: !opaque })
  if (!context) throw new Error('no canvas')
  return context
}

/** How the page lies on a canvas: canvas pixels for a page unit, and the canvas pixel of the page's origin. */
export interface Lay {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** Canvas pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest whole area that holds bounds of the page, a pixel more on every side for smooth edges. */
export function areaOf(
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  { scale, x, y }: Lay,
): Area {
  const x0 = Math.floor(left * scale + x) - 1
  const y0 = Math.floor(top * scale + y) - 1
  return {
    x: x0,
    y: y0,
    width: Math.ceil(right * scale + x) + 1 - x0,
    height: Math.ceil(bottom * scale + y) + 1 - y0,
  }
}

/** What two areas share; null for nothing. */
export function sharedArea(a: Area, b: Area): Area | null {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}
