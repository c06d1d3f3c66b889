/**
 * Tools that draw a box (SPEC-board B214): forms, frames, texts, notes. A click makes one of the usual size, a drag one from
 * corner to corner; Shift makes it as high as wide, Alt draws from the middle.
 */
import { boxBounds, boxOf, boxOfBounds } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { snapPoint } from '../../../shared/board/geometry/snap.ts'
import { changeShape, createShape } from '../../../shared/board/model/write.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { boundsOfPoints } from '../../../shared/board/geometry/bounds.ts'
import { isDragged } from '../editor/inside.ts'
import type { Inside, State, Tool } from '../editor/inside.ts'
import { takeInto } from '../editor/frames.ts'
import { newPlace, topOrder } from '../editor/making.ts'
import { beginStep } from '../editor/step.ts'
import type { Step } from '../editor/step.ts'
import { toolStyle } from '../editor/styles.ts'
import type { Point, Pointer } from '../types.ts'
import { showGuides, snapOptions, snapTargets } from './select/moving.ts'
import { boundsBetween } from './select/marquee.ts'

export type BoxTool = 'shape' | 'frame' | 'note' | 'text'

interface Kind {
  readonly kind: 'geo' | 'frame' | 'note' | 'text'
  /** The size a click makes, at 100 %. */
  readonly size: { readonly w: number; readonly h: number }
  /** Whether writing begins with it. */
  readonly writes: boolean
  readonly cursor: string
}

export const BOX_TOOLS: Readonly<Record<BoxTool, Kind>> = {
  shape: { kind: 'geo', size: { w: 160, h: 100 }, writes: false, cursor: 'crosshair' },
  frame: { kind: 'frame', size: { w: 640, h: 360 }, writes: false, cursor: 'crosshair' },
  note: { kind: 'note', size: { w: 160, h: 160 }, writes: true, cursor: 'crosshair' },
  text: { kind: 'text', size: { w: 240, h: 28 }, writes: true, cursor: 'text' },
}

/** Between half and double the size things are as large as ever on the page; beyond, on the screen. */
export function sizeScale(zoom: number): number {
  return zoom > 2 ? 2 / zoom : zoom < 0.5 ? 0.5 / zoom : 1
}

export function boxTool(editor: Inside, id: BoxTool): Tool {
  return {
    cursor: BOX_TOOLS[id].cursor,
    down: (event) => (event.button === 0 ? pointing(editor, id, event) : null),
    hover(event) {
      snapped(editor, event, event.page)
    },
    leave: () => showGuides(editor, []),
    rest: () => showGuides(editor, []),
  }
}

function pointing(editor: Inside, id: BoxTool, from: Pointer): State {
  return {
    move: (event) => (isDragged(from, event) ? drawing(editor, id, from, event) : undefined),
    up() {
      place(editor, id, from.page)
    },
    cancel: () => showGuides(editor, []),
  }
}

/** Makes one of the usual size round a place, and begins to write in what is for writing. */
export function place(editor: Inside, id: BoxTool, at: Point): void {
  const { size, writes } = BOX_TOOLS[id]
  const style = toolStyle(editor.nextStyle.value, id)
  const scale = id === 'text' ? 1 : sizeScale(editor.camera.place.value.zoom)
  const w = size.w * scale
  const h = id === 'text' ? (style.size ?? 20) * 1.4 : size.h * scale
  const box = id === 'text' ? boxOf(at.x, at.y - h / 2, w, h) : boxOf(at.x - w / 2, at.y - h / 2, w, h)
  const made = newShapeId(editor.random)
  const mark = editor.undo.mark()
  const step = beginStep(editor)
  step.write((board) => make(editor, board, id, made, box))
  step.done((board) => takeInto(editor, board, made))
  finish(editor, made, writes, mark)
}

function finish(editor: Inside, made: string, writes: boolean, mark: unknown): void {
  showGuides(editor, [])
  if (!editor.scene.shapes.has(made)) return
  editor.used([made])
  if (writes) editor.writeNew(made, mark)
}

function make(editor: Inside, board: Board, id: BoxTool, made: string, box: Box): void {
  const { scene, random } = editor
  const { kind } = BOX_TOOLS[id]
  const { parent, order } = newPlace(scene, boxBounds(box), random)
  createShape(board, {
    id: made,
    kind,
    order,
    box,
    style: toolStyle(editor.nextStyle.value, id),
    ...(parent === null ? {} : { parent }),
  })
}

/** A place as it snaps, with guides. */
function snapped(editor: Inside, event: Pointer, at: Point, except: ReadonlySet<string> = new Set()): Point {
  const snap = snapOptions(editor, event.mod)
  if (!snap) return at
  const { dx, dy, guides } = snapPoint(
    at.x,
    at.y,
    snap.shapes ? snapTargets(editor, except, boundsOfPoints([at.x, at.y])) : [],
    snap.options,
  )
  showGuides(editor, guides)
  return { x: at.x + dx, y: at.y + dy }
}

function drawing(editor: Inside, id: BoxTool, from: Pointer, first: Pointer): State {
  const made = newShapeId(editor.random)
  const ids = new Set([made])
  const start = snapped(editor, from, from.page, ids)
  const mark = editor.undo.mark()
  const step: Step = beginStep(editor)

  function boxTo(event: Pointer): Box {
    const to = event.shift ? event.page : snapped(editor, event, event.page, ids)
    let w = to.x - start.x
    let h = to.y - start.y
    if (event.shift) {
      const most = Math.max(Math.abs(w), Math.abs(h))
      w = w < 0 ? -most : most
      h = h < 0 ? -most : most
    }
    const other = event.alt ? { x: start.x - w, y: start.y - h } : start
    return boxOfBounds(boundsBetween(other, { x: start.x + w, y: start.y + h }))
  }

  const show = (event: Pointer): void => step.show(new Map([[made, { box: boxTo(event) }]]))
  step.write((board) => make(editor, board, id, made, boxTo(first)))
  show(first)
  return {
    move: show,
    up(event) {
      show(event)
      step.done((board) => {
        const shape = editor.scene.shapes.get(made)
        if (!shape || shape.kind === 'group' || shape.kind === 'line') return
        // Where it was drawn to, it may lie in a frame it did not begin in.
        const { parent } = newPlace(editor.scene, boxBounds(shape.box), editor.random)
        if (shape.kind !== 'frame' && parent !== shape.parent)
          changeShape(board, made, { parent, order: topOrder(editor.scene, parent, editor.random) })
        takeInto(editor, board, made)
      })
      finish(editor, made, BOX_TOOLS[id].writes, mark)
    },
    cancel() {
      step.abandon()
      showGuides(editor, [])
    },
  }
}
