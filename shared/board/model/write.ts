/**
 * Changes of a board (SPEC-board B4, B5, B24): what a shape begins with goes into its header, a later change writes only
 * the keys it changes. The callers put what belongs together into one transaction with their own origin.
 */
import * as Y from 'yjs'
import { boxToArray } from '../geometry/box.ts'
import type { Box } from '../geometry/box.ts'
import { BoardError } from '../error.ts'
import { newShapeId } from '../ids.ts'
import type { Random } from '../ids.ts'
import { encodeInk } from '../ink/header.ts'
import { MAX_SHAPES } from '../limits.ts'
import type { Content } from '../../text/delta.ts'
import type { Board } from './board.ts'
import { isTextKind } from './shape.ts'
import type { Binding, Kind } from './shape.ts'
import { DEFAULT_STYLE } from './style.ts'
import type { Style } from './style.ts'

/** What can be said of a shape; what is left out is not changed, and when a shape is made, is as ever. */
export interface ShapeParts {
  readonly box?: Box
  /** Points of a line: x and y by turns. */
  readonly path?: readonly number[]
  readonly order?: string
  readonly parent?: string | null
  readonly style?: Partial<Style>
  readonly from?: Binding | null
  readonly to?: Binding | null
  readonly locked?: boolean
  readonly link?: string | null
  readonly name?: string
  readonly author?: string
  readonly asset?: string
}

export interface NewShape extends ShapeParts {
  readonly kind: Exclude<Kind, 'ink'>
  readonly order: string
  readonly text?: Content
  readonly id?: string
}

export interface NewInk extends Omit<ShapeParts, 'path' | 'from' | 'to' | 'asset'> {
  /** From `encodePoints`. */
  readonly points: Uint8Array
  readonly order: string
  readonly id?: string
}

/** Makes a shape. @throws BoardError `full` when the board has all the shapes it may have */
export function createShape(board: Board, shape: NewShape, random?: Random): string {
  const id = roomFor(board, shape.id, random)
  const map = new Y.Map<unknown>()
  map.set('h', headerOf(shape))
  if (isTextKind(shape.kind)) {
    const text = new Y.Text()
    if (shape.text && shape.text.length > 0) text.applyDelta([...shape.text])
    map.set('x', text)
  }
  board.shapes.set(id, map)
  return id
}

/** Makes a stroke. @throws BoardError also where {@link encodeInk} does */
export function createInk(board: Board, ink: NewInk, random?: Random): string {
  const id = roomFor(board, ink.id, random)
  const { brush, color, opacity, width } = { ...DEFAULT_STYLE, ...ink.style }
  const map = new Y.Map<unknown>()
  map.set('h', encodeInk({ brush, color, opacity, width, order: ink.order }, ink.points))
  const { brush: _brush, color: _color, opacity: _opacity, width: _width, ...style } = ink.style ?? {}
  const { order: _order, ...parts } = ink
  for (const [key, value] of entriesOf({ ...parts, style })) if (value !== null) map.set(key, value)
  board.shapes.set(id, map)
  return id
}

function roomFor(board: Board, id: string | undefined, random: Random | undefined): string {
  if (board.hasRoom?.() === false) throw new BoardError('full')
  // `size` counts all entries each time; entries that were ever there are known.
  if (board.shapes._map.size >= MAX_SHAPES && board.shapes.size >= MAX_SHAPES) throw new BoardError('full')
  return id ?? newShapeId(random)
}

/** Changes a shape; false when it is not there. What is so already is not written. */
export function changeShape(board: Board, id: string, parts: ShapeParts): boolean {
  const map = board.shapes.get(id)
  if (!(map instanceof Y.Map)) return false
  for (const [key, value] of entriesOf(parts)) if (!isSame(map.get(key), value)) map.set(key, value)
  return true
}

/** Removes shapes; those that are not there do not count. */
export function deleteShapes(board: Board, ids: Iterable<string>): void {
  for (const id of ids) if (board.shapes.has(id)) board.shapes.delete(id)
}

/** The text of a shape, to be changed; made when the shape has none. Null when there is no such shape. */
export function textOfShape(board: Board, id: string): Y.Text | null {
  const map = board.shapes.get(id)
  if (!(map instanceof Y.Map)) return null
  const text = map.get('x')
  if (text instanceof Y.Text) return text
  const made = new Y.Text()
  map.set('x', made)
  return made
}

function bindingValue({ shape, x, y, exact }: Binding): unknown[] {
  const place = [shape, Math.fround(x), Math.fround(y)]
  return exact ? [...place, true] : place
}

/** The keys and values of parts; null says that the part is taken away. */
function entriesOf(parts: ShapeParts): [key: string, value: unknown][] {
  const entries: [string, unknown][] = []
  const { box, path, order, parent, style, from, to, locked, link, name, author, asset } = parts
  if (box) entries.push(['g', boxToArray(box)])
  if (path) entries.push(['v', path.map((number) => Math.fround(number))])
  if (order !== undefined) entries.push(['z', order])
  if (parent !== undefined) entries.push(['p', parent])
  for (const [property, value] of Object.entries(style ?? {}))
    if (value !== undefined) entries.push([`s.${property}`, typeof value === 'number' ? round(value) : value])
  if (from !== undefined) entries.push(['b.from', from && bindingValue(from)])
  if (to !== undefined) entries.push(['b.to', to && bindingValue(to)])
  if (locked !== undefined) entries.push(['m.lock', locked || null])
  if (link !== undefined) entries.push(['m.link', link])
  if (name !== undefined) entries.push(['m.name', name])
  if (author !== undefined) entries.push(['m.author', author])
  if (asset !== undefined) entries.push(['m.asset', asset])
  return entries
}

/** Four bytes of fraction are enough for any length that can be seen, and half the bytes. */
function round(value: number): number {
  return Math.fround(value)
}

/** A header object, `SPEC-board` B5: `s.color` of a key is `color` in `s`. */
function headerOf(shape: NewShape): Record<string, unknown> {
  const header: Record<string, unknown> = { t: shape.kind }
  for (const [key, value] of entriesOf(shape)) {
    if (value === null && !key.startsWith('s.')) continue
    const dot = key.indexOf('.')
    if (dot < 0) header[key] = value
    else {
      const group = key.slice(0, dot)
      const inner = (header[group] ?? {}) as Record<string, unknown>
      inner[key.slice(dot + 1)] = value
      header[group] = inner
    }
  }
  return header
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return (
    Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => value === b[i])
  )
}
