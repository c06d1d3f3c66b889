/** Tiles for the worker: what it can paint, packed so that little is copied. */
import type { Theme } from '../../../shared/board/colours.ts'
import type { Settings } from '../../../shared/board/model/board.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { createHelper } from './helper.ts'
import { createPacker } from './pack.ts'
import { BAR } from './painter.ts'
import type { TileHelper } from './raster.ts'

export interface TileHelperParts {
  readonly side: () => number
  readonly density: () => number
  readonly theme: () => Theme
  readonly settings: () => Settings
  readonly shape: (id: string) => Shape | undefined
  /** The worker has painted something, or will paint nothing any more. */
  readonly wake: (gone: boolean) => void
}

/** The smallest letters a text can have, and the largest headings, to its size. */
const LARGEST = 1.7

/** Null where there are no workers. */
export function createTileHelper(parts: TileHelperParts): (TileHelper & { destroy(): void }) | null {
  const helper = createHelper(() => parts.wake(true))
  if (!helper) return null
  return {
    hasRoom: () => helper.hasRoom(),
    needsPage(shape, scale) {
      if (shape.kind === 'image') return true
      if (shape.kind === 'frame') return shape.name !== '' && 14 * scale >= BAR
      // Bars in the place of small letters need no font.
      return 'text' in shape && shape.text.length > 0 && shape.style.size * LARGEST * scale >= BAR
    },
    paint({ scale }, column, row, shapes, done) {
      const packer = createPacker(parts.shape)
      for (const { shape, cut } of shapes) packer.add(shape, cut)
      const tile = {
        scale,
        column,
        row,
        side: parts.side(),
        density: parts.density(),
        theme: parts.theme(),
        settings: parts.settings(),
        shapes: packer.done(),
      }
      helper.paint(tile, (image) => {
        done(image)
        parts.wake(false)
      })
    },
    destroy: () => helper.destroy(),
  }
}
