/**
 * A board as JSON (SPEC-board B501): every key of every shape, known or not, so that nothing is lost on the way. Bytes are
 * `{"$bytes": base64}`; a text is the list of its inserts.
 */
import * as Y from 'yjs'
import { base64OfBytes, bytesOfBase64 } from './base64.ts'
import { checkShape } from './check/shape.ts'
import type { ShapeFault } from './check/shape.ts'
import { isKeyName, isSmall } from './check/unknown.ts'
import { BoardError } from './error.ts'
import { MAX_ASSETS, MAX_SHAPES } from './limits.ts'
import { SETTING_RULES, boardOf, isAsset, makerOf } from './model/board.ts'
import type { Board } from './model/board.ts'
import { isPlainObject } from './model/keys.ts'

export const BOARD_FORMAT = 'inkpad-board'
export const BOARD_JSON_VERSION = 1

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One shape: its keys as in SPEC-board B4, and `by`, who made it, where that is known and not said by a key. */
export type ShapeJson = Readonly<Record<string, Json>>

export interface BoardJson {
  readonly format: typeof BOARD_FORMAT
  readonly version: typeof BOARD_JSON_VERSION
  readonly settings: Readonly<Record<string, Json>>
  /** `{t, w, h, n}` by key. */
  readonly assets: Readonly<Record<string, Json>>
  readonly shapes: Readonly<Record<string, ShapeJson>>
}

/** Not a key a shape can have: those begin with a letter and have no second one of these. */
const BY = '$by'
const BYTES = '$bytes'

/** The board in a document. `authorOf` says whose a Yjs client id is. Keys are in the order of their names. */
export function boardToJson(doc: Y.Doc, authorOf?: (client: number) => string | undefined): BoardJson {
  const board = boardOf(doc)
  const shapes: Record<string, ShapeJson> = Object.create(null) as Record<string, ShapeJson>
  for (const id of [...board.shapes.keys()].sort()) {
    const map = board.shapes.get(id)
    if (map instanceof Y.Map) shapes[id] = shapeToJson(board, id, map, authorOf)
  }
  return {
    format: BOARD_FORMAT,
    version: BOARD_JSON_VERSION,
    settings: plain(board.settings),
    assets: plain(board.assets),
    shapes,
  }
}

function shapeToJson(
  board: Board,
  id: string,
  map: Y.Map<unknown>,
  authorOf: ((client: number) => string | undefined) | undefined,
): ShapeJson {
  const shape: Record<string, Json> = {}
  for (const key of [...map.keys()].sort()) {
    const value = map.get(key)
    if (value instanceof Y.Text) shape[key] = toJson(value.toDelta())
    else if (!(value instanceof Y.AbstractType)) shape[key] = toJson(value)
  }
  const maker = makerOf(board, id)
  const by = maker === undefined ? undefined : authorOf?.(maker)
  if (by !== undefined && by !== '' && !namesAuthor(map.get('m.author'), map.get('h'))) shape[BY] = by
  return shape
}

function namesAuthor(own: unknown, header: unknown): boolean {
  const facts = isPlainObject(header) ? header['m'] : undefined
  return own !== undefined || (isPlainObject(facts) && facts['author'] !== undefined)
}

function plain(map: Y.Map<unknown>): Record<string, Json> {
  const out = Object.create(null) as Record<string, Json>
  for (const key of [...map.keys()].sort()) {
    const value = map.get(key)
    if (!(value instanceof Y.AbstractType)) out[key] = toJson(value)
  }
  return out
}

function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) return { [BYTES]: base64OfBytes(value) }
  if (Array.isArray(value)) return value.map(toJson)
  if (isPlainObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, toJson(inner)]),
    )
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** What was read of a file: a document of its own, and what could not be taken. */
export interface ReadBoard {
  readonly doc: Y.Doc
  readonly refused: readonly { readonly id: string; readonly fault: ShapeFault | 'full' }[]
}

/**
 * A board from JSON, each shape checked (B20): one that is wrong is left out and named. `by` becomes the shape's author.
 * @throws BoardError `version` for what is no board, or one of a later form
 */
export function jsonToBoard(json: unknown): ReadBoard {
  if (!isPlainObject(json) || json['format'] !== BOARD_FORMAT || json['version'] !== BOARD_JSON_VERSION)
    throw new BoardError('version')
  const doc = new Y.Doc()
  const board = boardOf(doc)
  const refused: { id: string; fault: ShapeFault | 'full' }[] = []
  doc.transact(() => {
    putPlain(board.settings, json['settings'], isSetting, MOST_SETTINGS)
    putPlain(board.assets, json['assets'], isAsset, MAX_ASSETS)
    const { shapes } = json
    for (const [id, raw] of isPlainObject(shapes) ? Object.entries(shapes) : []) {
      const value = fromJson(raw, 0)
      const fault = board.shapes.size >= MAX_SHAPES ? 'full' : putShape(board, id, value)
      if (fault) refused.push({ id, fault })
    }
  })
  return { doc, refused }
}

const MOST_SETTINGS = 64

/** Settings not known here are kept where they are small (B12). */
function isSetting(key: string, value: unknown): boolean {
  return isKeyName(key) && (new Map(Object.entries(SETTING_RULES)).get(key) ?? isSmall)(value)
}

function putPlain(
  map: Y.Map<unknown>,
  raw: unknown,
  isRight: (key: string, value: unknown) => boolean,
  most: number,
): void {
  for (const [key, json] of isPlainObject(raw) ? Object.entries(raw) : []) {
    const value = fromJson(json, 0)
    if (map.size < most && isRight(key, value)) map.set(key, value)
  }
}

/** Puts a shape given as its keys and values; says what is wrong with it instead, if anything is. */
export function putShape(board: Board, id: string, value: unknown): ShapeFault | null {
  if (!isPlainObject(value)) return 'shape'
  const { [BY]: by, ...rest } = value
  const keys: Record<string, unknown> = rest
  if (typeof by === 'string' && !namesAuthor(keys['m.author'], keys['h'])) keys['m.author'] = by
  const fault = checkShape(id, keys)
  if (fault) return fault
  setShape(board, id, keys)
  return null
}

/** Puts a shape that was checked already. */
export function setShape(board: Board, id: string, keys: Readonly<Record<string, unknown>>): void {
  const map = new Y.Map<unknown>()
  for (const [key, part] of Object.entries(keys)) map.set(key, key === 'x' ? textOf(part) : part)
  board.shapes.set(id, map)
}

function textOf(inserts: unknown): Y.Text {
  const text = new Y.Text()
  // Checked above: a list of texts with formats.
  if (Array.isArray(inserts) && inserts.length > 0) text.applyDelta([...(inserts as object[])])
  return text
}

/** Levels of a value; what lies deeper is not read. */
const DEEPEST = 8

function fromJson(value: unknown, level: number): unknown {
  if (level > DEEPEST) return null
  if (Array.isArray(value)) return value.map((one) => fromJson(one, level + 1))
  if (!isPlainObject(value)) return value
  const bytes = value[BYTES]
  if (typeof bytes === 'string') return bytesOfBase64(bytes) ?? null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromJson(inner, level + 1)]))
}
