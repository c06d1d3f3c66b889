/**
 * What fingers mean together (SPEC-board B224): one draws, two move and zoom the view, a tap of two undoes nothing by mistake.
 * From the first contact of a pen on, fingers never draw: hands lie on the glass.
 */
import type { Camera, Point } from '../types.ts'

interface Finger {
  readonly id: number
  at: Point
}

/** Two fingers as one gesture: the middle between them moves, the distance zooms. */
export interface Pinch {
  readonly fingers: number
  /** A finger came down. */
  down(id: number, at: Point): void
  move(id: number, at: Point): void
  /** True when it was one of these. */
  up(id: number): boolean
  clear(): void
}

export function createPinch(camera: Camera): Pinch {
  const fingers: Finger[] = []

  function middle(): { at: Point; spread: number } {
    const [a, b] = fingers
    if (!a) return { at: { x: 0, y: 0 }, spread: 0 }
    if (!b) return { at: a.at, spread: 0 }
    return {
      at: { x: (a.at.x + b.at.x) / 2, y: (a.at.y + b.at.y) / 2 },
      spread: Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y),
    }
  }

  return {
    get fingers() {
      return fingers.length
    },
    down(id, at) {
      // A third finger changes nothing.
      if (fingers.length < 2 && !fingers.some((finger) => finger.id === id)) fingers.push({ id, at })
    },
    move(id, at) {
      const finger = fingers.find((one) => one.id === id)
      if (!finger) return
      const before = middle()
      finger.at = at
      const after = middle()
      const { x, y, zoom } = camera.place.peek()
      const scale = before.spread > 1 && after.spread > 1 ? after.spread / before.spread : 1
      // Under the fingers stays what was under them.
      const to = zoom * scale
      camera.set({
        x: x + before.at.x / zoom - after.at.x / to,
        y: y + before.at.y / zoom - after.at.y / to,
        zoom: to,
      })
    },
    up(id) {
      const at = fingers.findIndex((finger) => finger.id === id)
      if (at < 0) return false
      fingers.splice(at, 1)
      return true
    },
    clear() {
      fingers.length = 0
    },
  }
}
