/** Putting in what comes from outside (SPEC-board B230, B231): shapes, words, and what other rooms can take. */
import {
  boundsOfPoints,
  isEmptyBounds,
  joinBounds,
  NO_BOUNDS,
} from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { layoutText } from '../../../shared/board/draw/text.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { TEXT_PADDING } from '../../../shared/board/draw/shapes.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { MAX_TEXT } from '../../../shared/board/limits.ts'
import { assetValue } from '../../../shared/board/model/board.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import { isBoxed } from '../../../shared/board/model/shape.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import { createShape } from '../../../shared/board/model/write.ts'
import { safeLink } from '../../../shared/text/links.ts'
import { copyShapes } from '../editor/copies.ts'
import type { Inside } from '../editor/inside.ts'
import { frameAt, newPlace, openFrames, topOrder } from '../editor/making.ts'
import { placeOf } from '../editor/selecting.ts'
import { toolStyle } from '../editor/styles.ts'
import type { Point } from '../types.ts'
import { clippedOf } from './clip.ts'
import type { Clipped } from './clip.ts'

/** What is on a clipboard, or was dropped. */
export interface Brought {
  readonly html: string
  readonly text: string
  readonly files: readonly File[]
}

/** Page units a pasted text is wide at most, and notes are. */
const TEXT_WIDTH = 480
const NOTE = 160
const NOTE_GAP = 20
/** Notes made of one text. */
const MOST_NOTES = 200

/** Text that is a drawing: SVG, or what Excalidraw copies. */
const DRAWING = /^\s*(?:(?:<\?xml[^>]*>\s*)?<svg[\s>]|\{\s*"type"\s*:\s*"excalidraw)/i

/** Takes what was brought to a place of the page; false when nobody can. */
export function takeIn(editor: Inside, { html, text, files }: Brought, at: Point): boolean {
  if (!editor.mayDraw.value) return false
  const clipped = clippedOf(html)
  if (clipped) return pasteShapes(editor, clipped, at)
  const copied = excalidrawFile(text)
  if (copied && editor.hooks.takeFiles?.([copied], at) === true) return true
  // Office programs put a picture of the words beside them; the system's files come with their names alone.
  const hasWords = html !== '' && text.trim() !== ''
  if (files.length > 0 && !hasWords && editor.hooks.takeFiles?.(files, at) === true) return true
  if (DRAWING.test(text) && editor.hooks.takeSvg?.(text, at) === true) return true
  return text.trim() !== '' && pasteText(editor, text, at)
}

/** What Excalidraw copies, as a file of its kind. */
function excalidrawFile(text: string): File | null {
  if (!/^\s*\{\s*"type"\s*:\s*"excalidraw\/clipboard"/.test(text)) return null
  const type = 'application/json'
  return new File([text.replace('excalidraw/clipboard', 'excalidraw')], 'clipboard.excalidraw', { type })
}

/** Puts shapes in with their middle at a place. */
export function pasteShapes(editor: Inside, { shapes, assets }: Clipped, at: Point): boolean {
  const { scene, random } = editor
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  const lookup = (id: string): Shape | undefined => byId.get(id)
  let bounds: Bounds = NO_BOUNDS
  for (const shape of shapes) {
    const place = isBoxed(shape) || shape.kind === 'line' ? placeOf(shape, lookup) : null
    if (place) bounds = joinBounds(bounds, place)
  }
  if (isEmptyBounds(bounds)) bounds = boundsOfPoints([at.x, at.y])
  const dx = at.x - (bounds.left + bounds.right) / 2
  const dy = at.y - (bounds.top + bounds.bottom) / 2
  const moved = {
    left: bounds.left + dx,
    right: bounds.right + dx,
    top: bounds.top + dy,
    bottom: bounds.bottom + dy,
  }
  const parent = frameAt(openFrames(scene), moved, true)?.id ?? null
  let made: string[] = []
  const missing: string[] = []
  editor.change((board) => {
    for (const [key, asset] of assets) {
      if (board.assets.has(key)) continue
      board.assets.set(key, assetValue(asset))
      missing.push(key)
    }
    made = copyShapes(board, shapes, { scene, random, dx, dy, parentOf: () => parent, lookup })
  })
  if (missing.length > 0) editor.hooks.bringPictures?.(missing)
  if (editor.tool.value !== 'select') editor.setTool('select')
  editor.select(made)
  return made.length > 0
}

/** Puts words in as a text; an address leads there. */
export function pasteText(editor: Inside, raw: string, at: Point): boolean {
  const text = tidy(raw)
  if (text === '') return false
  const style = { ...DEFAULT_STYLE, ...toolStyle(editor.nextStyle.value, 'text') }
  const content = [{ insert: text }]
  const free = layoutText(content, style, Infinity, measureText)
  const inner = Math.min(TEXT_WIDTH, Math.ceil(free.width) + 1)
  const { height } = layoutText(content, style, inner, measureText)
  const w = inner + 2 * TEXT_PADDING
  const h = height + 2 * TEXT_PADDING
  const link = /\s/.test(text) ? null : safeLink(text)
  const id = newShapeId(editor.random)
  editor.change((board) => {
    const box = boxOf(at.x - w / 2, at.y - h / 2, w, h)
    const bounds = { left: box.x, right: box.x + w, top: box.y, bottom: box.y + h }
    const { parent, order } = newPlace(editor.scene, bounds, editor.random)
    createShape(board, {
      id,
      kind: 'text',
      order,
      box,
      style: toolStyle(editor.nextStyle.value, 'text'),
      text: content,
      ...(parent === null ? {} : { parent }),
      ...(link === null || link === '' ? {} : { link }),
    })
  })
  if (editor.tool.value !== 'select') editor.setTool('select')
  editor.select([id])
  return true
}

/** Puts words in as notes, one a line, in a square. */
export function pasteNotes(editor: Inside, raw: string, at: Point): boolean {
  const lines = tidy(raw)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST_NOTES)
  if (lines.length === 0) return false
  const columns = Math.ceil(Math.sqrt(lines.length))
  const rows = Math.ceil(lines.length / columns)
  const pitch = NOTE + NOTE_GAP
  const left = at.x - (columns * pitch - NOTE_GAP) / 2
  const top = at.y - (rows * pitch - NOTE_GAP) / 2
  const ids = lines.map(() => newShapeId(editor.random))
  editor.change((board) => {
    let order = topOrder(editor.scene, null, editor.random)
    lines.forEach((line, i) => {
      createShape(board, {
        id: ids[i] ?? newShapeId(editor.random),
        kind: 'note',
        order,
        box: boxOf(left + (i % columns) * pitch, top + Math.floor(i / columns) * pitch, NOTE, NOTE),
        style: toolStyle(editor.nextStyle.value, 'note'),
        text: [{ insert: line }],
      })
      order = orderBetween(order, null, editor.random)
    })
  })
  editor.select(ids)
  return true
}

// oxlint-disable-next-line no-control-regex -- control characters are what goes
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Line ends of one kind, tabs as spaces, nothing that cannot be seen, as much as a shape holds. */
function tidy(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '  ')
    .replaceAll(CONTROL, '')
    .trim()
    .slice(0, MAX_TEXT)
}
