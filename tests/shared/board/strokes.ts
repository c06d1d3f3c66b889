/** Handwriting and boards for tests and figures: repeatable. */
import * as Y from 'yjs'
import { encodePoints, inkExponent } from '../../../shared/board/ink/points.ts'
import type { InkPoints } from '../../../shared/board/ink/points.ts'
import { simplify } from '../../../shared/board/ink/simplify.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import { createInk } from '../../../shared/board/model/write.ts'
import { createRandom } from '../../support/random.ts'
import type { Random } from '../../support/random.ts'

/** A loop as a hand writes it, within about 80 by 60 page units; pens report sixteenths of a pixel. */
export function handwriting(
  random: Random,
  points: number,
  x: number,
  y: number,
  pressure: boolean,
): InkPoints {
  const xy = new Float64Array(points * 2)
  const force = pressure ? new Uint8Array(points) : null
  const loops = 1 + random.next() * 2.5
  const phase = random.next() * 6
  const high = 12 + random.next() * 14
  const across = 30 + random.next() * 25
  for (let i = 0; i < points; i++) {
    const t = i / Math.max(1, points - 1)
    // A hand is slow at the beginning, at the end and where it turns.
    const way = t - Math.sin(t * 2 * Math.PI) / (4 * Math.PI)
    const angle = phase + way * loops * 2 * Math.PI
    xy[2 * i] = sixteenth(x + 12 + way * across + Math.cos(angle) * 9 + random.next() * 0.25)
    xy[2 * i + 1] = sixteenth(y + 30 + Math.sin(angle) * high + random.next() * 0.25)
    if (force) force[i] = Math.round(Math.min(63, 14 + Math.sin(t * Math.PI) * 34 + random.next() * 3))
  }
  return { xy, pressure: force }
}

function sixteenth(value: number): number {
  return Math.round(value * 16) / 16
}

export interface BoardOfInk {
  board: Board
  /** Bytes of points, and how many there are, after simplification. */
  bytes: number
  kept: number
}

/** A board of strokes in a grid, each written as a pen tool does. `tolerance` 0 keeps all points. */
export function boardOfInk(strokes: number, points: number, pressure: boolean, tolerance = 0.4): BoardOfInk {
  const random = createRandom(7)
  const board = boardOf(new Y.Doc())
  const columns = Math.ceil(Math.sqrt(strokes))
  let bytes = 0
  let kept = 0
  let order: string | null = null
  board.doc.transact(() => {
    for (let i = 0; i < strokes; i++) {
      const raw = handwriting(random, points, (i % columns) * 80, Math.floor(i / columns) * 60, pressure)
      const ink = tolerance > 0 ? simplify(raw, { tolerance, width: 4 }) : raw
      const encoded = encodePoints(ink, inkExponent(1))
      order = orderBetween(order, null, () => random.next())
      bytes += encoded.length
      kept += ink.xy.length / 2
      createInk(board, { points: encoded, order, style: { color: i % 8, width: 4 } }, () => random.next())
    }
  })
  return { board, bytes, kept }
}
