/**
 * What was read, beside what is there (SPEC-board B521): moved, above everything, without what came before with the same id.
 */
import * as Y from 'yjs'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { NO_BOUNDS, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { translation } from '../../../shared/board/geometry/matrix.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { mapShape } from '../../../shared/board/geometry/transform.ts'
import { decodeInk, encodeInk } from '../../../shared/board/ink/header.ts'
import { decodePoints, encodePoints } from '../../../shared/board/ink/points.ts'
import { MAX_SHAPES } from '../../../shared/board/limits.ts'
import { isPlainObject } from '../../../shared/board/model/keys.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import { paintOrder, treeOf } from '../../../shared/board/model/tree.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { checkShape } from '../../../shared/board/check/shape.ts'

/** A shape's keys and values, ready for a board; `x` is the list of its text's inserts. */
export interface Entry {
  readonly id: string
  readonly value: Readonly<Record<string, unknown>>
}

export interface Placed {
  readonly entries: readonly Entry[]
  /** Shapes that are there already. */
  readonly known: number
  /** Shapes there was no room for, or that are wrong. */
  readonly left: number
}

/** Page units between what is there and what comes. */
const GAP = 80

export interface PlaceOptions {
  /** The middle of what comes; null: to the right of what is there. */
  readonly at: { readonly x: number; readonly y: number } | null
  /** Who brought it, for shapes that name nobody; '' for nobody. */
  readonly author: string
  readonly random: () => number
}

/** `from` is changed. */
export function place(from: Board, to: Board, { at, author, random }: PlaceOptions): Placed {
  const there = readShapes(to)
  const shapes = readShapes(from)
  const ordered = paintOrder(treeOf(shapes)).filter(({ id }) => !to.shapes.has(id))
  const move = offsetOf(shapes, there, at)
  let top: string | null = null
  for (const { order, parent } of there.values())
    if ((parent === null || !there.has(parent)) && (top === null || order > top)) top = order
  const entries: Entry[] = []
  let left = 0
  from.doc.transact(() => {
    for (const shape of ordered) {
      top = orderBetween(top, null, random)
      const map = from.shapes.get(shape.id)
      if (!map) continue
      if (shape.kind === 'ink' && !map.has('g')) moveInk(map, move.x, move.y, top)
      else {
        const parts = move.x === 0 && move.y === 0 ? null : mapShape(shape, translation(move.x, move.y))
        changeShape(from, shape.id, { ...parts, order: top })
      }
      if (author !== '' && shape.author === '') changeShape(from, shape.id, { author })
      const value = inHeader(valueOf(map))
      if (to.shapes.size + entries.length >= MAX_SHAPES || checkShape(shape.id, value) !== null) left++
      else entries.push({ id: shape.id, value })
    }
  })
  return { entries, known: shapes.size - ordered.length, left }
}

/** Strokes move in their points, by whole page units: no key more. */
function moveInk(map: Y.Map<unknown>, dx: number, dy: number, order: string): void {
  const header = map.get('h')
  if (!(header instanceof Uint8Array)) return
  const ink = decodeInk(header)
  let { points } = ink
  if (dx !== 0 || dy !== 0) {
    const { xy, pressure, exponent } = decodePoints(points)
    points = encodePoints({ xy: xy.map((value, i) => value + (i % 2 === 0 ? dx : dy)), pressure }, exponent)
  }
  map.set('h', encodeInk({ ...ink, order }, points))
}

/** Shapes of a board as they are put on another one. */
export function entriesOf(board: Board): Entry[] {
  return [...board.shapes.entries()].map(([id, map]) => ({ id, value: valueOf(map) }))
}

function valueOf(map: Y.Map<unknown>): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [key, part] of map.entries())
    if (part instanceof Y.Text) value[key] = part.toDelta() as unknown
    else if (!(part instanceof Y.AbstractType)) value[key] = part
  return value
}

/** What a header can hold stands in it again, as in a shape that was never changed. */
function inHeader(value: Record<string, unknown>): Record<string, unknown> {
  const { h: header, ...rest } = value
  if (!isPlainObject(header)) return value
  const whole: Record<string, unknown> = { ...header }
  for (const [key, part] of Object.entries(rest)) {
    if (key === 'x' || part === null) continue
    const [group = '', name] = key.split('.')
    if (name === undefined && !['g', 'v', 'z', 'p'].includes(group)) continue
    if (name !== undefined && !['s', 'm', 'b'].includes(group)) continue
    if (name === undefined) whole[key] = part
    else whole[group] = { ...(isPlainObject(whole[group]) ? whole[group] : {}), [name]: part }
    delete rest[key]
  }
  return { h: whole, ...rest }
}

/** How far what comes moves; a whole number of page units. */
function offsetOf(
  shapes: ReadonlyMap<string, Shape>,
  there: ReadonlyMap<string, Shape>,
  at: PlaceOptions['at'],
): { x: number; y: number } {
  const coming = around(shapes)
  if (coming === null) return { x: 0, y: 0 }
  // What came before stays together with what comes now.
  for (const [id, shape] of shapes) {
    const other = there.get(id)
    if (!other || shape.kind === 'group' || other.kind === 'group') continue
    const [a, b] = [shapeBounds(shape, (one) => shapes.get(one)), shapeBounds(other, (one) => there.get(one))]
    return { x: Math.round(b.left - a.left), y: Math.round(b.top - a.top) }
  }
  if (at)
    return {
      x: Math.round(at.x - (coming.left + coming.right) / 2),
      y: Math.round(at.y - (coming.top + coming.bottom) / 2),
    }
  const now = around(there)
  if (now === null) return { x: 0, y: 0 }
  return { x: Math.round(now.right + GAP - coming.left), y: Math.round(now.top - coming.top) }
}

function around(shapes: ReadonlyMap<string, Shape>): Bounds | null {
  let bounds = NO_BOUNDS
  for (const shape of shapes.values())
    if (shape.kind !== 'group')
      bounds = joinBounds(
        bounds,
        shapeBounds(shape, (id) => shapes.get(id)),
      )
  return bounds.left > bounds.right ? null : bounds
}

/** A board of updates, to read. */
export function boardFrom(updates: readonly Uint8Array[]): Board {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return boardOf(doc)
}
