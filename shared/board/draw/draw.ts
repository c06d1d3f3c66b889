/** A board, or part of it, as drawing commands in painting order (SPEC-board B40). */
import { boundsTouch } from '../geometry/bounds.ts'
import type { Bounds } from '../geometry/bounds.ts'
import { formPath } from '../geometry/forms.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { treeOf } from '../model/tree.ts'
import type { Shapes, Tree } from '../model/tree.ts'
import { isParentKind } from '../model/shape.ts'
import type { Command } from './commands.ts'
import { drawShape } from './shapes.ts'
import type { DrawOptions } from './shapes.ts'

export interface BoardDrawOptions extends Omit<DrawOptions, 'lookup'> {
  /** Only what touches these; everything when left out. */
  readonly within?: Bounds
  /** Only what is in this frame or group, and itself. */
  readonly only?: string
}

/** The commands, made as they are asked for: a large board never lies in memory twice. */
export function* drawBoard(
  shapes: Shapes,
  options: BoardDrawOptions,
  tree: Tree = treeOf(shapes),
): Generator<Command> {
  const lookup = (id: string) => shapes.get(id)
  const { within, only, ...rest } = options
  const whole: DrawOptions = { ...rest, lookup }
  function* list(parent: string | null): Generator<Command> {
    for (const shape of tree.children.get(parent) ?? []) yield* one(shape.id)
  }
  function* one(id: string): Generator<Command> {
    const shape = shapes.get(id)
    if (!shape) return
    const seen = shape.kind === 'group' || !within || boundsTouch(within, shapeBounds(shape, lookup))
    if (seen && shape.kind !== 'group') {
      yield { op: 'begin', id, clip: null, link: shape.link }
      yield* drawShape(shape, whole)
      yield { op: 'end' }
    }
    if (!isParentKind(shape.kind) || (shape.kind === 'frame' && !seen)) return
    if (shape.kind !== 'frame') return yield* list(id)
    if (!tree.children.has(id)) return
    yield { op: 'begin', id, clip: formPath('rect', shape.box), link: null }
    yield* list(id)
    yield { op: 'end' }
  }
  if (only === undefined) yield* list(null)
  else yield* one(only)
}
