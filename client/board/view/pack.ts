/**
 * All a worker needs to paint one tile, ready to be handed over: strokes as one list of bytes and one of numbers, because
 * thousands of objects are slow to copy; the few other shapes as they are. And how many tiles it is given at once. Pure.
 */
import type { Theme } from '../../../shared/board/colours.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import type { Settings } from '../../../shared/board/model/board.ts'
import type { InkShape, Shape } from '../../../shared/board/model/shape.ts'
import type { Style } from '../../../shared/board/model/style.ts'

export interface PackedTile {
  readonly id: number
  readonly scale: number
  readonly column: number
  readonly row: number
  readonly side: number
  readonly density: number
  readonly theme: Theme
  readonly settings: Settings
  readonly shapes: PackedShapes
}

export interface PackedShapes {
  /** {@link NUMBERS} of each shape, in painting order. */
  readonly numbers: Float64Array<ArrayBuffer>
  /** The points of all strokes, one after another. */
  readonly points: Uint8Array<ArrayBuffer>
  readonly styles: readonly Style[]
  readonly others: readonly Shape[]
  /** Lists of frames that cut shapes off, outermost first. */
  readonly cuts: readonly (readonly Box[])[]
  /** Shapes that lines stay on. */
  readonly targets: readonly Shape[]
}

/** One shape, and the frames that cut it off. */
export interface CutShape {
  readonly shape: Shape
  readonly cut: readonly Box[]
}

/** Numbers of a shape: bytes of points or -1, style, cut, box (7), natural bounds (4). */
export const NUMBERS = 14

/** Tiles in the worker's hands: one it paints and one that waits for it; more while all of them together hold little. */
const MOST = 2
const MOST_LITTLE = 6
/** Shapes: it has painted so many before the page's next frame. */
const LITTLE = 250

/** Whether the worker has room beside tiles that hold so many shapes. */
export function hasRoom(tiles: Iterable<{ readonly shapes: number }>): boolean {
  let count = 0
  let sum = 0
  for (const { shapes } of tiles) {
    count++
    sum += shapes
  }
  return count < MOST || (count < MOST_LITTLE && sum < LITTLE)
}

export interface Packer {
  add(shape: Shape, cut: readonly Box[]): void
  done(): PackedShapes
}

/** `target` finds what lines stay on. */
export function createPacker(target: (id: string) => Shape | undefined): Packer {
  const numbers: number[] = []
  const pieces: Uint8Array[] = []
  let bytes = 0
  const styles = new Map<Style, number>()
  const cuts = new Map<readonly Box[], number>()
  const others: Shape[] = []
  const targets = new Map<string, Shape>()

  function placeIn<T>(list: Map<T, number>, value: T): number {
    const known = list.get(value)
    if (known !== undefined) return known
    list.set(value, list.size)
    return list.size - 1
  }

  return {
    add(shape, cut) {
      const at = placeIn(cuts, cut)
      if (shape.kind !== 'ink') {
        others.push(shape)
        numbers.push(-1, 0, at, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        if (shape.kind !== 'line') return
        for (const end of [shape.from, shape.to]) {
          const on = end && target(end.shape)
          if (on) targets.set(on.id, on)
        }
        return
      }
      const { points, style, box, natural } = shape
      pieces.push(points)
      bytes += points.length
      numbers.push(points.length, placeIn(styles, style), at)
      numbers.push(box.x, box.y, box.w, box.h, box.r, Number(box.flipX), Number(box.flipY))
      numbers.push(natural.left, natural.top, natural.right, natural.bottom)
    },
    done() {
      const points = new Uint8Array(bytes)
      let at = 0
      for (const piece of pieces) {
        points.set(piece, at)
        at += piece.length
      }
      return {
        numbers: Float64Array.from(numbers),
        points,
        styles: [...styles.keys()],
        others,
        cuts: [...cuts.keys()],
        targets: [...targets.values()],
      }
    },
  }
}

/** The shapes again, as far as painting needs them: strokes have no ids, orders and parents. */
export function* unpack(packed: PackedShapes): Generator<CutShape, void> {
  const { numbers, points, styles, others, cuts } = packed
  let from = 0
  let other = 0
  for (let i = 0; i < numbers.length; i += NUMBERS) {
    const at = (n: number): number => numbers[i + n] ?? 0
    const cut = cuts[at(2)] ?? []
    const length = at(0)
    if (length < 0) {
      const shape = others[other++]
      if (shape) yield { shape, cut }
      continue
    }
    const style = styles[at(1)]
    if (style) {
      const shape: InkShape = {
        kind: 'ink',
        id: '',
        order: '',
        parent: null,
        locked: false,
        link: null,
        name: '',
        author: '',
        style,
        box: { x: at(3), y: at(4), w: at(5), h: at(6), r: at(7), flipX: at(8) !== 0, flipY: at(9) !== 0 },
        natural: { left: at(10), top: at(11), right: at(12), bottom: at(13) },
        points: points.subarray(from, from + length),
      }
      yield { shape, cut }
    }
    from += length
  }
}
