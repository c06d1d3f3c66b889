/** Shapes on a canvas, with as much detail as can be seen. The context's transform leads from page units to pixels. */
import { hexOfColour } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import type { Command, TextCommand } from '../../../shared/board/draw/commands.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { drawShape } from '../../../shared/board/draw/shapes.ts'
import { formPath } from '../../../shared/board/geometry/forms.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { framesAround } from '../scene/frames.ts'
import type { Scene } from '../types.ts'
import type { Context, Lay } from './canvas.ts'
import type { InkPainter } from './ink.ts'
import type { Mips } from './mips.ts'
import { trace, writeCommand } from './writer.ts'

/** Canvas pixels below which a shape is a dot, and letters are bars. */
const DOT = 2
const BAR = 4
/** Below this nothing is to be seen. */
const NOTHING = 0.25

export interface Painter {
  /** Paints shapes in their order, cut off by their frames; after each one it gives way to the caller. */
  readonly paint: (context: Context, shapes: readonly Shape[], lay: Lay) => Generator<void, void>
}

export interface PainterParts {
  readonly scene: Scene
  readonly theme: () => Theme
  readonly mips: Mips
  readonly ink: InkPainter
  /** What is shown instead of the scene's, for lines that stay on it. */
  readonly lookup: Lookup
}

interface Laid {
  readonly theme: Theme
  readonly commands: readonly Command[]
}

export function createPainter({ scene, theme, mips, ink, lookup }: PainterParts): Painter {
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
    const { left, top, right, bottom } =
      (shape.kind === 'line' ? scene.bounds(shape.id) : null) ?? shapeBounds(shape, lookup)
    const size = Math.max(right - left, bottom - top) * scale
    if (size < NOTHING) return
    if (size < DOT) {
      context.fillStyle = hexOfColour(shape.style.color, theme())
      context.fillRect(left, top, right - left, bottom - top)
      return
    }
    if (shape.kind === 'ink') return ink.paint(context, shape, scale, theme())
    for (const command of commandsOf(shape)) {
      if (command.op === 'text' && command.face.size * scale < BAR) writeBar(context, command)
      else writeCommand(context, command, mips.paint)
    }
  }

  return {
    *paint(context, shapes, { scale, x, y }) {
      const tree = scene.tree()
      let cut = ''
      const open = (): void => {
        context.save()
        context.setTransform(scale, 0, 0, scale, x, y)
      }
      open()
      for (const shape of shapes) {
        const frames = framesAround(shape, tree, scene.shapes)
        const key = frames.length === 0 ? '' : frames.map(({ id }) => id).join(' ')
        if (key !== cut) {
          context.restore()
          open()
          for (const { box } of frames) {
            context.beginPath()
            trace(context, formPath('rect', box))
            context.clip()
          }
          cut = key
        }
        one(context, shape, scale)
        yield
      }
      context.restore()
    },
  }
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
