/** Shapes on a canvas, with as much detail as can be seen: on the page and in a worker alike. */
import { hexOfColour } from '../../../shared/board/colours.ts'
import type { Colour, Theme } from '../../../shared/board/colours.ts'
import type { Command, TextCommand } from '../../../shared/board/draw/commands.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { drawShape } from '../../../shared/board/draw/shapes.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { formPath } from '../../../shared/board/geometry/forms.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Context, Lay } from './canvas.ts'
import type { InkPainter } from './ink.ts'
import type { CutShape } from './pack.ts'
import { trace, writeCommand } from './writer.ts'
import type { PaintImage } from './writer.ts'

/** Canvas pixels below which a shape is a dot, and letters are bars. */
const DOT = 2
export const BAR = 4
/** Below this nothing is to be seen. */
const NOTHING = 0.25

export interface Painter {
  /** Paints shapes in their order, cut off by their frames; after each one it gives way to the caller. */
  readonly paint: (context: Context, shapes: Iterable<CutShape>, lay: Lay) => Generator<void, void>
}

export interface PainterParts {
  readonly theme: () => Theme
  readonly paintImage: PaintImage
  readonly ink: InkPainter
  /** What is shown, for lines that stay on it. */
  readonly lookup: Lookup
}

interface Laid {
  readonly theme: Theme
  readonly commands: readonly Command[]
}

export function createPainter({ theme, paintImage, ink, lookup }: PainterParts): Painter {
  /** Texts are laid out once; lines are not among these, because they change with what they stay on. */
  const laid = new WeakMap<Shape, Laid>()

  function commandsOf(shape: Shape): readonly Command[] {
    const known = laid.get(shape)
    if (known?.theme === theme()) return known.commands
    const options = { theme: theme(), measure: measureText, lookup, tolerance: 0.25 }
    const commands = drawShape(shape, options)
    if (shape.kind !== 'line') laid.set(shape, { theme: theme(), commands })
    return commands
  }

  function one(context: Context, shape: Shape, scale: number): void {
    if (shape.kind === 'group') return
    const { left, top, right, bottom } = shapeBounds(shape, lookup)
    const size = Math.max(right - left, bottom - top) * scale
    if (size < NOTHING) return
    if (size < DOT) {
      // A stroke covers about a third of its box.
      const share = shape.kind === 'ink' || shape.kind === 'line' ? 0.35 : 1
      context.globalAlpha = share * shape.style.opacity
      context.fillStyle = hexOfColour(dotColour(shape), theme())
      context.fillRect(left, top, right - left, bottom - top)
      context.globalAlpha = 1
      return
    }
    if (shape.kind === 'ink') return ink.paint(context, shape, scale, theme())
    for (const command of commandsOf(shape)) {
      if (command.op === 'text' && command.face.size * scale < BAR) writeBar(context, command)
      else writeCommand(context, command, paintImage)
    }
  }

  return {
    *paint(context, shapes, { scale, x, y }) {
      let cutNow: readonly Box[] = []
      const open = (): void => {
        context.save()
        context.setTransform(scale, 0, 0, scale, x, y)
      }
      open()
      for (const { shape, cut } of shapes) {
        if (cut !== cutNow && (cut.length > 0 || cutNow.length > 0)) {
          context.restore()
          open()
          for (const box of cut) {
            context.beginPath()
            trace(context, formPath('rect', box))
            context.clip()
          }
          cutNow = cut
        }
        one(context, shape, scale)
        yield
      }
      context.restore()
    },
  }
}

/** What a shape looks like from afar. */
function dotColour({ kind, style }: Shape): Colour {
  const isArea = kind === 'note' || kind === 'frame' || (kind === 'geo' && style.fill === 'solid')
  return isArea ? (style.paper ?? style.color) : style.color
}

/** Words too small to be read, as lines of their length. */
function writeBar(context: Context, { face, color, x, y, width, opacity, matrix, text }: TextCommand): void {
  if (text.trim() === '') return
  context.save()
  context.transform(...matrix)
  context.globalAlpha *= opacity * 0.45
  context.fillStyle = color
  context.fillRect(x, y - face.size * 0.5, width, face.size * 0.5)
  context.restore()
}
