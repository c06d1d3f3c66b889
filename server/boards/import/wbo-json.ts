/** WBO's boards of version 1 (SPEC-board B522): an object of items by id, in painting order, lengths in pixels. */
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { mapBox } from '../../../shared/board/geometry/box.ts'
import { compose, IDENTITY, mapPoints, translation } from '../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import { isPlainObject } from '../../../shared/board/model/keys.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { readColour } from './colours.ts'
import { importedId } from './sink.ts'
import type { Sink } from './sink.ts'
import { textShape } from './text-shape.ts'

type Item = Readonly<Record<string, unknown>>

const TYPES = new Set<unknown>(['line', 'straight', 'rect', 'ellipse', 'new'])
const META = '__wbo_meta__'
/** Sixteenths of a pixel hold WBO's tenths. */
const EXPONENT = 4
/** Strokes go on in these ids, which no person gives. */
export const WBO_PREFIX = 'w-'

/** Whether a JSON value is such a board. */
export function isWboJson(value: unknown): boolean {
  if (!isPlainObject(value) || 'type' in value) return false
  const items = Object.entries(value).filter(([key]) => key !== META)
  if (items.length === 0) return META in value
  return items.some(([, item]) => isPlainObject(item) && TYPES.has(item['type']) && 'tool' in item)
}

export function readWboJson(value: Item, sink: Sink): void {
  for (const [key, item] of Object.entries(value)) {
    if (key === META) continue
    if (isPlainObject(item)) readItem(importedId(WBO_PREFIX, key), item, sink)
    else sink.miss('item')
  }
}

function number(value: unknown, otherwise = Number.NaN): number {
  const read =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN
  return Number.isFinite(read) ? read : otherwise
}

function readItem(id: string, item: Item, sink: Sink): void {
  const map = mapOf(item)
  const stretch = Math.sqrt(Math.abs(map[0] * map[3] - map[1] * map[2])) || 1
  const size = number(item['size'], 3) * stretch
  const style: Partial<Style> = {
    color: readColour(item['color'])?.hex ?? '#000000',
    width: size,
    opacity: Math.min(1, Math.max(0.01, number(item['opacity'], 1))),
  }
  const [x, y, x2, y2] = [item['x'], item['y'], item['x2'], item['y2']].map((one) => number(one))
  const placed = mapPoints(map, [x ?? NaN, y ?? NaN, x2 ?? NaN, y2 ?? NaN])
  switch (item['type']) {
    case 'line':
      return readPencil(id, item, map, style, sink)
    case 'straight':
      if (placed.some(Number.isNaN)) return sink.miss('straight')
      return sink.add({ id, kind: 'line', path: placed, style })
    case 'rect':
    case 'ellipse': {
      if (
        placed.some(Number.isNaN) ||
        x === undefined ||
        y === undefined ||
        x2 === undefined ||
        y2 === undefined
      )
        return sink.miss(item['type'])
      const box = boxOf(Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y))
      const form = item['type'] === 'rect' ? 'rect' : 'ellipse'
      return sink.add({ id, kind: 'geo', box: mapBox(box, map), style: { ...style, form } })
    }
    case 'new': {
      const { txt } = item
      if (typeof txt !== 'string' || placed[0] === undefined || Number.isNaN(placed[0] + (placed[1] ?? NaN)))
        return sink.miss('text')
      const angle = Math.atan2(map[1], map[0])
      return sink.add(
        textShape(id, txt, {
          x: placed[0],
          y: placed[1] ?? 0,
          size,
          angle,
          color: style.color ?? 0,
          opacity: style.opacity ?? 1,
        }),
      )
    }
    default:
      return sink.miss(typeof item['type'] === 'string' ? item['type'] : 'item')
  }
}

function readPencil(id: string, item: Item, map: Matrix, style: Partial<Style>, sink: Sink): void {
  const children = item['_children']
  const xy: number[] = []
  for (const child of Array.isArray(children) ? (children as readonly unknown[]) : []) {
    if (!isPlainObject(child)) continue
    const x = number(child['x'])
    const y = number(child['y'])
    // A point that comes twice says nothing.
    if (!Number.isNaN(x + y) && (x !== xy.at(-2) || y !== xy.at(-1))) xy.push(x, y)
  }
  if (xy.length === 0) return sink.miss('line')
  sink.ink({ id, style }, { xy: Float64Array.from(mapPoints(map, xy)), pressure: null }, EXPONENT)
}

/** Where an item was moved and resized to. */
function mapOf(item: Item): Matrix {
  const { transform } = item
  let map: Matrix = translation(number(item['deltax'], 0), number(item['deltay'], 0))
  if (isPlainObject(transform)) {
    const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map((key, i) =>
      number(transform[key], IDENTITY[i] ?? 0),
    )
    map = compose([a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0], map)
  }
  return map
}
