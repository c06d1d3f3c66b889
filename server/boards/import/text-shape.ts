/** A line of text that a file puts at its base line, as a shape of ours (SPEC-board B520). */
import type { Colour } from '../../../shared/board/colours.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { rotation, mapX, mapY } from '../../../shared/board/geometry/matrix.ts'
import type { Align, Font } from '../../../shared/board/model/style.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'

export interface TextAt {
  /** Of the base line: its left end, middle or right end, as `align` says. */
  readonly x: number
  readonly y: number
  readonly size: number
  readonly color: Colour
  readonly opacity: number
  /** Radians, about that place. */
  readonly angle?: number
  readonly align?: Align
  readonly font?: Font
  readonly bold?: boolean
  readonly italic?: boolean
  readonly link?: string | null
}

/** Of a line's height, and from its top to the base line, in letters' heights (`draw/text.ts`). */
const LINE = 1.3
const BASE = 1.001

export function textShape(id: string, text: string, at: TextAt): Omit<NewShape, 'order'> & { id: string } {
  const {
    x,
    y,
    size,
    color,
    opacity,
    angle = 0,
    align = 'left',
    font = 'sans',
    bold = false,
    italic = false,
  } = at
  // A little more than it takes, so that rounding breaks no line.
  const width =
    Math.max(1, ...text.split('\n').map((line) => measureText(line, { family: font, size, bold, italic }))) +
    size * 0.1
  const height = Math.max(1, text.split('\n').length) * size * LINE
  const left = align === 'left' ? x : align === 'center' ? x - width / 2 : x - width
  const top = y - size * BASE
  // The box turns about its own middle, the text about its base line.
  const turn = rotation(angle, x, y)
  const [cx, cy] = [left + width / 2, top + height / 2]
  const box = boxOf(mapX(turn, cx, cy) - width / 2, mapY(turn, cx, cy) - height / 2, width, height, angle)
  const attributes = { ...(bold ? { bold: true } : {}), ...(italic ? { italic: true } : {}) }
  return {
    id,
    kind: 'text',
    box,
    style: { size, color, opacity, font, align },
    text: [{ insert: text, ...(bold || italic ? { attributes } : {}) }],
    link: at.link ?? null,
  }
}
