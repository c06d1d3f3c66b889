/** What of a board is drawn, and how large it is (SPEC-board B510). */
import { GROUND, hexOfColour } from '../../../shared/board/colours.ts'
import type { Command } from '../../../shared/board/draw/commands.ts'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { drawShape } from '../../../shared/board/draw/shapes.ts'
import type { DrawOptions } from '../../../shared/board/draw/shapes.ts'
import { digitsFor } from '../../../shared/board/draw/svg.ts'
import { NO_BOUNDS, boundsTouch, growBounds, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { readSettings, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import type { FrameShape, Shape } from '../../../shared/board/model/shape.ts'
import { treeOf } from '../../../shared/board/model/tree.ts'
import type { Tree } from '../../../shared/board/model/tree.ts'
import type { PictureOptions } from './job.ts'

export interface BoardScene {
  readonly shapes: ReadonlyMap<string, Shape>
  readonly tree: Tree
  /** Of the frame that is shown; '' for none. */
  readonly name: string
  /** What is shown. */
  readonly bounds: Bounds
  /** `#rrggbb`, or null for nothing. */
  readonly ground: string | null
  /** Digits that show the thinnest line as it is. */
  readonly digits: number
  /** Keys of pictures that are seen. */
  readonly pictures: readonly string[]
  /** Frames of the board itself, in reading order: a page each. */
  readonly frames: readonly FrameShape[]
  /** The commands of all that is shown, or of one frame. */
  draw(tolerance: number, only?: string): Generator<Command>
}

/** Page units around everything. */
const MARGIN = 16
/** An empty board's picture. */
const EMPTY: Bounds = { left: 0, top: 0, right: 320, bottom: 240 }

/** Null when there is no frame or group of that id. */
export function sceneOf(board: Board, options: PictureOptions): BoardScene | null {
  const shapes = readShapes(board)
  const tree = treeOf(shapes)
  const lookup = (id: string): Shape | undefined => shapes.get(id)
  const { only, theme, transparent } = options
  const asked = only === null ? undefined : shapes.get(only)
  if (only !== null && asked === undefined) return null
  const members = asked ? within(tree, asked) : [...shapes.values()]
  const seen = options.within ? members.filter((one) => touches(one, options.within, lookup)) : members
  const bounds =
    options.within ??
    (asked?.kind === 'frame'
      ? boxBounds(asked.box)
      : around(seen, { theme, measure: measureText, lookup, tolerance: 1 }))
  const { ground } = readSettings(board)
  let thinnest = 1
  const pictures = new Set<string>()
  for (const shape of seen) {
    if (shape.kind === 'image') pictures.add(shape.asset)
    if (shape.style.width < thinnest && shape.kind !== 'text') thinnest = shape.style.width
  }
  return {
    shapes,
    tree,
    name: asked?.kind === 'frame' ? asked.name.trim() : '',
    bounds,
    ground: transparent ? null : ground === null ? GROUND[theme] : hexOfColour(ground, theme),
    digits: digitsFor(thinnest),
    pictures: [...pictures],
    frames: framesOf(tree, asked),
    draw(tolerance, frame) {
      const part = frame ?? only
      return drawBoard(
        shapes,
        {
          theme,
          measure: measureText,
          tolerance,
          ...(part === null ? {} : { only: part }),
          ...(options.within ? { within: options.within } : {}),
        },
        tree,
      )
    },
  }
}

function touches(shape: Shape, bounds: Bounds | null, lookup: (id: string) => Shape | undefined): boolean {
  return bounds !== null && shape.kind !== 'group' && boundsTouch(bounds, shapeBounds(shape, lookup))
}

/** A shape and all that is in it. */
function within(tree: Tree, shape: Shape): Shape[] {
  return [shape, ...(tree.children.get(shape.id) ?? []).flatMap((child) => within(tree, child))]
}

function around(shapes: readonly Shape[], options: DrawOptions): Bounds {
  let bounds = NO_BOUNDS
  for (const shape of shapes)
    if (shape.kind !== 'group') bounds = joinBounds(bounds, tightBounds(shape, options))
  return bounds.left > bounds.right ? EMPTY : growBounds(bounds, MARGIN)
}

/** Of a line with a label its bounds say where that could be; here is where it is. */
function tightBounds(shape: Shape, options: DrawOptions): Bounds {
  if (shape.kind !== 'line' || shape.text.length === 0) return shapeBounds(shape, options.lookup)
  let bounds = shapeBounds({ ...shape, text: [] }, options.lookup)
  for (const command of drawShape(shape, options))
    if (command.op === 'text')
      bounds = joinBounds(bounds, {
        left: command.x - 4,
        right: command.x + command.width + 4,
        top: command.y - command.face.size,
        bottom: command.y + command.face.size * 0.3,
      })
  return bounds
}

/** Frames nearer to the top first, then those further to the left; frames in frames belong to those. */
function framesOf(tree: Tree, asked: Shape | undefined): FrameShape[] {
  if (asked) return asked.kind === 'frame' ? [asked] : []
  const frames = (tree.children.get(null) ?? []).filter((shape) => shape.kind === 'frame')
  const rows = frames.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
  const out: FrameShape[] = []
  while (rows.length > 0) {
    const [first] = rows
    if (!first) break
    // A row is what begins above the middle of its first.
    const row = rows.filter(({ box }) => box.y < first.box.y + first.box.h / 2)
    out.push(...row.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y))
    rows.splice(0, rows.length, ...rows.filter((one) => !row.includes(one)))
  }
  return out
}
