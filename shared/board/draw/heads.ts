/** What lines begin and end with (SPEC-board B28). */
import { CLOSE, LINE, MOVE, polylinePath } from '../geometry/path.ts'
import { formPath } from '../geometry/forms.ts'
import { boxOf } from '../geometry/box.ts'
import { HEAD_LEAST, HEAD_WIDTHS } from '../geometry/shape-bounds.ts'
import type { Head } from '../model/style.ts'

/** A head's path, and whether it is filled. */
export interface HeadForm {
  readonly path: number[]
  readonly fill: boolean
}

/** The head at the last of some points (the first when `atStart`); null for none. */
export function headForm(
  head: Head,
  points: readonly number[],
  atStart: boolean,
  width: number,
): HeadForm | null {
  if (head === 'none' || points.length < 4) return null
  const length = Math.max(HEAD_LEAST, width * HEAD_WIDTHS)
  const { x, y, angle } = tip(points, atStart, length)
  const at = (along: number, across: number): [number, number] => [
    x - along * Math.cos(angle) + across * Math.sin(angle),
    y - along * Math.sin(angle) - across * Math.cos(angle),
  ]
  switch (head) {
    case 'arrow':
      return {
        path: [MOVE, ...at(length, length * 0.55), LINE, x, y, LINE, ...at(length, -length * 0.55)],
        fill: false,
      }
    case 'triangle':
      return {
        path: [MOVE, x, y, LINE, ...at(length, length * 0.5), LINE, ...at(length, -length * 0.5), CLOSE],
        fill: true,
      }
    case 'diamond':
      return {
        path: polylinePath(
          [x, y, ...at(length / 2, length * 0.4), ...at(length, 0), ...at(length / 2, -length * 0.4)],
          true,
        ),
        fill: true,
      }
    case 'bar':
      return { path: [MOVE, ...at(0, length * 0.5), LINE, ...at(0, -length * 0.5)], fill: false }
    case 'dot': {
      const size = length * 0.7
      return { path: formPath('ellipse', boxOf(x - size / 2, y - size / 2, size, size)), fill: true }
    }
  }
}

/** The tip, and the direction the line comes in, looked at over the head's length: curves are many short pieces. */
function tip(
  points: readonly number[],
  atStart: boolean,
  length: number,
): { x: number; y: number; angle: number } {
  const last = points.length - 2
  const index = (i: number): number => (atStart ? i : last - i)
  const x = points[index(0)] ?? 0
  const y = points[index(0) + 1] ?? 0
  let angle = 0
  for (let i = 2; i <= last; i += 2) {
    const dx = x - (points[index(i)] ?? 0)
    const dy = y - (points[index(i) + 1] ?? 0)
    if (dx === 0 && dy === 0) continue
    angle = Math.atan2(dy, dx)
    if (Math.hypot(dx, dy) >= length * 0.8) break
  }
  return { x, y, angle }
}
