/**
 * A stroke that is held still at its end becomes the form it looks like (SPEC-board B241): the stroke is kept as a step of its
 * own, so one undo gives the ink back.
 */
import * as Y from 'yjs'
import { boxOfBounds } from '../../../shared/board/geometry/box.ts'
import { boundsOfPoints } from '../../../shared/board/geometry/bounds.ts'
import type { Recognised } from '../../../shared/board/geometry/recognise.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { createShape, deleteShapes } from '../../../shared/board/model/write.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'
import type { Inside } from '../editor/inside.ts'
import { newPlace } from '../editor/making.ts'
import type { Off, Pointer } from '../types.ts'
import type { InkStroke } from './ink.ts'

/** Ms of rest, and screen pixels that still are rest. */
const REST = 500
const STILL = 4
/** Screen pixels a stroke is long at least. */
const LEAST = 30

export interface Hold {
  /** The pointer moved. */
  moved(event: Pointer): void
  /** The form that is shown instead of the stroke. */
  readonly form: NewShape | null
  end(): void
}

/** Watches for a rest; shows what is recognised. */
export function watchHold(editor: Inside, stroke: InkStroke): Hold {
  let timer: Off | null = null
  let rest: { x: number; y: number } | null = null
  let form: NewShape | null = null

  function rested(): void {
    timer = null
    const points = stroke.points()
    if (!points) return
    const bounds = boundsOfPoints(points.xy)
    const { zoom } = editor.camera.place.value
    if (Math.hypot(bounds.right - bounds.left, bounds.bottom - bounds.top) * zoom < LEAST) return
    const recognise = editor.recogniser()
    if (!recognise) {
      timer = editor.after(REST, rested)
      return
    }
    const found = recognise(points.xy)
    if (!found) return
    form = newForm(editor, found, stroke.style)
    const shown = shapeOf(form)
    stroke.hide()
    if (shown) editor.preview.value = new Map([[shown.id, shown]])
    editor.say('board.say.recognised')
  }

  return {
    moved({ screen }) {
      if (form || !editor.settings.value.recognise) return
      if (rest && timer && Math.hypot(screen.x - rest.x, screen.y - rest.y) <= STILL) return
      rest = screen
      timer?.()
      // It is here when the rest is over.
      editor.recogniser()
      timer = editor.after(REST, rested)
    },
    get form() {
      return form
    },
    end() {
      timer?.()
      timer = null
      if (form) editor.preview.value = new Map()
    },
  }
}

function newForm(editor: Inside, found: Recognised, ink: Style): NewShape {
  const { color, width, opacity } = ink
  const style: Partial<Style> = { color, width, ...(opacity === 1 ? {} : { opacity }) }
  const bounds = found.kind === 'form' ? found.box : boxOfBounds(boundsOfPoints(found.path))
  const area = { left: bounds.x, top: bounds.y, right: bounds.x + bounds.w, bottom: bounds.y + bounds.h }
  const { parent, order } = newPlace(editor.scene, area, editor.random, true)
  const common = { id: newShapeId(editor.random), order, ...(parent === null ? {} : { parent }) }
  if (found.kind === 'form')
    return { ...common, kind: 'geo', box: found.box, style: { ...style, form: found.form } }
  const ends: Partial<Style> =
    found.kind === 'arrow' ? { end: 'arrow' } : found.kind === 'polygon' ? { closed: true } : {}
  return { ...common, kind: 'line', path: found.path, style: { ...style, ...ends } }
}

/** The shape as it will be read. */
function shapeOf(form: NewShape) {
  const scratch = boardOf(new Y.Doc())
  const id = createShape(scratch, form)
  const shape = readShapes(scratch).get(id)
  scratch.doc.destroy()
  return shape ?? null
}

/** Puts the form in the place of the stroke that was written before: a step of its own. */
export function replaceByForm(editor: Inside, strokes: readonly string[], form: NewShape): void {
  editor.change((board) => {
    // In this order nothing is lost where a full board takes no more.
    createShape(board, form)
    deleteShapes(board, strokes)
  })
}
