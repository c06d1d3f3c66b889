/**
 * Shapes on the clipboard (SPEC-board B230): a board's JSON of what was copied, within HTML, with its words as plain text beside
 * it. What comes back is checked like everything that comes from outside.
 */
import { base64OfBytes, bytesOfBase64 } from '../../../shared/board/base64.ts'
import { BoardError } from '../../../shared/board/error.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import { boardToJson, jsonToBoard, putShape } from '../../../shared/board/json.ts'
import { assetValue, boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Asset, Board } from '../../../shared/board/model/board.ts'
import { readAssets } from '../../../shared/board/model/board.ts'
import type { LineShape, Shape } from '../../../shared/board/model/shape.ts'
import { paintOrder, treeOf } from '../../../shared/board/model/tree.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import * as Y from 'yjs'
import { readingOrder } from '../editor/reading.ts'
import { shapesWithin } from '../editor/copies.ts'
import type { Scene } from '../types.ts'

/** What goes to the clipboard. */
export interface Clip {
  readonly html: string
  readonly text: string
}

/** What came from it. */
export interface Clipped {
  /** In painting order; parents and bindings only among them. */
  readonly shapes: readonly Shape[]
  readonly assets: ReadonlyMap<string, Asset>
}

/** Characters of a clip that are read. */
const MOST = 40_000_000
/** Bytes of the clip's JSON are in this attribute, in base64. */
const MARK = 'data-inkpad-board'
const PATTERN = /data-inkpad-board="([A-Za-z0-9+/=]+)"/

/** The shapes and all in them; null for none. */
export function clipOf(scene: Scene, ids: Iterable<string>): Clip | null {
  const shapes = shapesWithin(scene, ids)
  if (shapes.length === 0) return null
  const scratch = boardOf(new Y.Doc())
  const copied = new Set(shapes.map(({ id }) => id))
  scratch.doc.transact(() => {
    for (const shape of shapes) {
      const map = scene.board.shapes.get(shape.id)
      if (!(map instanceof Y.Map)) continue
      const entries = [...map.entries()].map(([key, value]) => [
        key,
        value instanceof Y.Text ? value.toDelta() : value,
      ])
      if (putShape(scratch, shape.id, Object.fromEntries(entries)) === null && shape.kind === 'line')
        endWhereSeen(scene, scratch, shape, copied)
      const asset = shape.kind === 'image' ? scene.assets.peek().get(shape.asset) : undefined
      if (shape.kind === 'image' && asset) scratch.assets.set(shape.asset, assetValue(asset))
    }
  })
  const json = JSON.stringify(boardToJson(scratch.doc))
  scratch.doc.destroy()
  const text = wordsOf(scene, shapes)
  const data = base64OfBytes(new TextEncoder().encode(json))
  const paragraphs = text
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
  return { html: `<div ${MARK}="${data}">${paragraphs}</div>`, text }
}

/** Ends on shapes that stay behind are where they were seen. */
function endWhereSeen(scene: Scene, scratch: Board, line: LineShape, copied: ReadonlySet<string>): void {
  const from = line.from !== null && !copied.has(line.from.shape)
  const to = line.to !== null && !copied.has(line.to.shape)
  if (!from && !to) return
  const { points } = routeLine(line, (id) => scene.shapes.get(id))
  const path = [...line.path]
  if (from) path.splice(0, 2, points[0] ?? 0, points[1] ?? 0)
  if (to) path.splice(-2, 2, points.at(-2) ?? 0, points.at(-1) ?? 0)
  changeShape(scratch, line.id, { path, ...(from ? { from: null } : {}), ...(to ? { to: null } : {}) })
}

/** The words of shapes in reading order, one shape a line. */
function wordsOf(scene: Scene, shapes: readonly Shape[]): string {
  const words = new Map<string, string>()
  for (const shape of shapes) {
    const text =
      'text' in shape
        ? shape.text.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
        : shape.kind === 'frame'
          ? shape.name
          : ''
    if (text.trim() !== '') words.set(shape.id, text.trim())
  }
  return readingOrder({ scene }, [...words.keys()])
    .map((id) => words.get(id) ?? '')
    .join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The shapes in a clip's HTML; null when it holds none. */
export function clippedOf(html: string): Clipped | null {
  if (html.length > MOST) return null
  const bytes = bytesOfBase64(PATTERN.exec(html)?.[1] ?? '')
  if (!bytes || bytes.length === 0) return null
  try {
    const { doc } = jsonToBoard(JSON.parse(new TextDecoder().decode(bytes)))
    const board = boardOf(doc)
    const shapes = paintOrder(treeOf(readShapes(board)))
    const assets = readAssets(board)
    doc.destroy()
    return shapes.length === 0 ? null : { shapes, assets }
  } catch (error) {
    if (error instanceof BoardError || error instanceof SyntaxError) return null
    throw error
  }
}
