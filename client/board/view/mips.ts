/** Pictures at half, quarter, ... of their size, made when they are small on the screen: large ones are slow to shrink each time. */
import type { Asset } from '../../../shared/board/model/board.ts'
import type { Pictures } from '../types.ts'
import { contextOf, createSurface } from './canvas.ts'
import type { Context, Surface } from './canvas.ts'

/** Bytes of small ones that are kept. */
const MOST_BYTES = 48e6
const WAITING = '#dfe2e8'

export interface Mips {
  /** Paints a picture into the unit square of a context. */
  readonly paint: (context: Context, asset: string) => void
  readonly forget: (asset: string) => void
}

export function createMips(pictures: Pictures | null, assets: () => ReadonlyMap<string, Asset>): Mips {
  const small = new Map<string, Surface[]>()
  let bytes = 0

  function forget(asset: string): void {
    for (const { width, height } of small.get(asset) ?? []) bytes -= width * height * 4
    small.delete(asset)
  }

  /** The smallest one that is still as large as it is shown. */
  function fitting(asset: string, image: CanvasImageSource, width: number, height: number, shown: number) {
    let levels = small.get(asset)
    if (levels) small.delete(asset)
    else levels = []
    small.set(asset, levels)
    let best = image
    for (let i = 0, across = width >> 1, down = height >> 1; across >= shown && down >= 1; i++) {
      let level = levels[i]
      if (!level) {
        level = createSurface(across, down)
        const context = contextOf(level)
        context.imageSmoothingQuality = 'medium'
        context.drawImage(best, 0, 0, across, down)
        levels.push(level)
        bytes += across * down * 4
      }
      best = level
      across >>= 1
      down >>= 1
    }
    for (const oldest of small.keys()) {
      if (bytes <= MOST_BYTES || oldest === asset) break
      forget(oldest)
    }
    return best
  }

  return {
    paint(context, asset) {
      const image = pictures?.image(asset) ?? null
      if (!image) {
        context.fillStyle = WAITING
        context.fillRect(0, 0, 1, 1)
        return
      }
      const { width = 0, height = 0 } = assets().get(asset) ?? {}
      const { a, b } = context.getTransform()
      const shown = Math.max(1, Math.hypot(a, b))
      context.imageSmoothingQuality = 'medium'
      context.drawImage(width > 0 ? fitting(asset, image, width, height, shown) : image, 0, 0, 1, 1)
    },
    forget,
  }
}
