/**
 * From the document to shapes (SPEC-board B6). Reading never throws and never changes the document: what is wrong or not
 * known here is left out of what is shown, and stays where it is.
 */
import * as Y from 'yjs'
import { boxOf, boxOfBounds } from '../geometry/box.ts'
import { BoardError } from '../error.ts'
import { isOrder } from '../check/values.ts'
import { isShapeId } from '../ids.ts'
import { decodeInk } from '../ink/header.ts'
import { pointsBounds } from '../ink/points.ts'
import type { Content, Insert } from '../../text/delta.ts'
import {
  NO_ORDER,
  bindingPart,
  boxPart,
  factPart,
  inkStyle,
  lockPart,
  orderPart,
  parentPart,
  pointsPart,
  stylePart,
  wholeStyle,
} from './fields.ts'
import type { HeaderObject, StylePool, Values } from './fields.ts'
import { isPlainObject } from './keys.ts'
import { isKind } from './shape.ts'
import type { Kind, Shape } from './shape.ts'
import type { Style } from './style.ts'

/** What kinds begin with besides {@link DEFAULT_STYLE}. */
const BASE: Readonly<Partial<Record<Kind, Partial<Style>>>> = {
  geo: { align: 'center', valign: 'middle' },
  note: { paper: 12, fill: 'solid' },
  line: { align: 'center', valign: 'middle' },
}

/** Remembers what is costly to make again; keep one for a board. */
export interface Reader {
  readonly styles: StylePool
}

export function createReader(): Reader {
  return { styles: new Map() }
}

/** The shape in a map; null for what is not one, or one of a kind or version not known here. */
export function readShape(reader: Reader, id: string, map: Y.Map<unknown>): Shape | null {
  if (!isShapeId(id)) return null
  const header = map.get('h')
  try {
    if (header instanceof Uint8Array)
      return isPlain(map) ? plainInk(reader, id, header) : inkShape(reader, id, valuesOf(map), header)
  } catch (error) {
    if (error instanceof BoardError) return null
    throw error
  }
  if (!isPlainObject(header) || !isKind(header['t']) || header['t'] === 'ink') return null
  return plainShape(reader, id, header['t'], valuesOf(map), header, textOf(map))
}

/** Whether a map has one key. Without an iterator or a list: opening a board asks this of tens of thousands of maps. */
function isPlain(map: Y.Map<unknown>): boolean {
  let keys = 0
  map.forEach(() => keys++)
  return keys === 1
}

function valuesOf(map: Y.Map<unknown>): Values {
  const values = new Map<string, unknown>()
  map.forEach((value, key) => values.set(key, value))
  return values
}

/** A stroke that is as it was drawn: what {@link inkShape} would read, with nothing to look up. */
function plainInk(reader: Reader, id: string, bytes: Uint8Array): Shape {
  const { points, order, brush, color, opacity, width } = decodeInk(bytes)
  const natural = pointsBounds(points)
  return {
    kind: 'ink',
    id,
    order: isOrder(order) ? order : NO_ORDER,
    parent: null,
    style: inkStyle(reader.styles, { brush, color, opacity, width }),
    locked: false,
    link: null,
    name: '',
    author: '',
    box: boxOfBounds(natural),
    natural,
    points,
  }
}

function inkShape(reader: Reader, id: string, values: Values, bytes: Uint8Array): Shape {
  const { points, order, brush, color, opacity, width } = decodeInk(bytes)
  const header: HeaderObject = { z: order }
  const natural = pointsBounds(points)
  const own = { brush, color, opacity, width }
  const changed = stylePart(values, header)
  const style =
    Object.keys(changed).length === 0
      ? inkStyle(reader.styles, own)
      : wholeStyle(reader.styles, 'ink', {}, { ...own, ...changed })
  return {
    kind: 'ink',
    ...common(id, values, header, style),
    box: boxPart(values, header) ?? boxOfBounds(natural),
    natural,
    points,
  }
}

function plainShape(
  reader: Reader,
  id: string,
  kind: Exclude<Kind, 'ink'>,
  values: Values,
  header: HeaderObject,
  text: Content,
): Shape | null {
  const style = wholeStyle(reader.styles, kind, BASE[kind] ?? {}, stylePart(values, header))
  const shared = common(id, values, header, style)
  if (kind === 'group') return { kind, ...shared }
  if (kind === 'line') {
    const path = pointsPart(values, header)
    if (!path) return null
    const from = bindingPart(values, header, 'from')
    const to = bindingPart(values, header, 'to')
    return { kind, ...shared, path, from, to, text }
  }
  const box = boxPart(values, header) ?? boxOf(0, 0, 100, 100)
  if (kind === 'frame') return { kind, ...shared, box }
  if (kind === 'image') {
    const asset = factPart(values, header, 'asset')
    return asset === '' ? null : { kind, ...shared, box, asset }
  }
  return { kind, ...shared, box, text }
}

function common(id: string, values: Values, header: HeaderObject, style: Style) {
  const link = factPart(values, header, 'link')
  return {
    id,
    order: orderPart(values, header),
    parent: parentPart(values, header),
    style,
    locked: lockPart(values, header),
    link: link === '' ? null : link,
    name: factPart(values, header, 'name'),
    author: factPart(values, header, 'author'),
  }
}

const NO_TEXT: Content = Object.freeze([])

/** The shape's text; nothing where there is none. Embeds are left out: a board's texts are words. */
function textOf(map: Y.Map<unknown>): Content {
  const text = map.get('x')
  if (!(text instanceof Y.Text) || text.length === 0) return NO_TEXT
  const delta: readonly { insert?: unknown; attributes?: unknown }[] = text.toDelta()
  return delta.filter(({ insert }) => typeof insert === 'string') as Insert[]
}
