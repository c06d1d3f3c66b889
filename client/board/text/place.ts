/** Where a shape's words stand, so that a field can lie exactly over them (SPEC-board B320). Pure. */
import { boxOf } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { textPlace } from '../../../shared/board/geometry/forms.ts'
import { pointAlong } from '../../../shared/board/geometry/polyline.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { layoutText } from '../../../shared/board/draw/text.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { TEXT_PADDING } from '../../../shared/board/draw/shapes.ts'
import type { LineShape, Shape, TextShape } from '../../../shared/board/model/shape.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import type { Content } from '../../../shared/text/delta.ts'

/** Page units; the words of a turned shape are turned about `around`. */
export interface WordsPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
  readonly around: { readonly x: number; readonly y: number }
  readonly align: Style['align']
  readonly valign: Style['valign']
}

/** Letters' heights a line's label is wide. */
const LABEL_WIDTH = 12

export function isWritable(shape: Shape): shape is TextShape | LineShape {
  return 'text' in shape
}

/** The place of a shape's words. */
export function wordsPlace(shape: TextShape | LineShape, lookup: Lookup): WordsPlace {
  const { style } = shape
  if (shape.kind === 'line') {
    const { x, y } = pointAlong(routeLine(shape, lookup).points, 0.5)
    const width = style.size * LABEL_WIDTH
    const height = style.size * 1.3
    return {
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      angle: 0,
      around: { x, y },
      align: 'center',
      valign: 'middle',
    }
  }
  const { box } = shape
  const inner = innerBox(shape)
  return {
    x: inner.x,
    y: inner.y,
    width: Math.max(1, inner.w),
    height: Math.max(1, inner.h),
    angle: box.r,
    around: { x: box.x + box.w / 2, y: box.y + box.h / 2 },
    align: style.align,
    valign: style.valign,
  }
}

/** What is left of a shape's box for words. */
function innerBox({ kind, box, style }: TextShape): Box {
  if (kind === 'text') return box
  if (kind === 'note') return inset(box, TEXT_PADDING * 1.5)
  const place = textPlace(style.form)
  return inset(
    boxOf(
      box.x + place.left * box.w,
      box.y + place.top * box.h,
      (place.right - place.left) * box.w,
      (place.bottom - place.top) * box.h,
    ),
    TEXT_PADDING,
  )
}

function inset({ x, y, w, h }: Box, by: number): Box {
  return boxOf(x + by, y + by, w - 2 * by, h - 2 * by)
}

/** The box with which all words have room, higher than before if need be; a text's box is as high as its words. */
export function boxForWords(shape: TextShape, content: Content): Box {
  const { box, style, kind } = shape
  const inner = innerBox(shape)
  const { height } = layoutText(content, style, Math.max(1, inner.w), measureText)
  const most = Math.max(style.size * 1.3, height)
  if (kind === 'text') return grown(box, most)
  const around = kind === 'note' ? TEXT_PADDING * 3 : TEXT_PADDING * 2
  const place = kind === 'geo' ? textPlace(style.form) : { top: 0, bottom: 1 }
  const needed = (most + around) / Math.max(0.1, place.bottom - place.top)
  return needed > box.h + 0.5 ? grown(box, needed) : box
}

/** Another height, with the upper edge where it is, also of a turned box. */
function grown(box: Box, h: number): Box {
  if (Math.abs(h - box.h) < 0.5) return box
  const by = (h - box.h) / 2
  const { x, y, w, r } = box
  // The middle moves along the box's own downward direction.
  const cx = x + w / 2 - Math.sin(r) * by
  const cy = y + box.h / 2 + Math.cos(r) * by
  return { ...box, x: cx - w / 2, y: cy - h / 2, h }
}
