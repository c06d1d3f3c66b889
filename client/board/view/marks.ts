/** The uppermost layer: what tools and people put above the board, painted anew as a whole. */
import type { Camera, PaintOverlay, View } from '../types.ts'
import type { Layers } from './layers.ts'

export interface Marks {
  readonly overlay: View['overlay']
  /** They have to be painted anew. */
  soil(): void
  /** Paints where that has to be. */
  paint(density: number): void
}

/** `ask` asks for a frame. */
export function createMarks(layers: Layers, camera: Camera, ask: () => void): Marks {
  const overlays = new Set<PaintOverlay>()
  const context = layers.marks
  let old = true
  const soil = (): void => {
    old = true
  }
  return {
    soil,
    overlay(paint) {
      overlays.add(paint)
      const repaint = (): void => {
        soil()
        ask()
      }
      repaint()
      const off = (): void => {
        overlays.delete(paint)
        repaint()
      }
      return Object.assign(off, { repaint })
    },
    paint(density) {
      if (!old) return
      old = false
      layers.clearMarks()
      for (const paint of overlays) {
        context.save()
        context.setTransform(density, 0, 0, density, 0, 0)
        paint(context, camera)
        context.restore()
      }
      layers.show('marks', overlays.size > 0)
    },
  }
}
