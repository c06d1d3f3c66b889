/** Each kind of shape as drawing commands (SPEC-board B40). */
import { GROUND, hexOfColour, mixColours } from '../colours.ts'
import type { Theme } from '../colours.ts'
import { boxMatrix, boxOf, boxRotation } from '../geometry/box.ts'
import type { Box } from '../geometry/box.ts'
import { formPath, textPlace } from '../geometry/forms.ts'
import { placedPoints } from '../geometry/ink-place.ts'
import { IDENTITY } from '../geometry/matrix.ts'
import type { Matrix } from '../geometry/matrix.ts'
import type { Path } from '../geometry/path.ts'
import { pointAlong } from '../geometry/polyline.ts'
import { routeLine } from '../geometry/route.ts'
import type { Lookup } from '../geometry/route.ts'
import { inkForm } from '../ink/outline.ts'
import type { FrameShape, ImageShape, InkShape, LineShape, Shape, TextShape } from '../model/shape.ts'
import type { Style } from '../model/style.ts'
import type { Command, Measure, PathCommand, Stroke } from './commands.ts'
import { headForm } from './heads.ts'
import { layoutText } from './text.ts'
import type { TextLayout } from './text.ts'

export interface DrawOptions {
  readonly theme: Theme
  readonly measure: Measure
  readonly lookup: Lookup
  /** Page units curves may be off; a quarter of a pixel at the zoom that is drawn. */
  readonly tolerance: number
}

/** Page units between a note's or form's edge and its text. */
export const TEXT_PADDING = 8
const NOTE_CORNER = 3
const FRAME_CORNER = 6
/** Height of a frame's title. */
export const FRAME_TITLE = 14

/** The commands of one shape, without `begin` and `end`; none for a group. */
export function drawShape(shape: Shape, options: DrawOptions): Command[] {
  switch (shape.kind) {
    case 'ink':
      return [drawInk(shape, options)]
    case 'line':
      return drawLine(shape, options)
    case 'geo':
      return drawForm(shape, options)
    case 'text':
      return drawTextIn(shape, shape.box, options, 0)
    case 'note':
      return drawNote(shape, options)
    case 'image':
      return [drawImage(shape)]
    case 'frame':
      return drawFrame(shape, options)
    case 'group':
      return []
  }
}

function path(path: Path, fill: string | null, stroke: Stroke | null, opacity: number): PathCommand {
  return { op: 'path', path, fill, stroke, opacity, blend: 'normal' }
}

/** How a style draws lines. */
export function strokeOf({ width, dash }: Style, color: string): Stroke {
  return {
    color,
    width,
    dash: dash === 'dashed' ? [width * 3, width * 2.5] : dash === 'dotted' ? [0, width * 2] : [],
    cap: 'round',
  }
}

function drawInk(shape: InkShape, { theme, tolerance }: DrawOptions): Command {
  const { style } = shape
  const color = hexOfColour(style.color, theme)
  const { path: form, fill } = inkForm(placedPoints(shape), style.width, tolerance)
  const highlighter = style.brush === 'highlighter'
  return {
    op: 'path',
    path: form,
    fill: fill ? color : null,
    stroke: fill ? null : strokeOf(style, color),
    opacity: style.opacity,
    blend: highlighter ? (theme === 'light' ? 'multiply' : 'screen') : 'normal',
  }
}

function areaOf({ fill, paper, color }: Style, theme: Theme): string | null {
  if (fill === 'none') return null
  const full = hexOfColour(paper ?? color, theme)
  return fill === 'solid' ? full : mixColours(GROUND[theme], full, 0.12)
}

function drawForm(shape: TextShape, options: DrawOptions): Command[] {
  const { style, box } = shape
  const color = hexOfColour(style.color, options.theme)
  const outline = formPath(style.form, box, style.corner)
  const area = areaOf(style, options.theme)
  const place = textPlace(style.form)
  const inner: Box = {
    ...box,
    x: box.x + place.left * box.w,
    y: box.y + place.top * box.h,
    w: (place.right - place.left) * box.w,
    h: (place.bottom - place.top) * box.h,
  }
  return [
    path(outline, area, strokeOf(style, color), style.opacity),
    ...drawTextIn(shape, inner, options, TEXT_PADDING),
  ]
}

function drawNote(shape: TextShape, options: DrawOptions): Command[] {
  const { style, box } = shape
  const paper = hexOfColour(style.paper ?? style.color, options.theme)
  const shadow = formPath('rect', { ...box, y: box.y + 3 }, NOTE_CORNER)
  return [
    path(shadow, '#000000', null, 0.1 * style.opacity),
    path(formPath('rect', box, NOTE_CORNER), paper, null, style.opacity),
    ...drawTextIn(shape, box, options, TEXT_PADDING * 1.5),
  ]
}

function drawImage({ asset, box, style, name }: ImageShape): Command {
  return { op: 'image', asset, matrix: boxMatrix(box), opacity: style.opacity, name }
}

function drawFrame({ box, style, name }: FrameShape, { theme, measure }: DrawOptions): Command[] {
  const grey = hexOfColour(1, theme)
  const area = style.paper === null ? GROUND[theme] : hexOfColour(style.paper, theme)
  const edge: Stroke = { color: grey, width: 1, dash: [], cap: 'butt' }
  const commands: Command[] = [path(formPath('rect', box, FRAME_CORNER), area, edge, 1)]
  if (name === '') return commands
  const face = { family: 'sans', size: FRAME_TITLE, bold: false, italic: false } as const
  commands.push({
    op: 'text',
    text: name,
    face,
    color: grey,
    x: box.x,
    y: box.y - 8,
    width: measure(name, face),
    underline: false,
    strike: false,
    opacity: 1,
    matrix: boxRotation(box),
  })
  return commands
}

function drawLine(line: LineShape, options: DrawOptions): Command[] {
  const { style } = line
  const color = hexOfColour(style.color, options.theme)
  const { points, path: way } = routeLine(line, options.lookup)
  const area = style.closed ? areaOf(style, options.theme) : null
  const commands: Command[] = [path(way, area, strokeOf(style, color), style.opacity)]
  const whole: Stroke = { ...strokeOf(style, color), dash: [] }
  for (const atStart of [true, false]) {
    const form = headForm(atStart ? style.start : style.end, points, atStart, style.width)
    if (form) commands.push(path(form.path, form.fill ? color : null, whole, style.opacity))
  }
  if (line.text.length > 0) commands.push(...drawLabel(line, points, options))
  return commands
}

const LABEL_WIDTH = 12

function drawLabel(line: LineShape, points: readonly number[], options: DrawOptions): Command[] {
  const { style } = line
  const layout = layoutText(line.text, { ...style, align: 'left' }, style.size * LABEL_WIDTH, options.measure)
  const { x, y } = pointAlong(points, 0.5)
  const left = x - layout.width / 2
  const top = y - layout.height / 2
  const ground = formPath('rect', boxOf(left - 4, top - 1, layout.width + 8, layout.height + 2), 3)
  return [
    path(ground, GROUND[options.theme], null, 1),
    ...textCommands(layout, left, top, IDENTITY, style, options.theme),
  ]
}

/** A shape's text in a box; turned with it, never mirrored. */
function drawTextIn(shape: TextShape, box: Box, options: DrawOptions, padding: number): Command[] {
  if (shape.text.length === 0) return []
  const { style } = shape
  const width = Math.max(1, box.w - 2 * padding)
  const layout = layoutText(shape.text, style, width, options.measure)
  const room = box.h - 2 * padding - layout.height
  const down = style.valign === 'top' ? 0 : style.valign === 'middle' ? room / 2 : room
  const matrix = shape.box.r === 0 ? IDENTITY : boxRotation(shape.box)
  return textCommands(layout, box.x + padding, box.y + padding + down, matrix, style, options.theme)
}

function textCommands(
  layout: TextLayout,
  left: number,
  top: number,
  matrix: Matrix,
  style: Style,
  theme: Theme,
): Command[] {
  const own = hexOfColour(style.color, theme)
  return layout.lines.flatMap(({ runs, y }) =>
    runs.map(({ text, face, x, width, underline, strike, color }): Command => ({
      op: 'text',
      text,
      face,
      color: color ?? own,
      x: left + x,
      y: top + y,
      width,
      underline,
      strike,
      opacity: style.opacity,
      matrix,
    })),
  )
}
