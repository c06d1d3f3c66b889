/** What part of the page is on the screen. No DOM: frames come from outside, and without them gliding arrives at once. */
import { batch, computed, signal } from '@preact/signals'
import type { Bounds } from '../../shared/board/geometry/bounds.ts'
import { MAX_COORDINATE } from '../../shared/board/limits.ts'
import type { Camera, Place, Point } from './types.ts'

export const MIN_ZOOM = 0.02
export const MAX_ZOOM = 40
/** Ms a glide takes. */
const GLIDE = 220

export interface CameraOptions {
  /** Calls back before the next frame with the time in ms; null: there are no frames here. */
  readonly frame?: ((callback: (time: number) => void) => void) | null
  /** Whether less motion is wished for. */
  readonly still?: () => boolean
}

export function createCamera({ frame = pageFrames(), still = wantsStill }: CameraOptions = {}): Camera {
  const place = signal<Place>({ x: 0, y: 0, zoom: 1 })
  const size = signal({ width: 0, height: 0 })
  const seen = computed((): Bounds => {
    const { x, y, zoom } = place.value
    const { width, height } = size.value
    return { left: x, top: y, right: x + width / zoom, bottom: y + height / zoom }
  })
  /** Counts glides: a newer one, or any other move, ends those before. */
  let going = 0

  function move(to: Place): void {
    const { x, y, zoom } = place.peek()
    if (x !== to.x || y !== to.y || zoom !== to.zoom) place.value = to
  }

  function set(to: Place, how: { glide?: boolean } = {}): void {
    const target = bounded(to, place.peek())
    const mine = ++going
    if (how.glide !== true || !frame || still()) return move(target)
    const from = place.peek()
    let begun: number | null = null
    const step = (time: number): void => {
      if (mine !== going) return
      begun ??= time
      const t = Math.min(1, (time - begun) / GLIDE)
      move(t === 1 ? target : between(from, target, 1 - (1 - t) ** 3))
      if (t < 1) frame(step)
    }
    frame(step)
  }

  return {
    place,
    size,
    seen,
    toPage({ x, y }) {
      const at = place.peek()
      return { x: at.x + x / at.zoom, y: at.y + y / at.zoom }
    },
    toScreen({ x, y }) {
      const at = place.peek()
      return { x: (x - at.x) * at.zoom, y: (y - at.y) * at.zoom }
    },
    set,
    pan(dx, dy) {
      const { x, y, zoom } = place.peek()
      set({ x: x + dx / zoom, y: y + dy / zoom, zoom })
    },
    zoomTo(zoom, around, how) {
      const at = place.peek()
      const { width, height } = size.peek()
      const { x, y } = around ?? { x: width / 2, y: height / 2 }
      const next = boundedZoom(zoom, at.zoom)
      batch(() =>
        set({ x: at.x + x / at.zoom - x / next, y: at.y + y / at.zoom - y / next, zoom: next }, how),
      )
    },
    fit({ left, top, right, bottom }, { margin = 32, most = 1, glide } = {}) {
      const { width, height } = size.peek()
      const across = Math.max(1, width - 2 * margin) / Math.max(1e-6, right - left)
      const down = Math.max(1, height - 2 * margin) / Math.max(1e-6, bottom - top)
      const zoom = boundedZoom(Math.min(across, down, most), 1)
      const middle: Point = { x: (left + right) / 2, y: (top + bottom) / 2 }
      const to = { x: middle.x - width / 2 / zoom, y: middle.y - height / 2 / zoom, zoom }
      set(to, glide === undefined ? {} : { glide })
    },
  }
}

function boundedZoom(zoom: number, otherwise: number): number {
  return Number.isFinite(zoom) ? Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom)) : otherwise
}

function bounded({ x, y, zoom }: Place, before: Place): Place {
  const within = (value: number, otherwise: number): number =>
    Number.isFinite(value) ? Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, value)) : otherwise
  return { x: within(x, before.x), y: within(y, before.y), zoom: boundedZoom(zoom, before.zoom) }
}

/** A place on the way: zoom grows evenly in steps that look equal, round the point that stays where it is. */
function between(from: Place, to: Place, t: number): Place {
  const zoom = from.zoom * (to.zoom / from.zoom) ** t
  if (Math.abs(to.zoom / from.zoom - 1) < 0.01)
    return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t, zoom }
  const along = (start: number, end: number): number => {
    const fixed = (end * to.zoom - start * from.zoom) / (to.zoom - from.zoom)
    return fixed - ((fixed - start) * from.zoom) / zoom
  }
  return { x: along(from.x, to.x), y: along(from.y, to.y), zoom }
}

function pageFrames(): CameraOptions['frame'] {
  if (typeof requestAnimationFrame !== 'function') return null
  return (callback) => {
    requestAnimationFrame(callback)
  }
}

function wantsStill(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
