/** Ends and bends of a line (SPEC-board B210): ends stay on what they are let go on, bends come from the middle of pieces. */
import { boundsOfPoints } from '../../../../shared/board/geometry/bounds.ts'
import { bindingPlace, nearestBinding } from '../../../../shared/board/geometry/route.ts'
import { polylineDistance } from '../../../../shared/board/geometry/polyline.ts'
import { snapPoint } from '../../../../shared/board/geometry/snap.ts'
import { MAX_LINE_POINTS } from '../../../../shared/board/limits.ts'
import type { Binding, LineShape } from '../../../../shared/board/model/shape.ts'
import type { ShapeParts } from '../../../../shared/board/model/write.ts'
import type { LineHandle } from '../../editor/handles.ts'
import type { Inside, State } from '../../editor/inside.ts'
import { beginStep } from '../../editor/step.ts'
import type { Point, Pointer } from '../../types.ts'
import { bindableAt } from '../hits.ts'
import { showGuides, snapOptions, snapTargets } from './moving.ts'

/** Where an end goes: a place of the page, and what it stays on there. */
export interface EndPlace {
  readonly at: Point
  readonly binding: Binding | null
}

const ANGLE_STEP = Math.PI / 12

/** Shift: in steps of 15 degrees from the other end. */
export function stepped(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / ANGLE_STEP) * ANGLE_STEP
  return { x: from.x + Math.cos(angle) * length, y: from.y + Math.sin(angle) * length }
}

/** Where an end that is dragged here would be; shows on which shape. With Ctrl it stays on none. */
export function endPlace(
  editor: Inside,
  event: Pointer,
  other: Point,
  except: ReadonlySet<string>,
): EndPlace {
  const shape = event.mod ? null : bindableAt(editor, event.page, except)
  if (shape) {
    const exact = event.alt
    const share = nearestBinding(shape, event.page.x, event.page.y)
    const binding = { shape: shape.id, ...share, exact }
    if (editor.marks.value.target !== shape.id)
      editor.marks.value = { ...editor.marks.value, target: shape.id, guides: [] }
    return { at: bindingPlace(binding, shape), binding }
  }
  if (editor.marks.value.target !== null) editor.marks.value = { ...editor.marks.value, target: null }
  if (event.shift) return { at: stepped(other, event.page), binding: null }
  const snap = snapOptions(editor, event.mod)
  if (!snap) return { at: event.page, binding: null }
  const { dx, dy, guides } = snapPoint(
    event.page.x,
    event.page.y,
    snap.shapes ? snapTargets(editor, except, boundsOfPoints([event.page.x, event.page.y])) : [],
    snap.options,
  )
  showGuides(editor, guides)
  return { at: { x: event.page.x + dx, y: event.page.y + dy }, binding: null }
}

export function clearEndMarks(editor: Inside): void {
  editor.marks.value = { ...editor.marks.value, target: null, guides: [] }
}

/** Shapes an end of a line cannot stay on: itself, and what its other end is on. */
function exceptOf(line: LineShape, other: Binding | null): ReadonlySet<string> {
  return new Set(other ? [line.id, other.shape] : [line.id])
}

export function moveEnd(editor: Inside, line: LineShape, handle: LineHandle, from: Pointer): State {
  const step = beginStep(editor)
  const isStart = handle.index === 0
  const except = exceptOf(line, isStart ? line.to : line.from)
  const count = line.path.length / 2
  const next = isStart ? 1 : count - 2
  const other = { x: line.path[2 * next] ?? 0, y: line.path[2 * next + 1] ?? 0 }
  let isMoved = false

  function show(event: Pointer): void {
    const { at, binding } = endPlace(editor, event, other, except)
    const path = [...line.path]
    path.splice(handle.index * 2, 2, at.x, at.y)
    isMoved = true
    step.show(new Map([[line.id, { path, ...(isStart ? { from: binding } : { to: binding }) }]]))
  }

  return {
    move(event) {
      if (isMoved || Math.hypot(event.screen.x - from.screen.x, event.screen.y - from.screen.y) > 2)
        show(event)
    },
    up(event) {
      if (isMoved) show(event)
      step.done()
      clearEndMarks(editor)
    },
    cancel() {
      step.abandon()
      clearEndMarks(editor)
    },
  }
}

/** Screen pixels a bend may lie off the straight way before it goes again. */
const STRAIGHT = 6

export function bendLine(editor: Inside, line: LineShape, handle: LineHandle, from: Pointer): State | null {
  const isNew = handle.kind === 'middle'
  if (isNew && line.path.length / 2 >= MAX_LINE_POINTS) return null
  const step = beginStep(editor)
  let parts: ShapeParts | null = null

  function show(event: Pointer): void {
    const path = [...line.path]
    path.splice(handle.index * 2, isNew ? 0 : 2, event.page.x, event.page.y)
    // A straight line with a bend is a curve, as a finger would bend it.
    const style =
      isNew && line.style.route === 'straight' && line.path.length === 4 ? { route: 'curve' as const } : null
    parts = { path, ...(style ? { style } : {}) }
    step.show(new Map([[line.id, parts]]))
  }

  /** A bend that was put back onto the way between its neighbours goes. */
  function straightened(event: Pointer): ShapeParts | null {
    const path = [...(parts?.path ?? line.path)]
    const i = handle.index * 2
    const piece = [path[i - 2] ?? 0, path[i - 1] ?? 0, path[i + 2] ?? 0, path[i + 3] ?? 0]
    if (polylineDistance(piece, event.page.x, event.page.y) * editor.camera.place.value.zoom > STRAIGHT)
      return null
    path.splice(i, 2)
    return { path }
  }

  return {
    move(event) {
      if (parts || Math.hypot(event.screen.x - from.screen.x, event.screen.y - from.screen.y) > 2) show(event)
    },
    up(event) {
      const straight = parts && straightened(event)
      if (straight) step.show(new Map([[line.id, straight]]))
      step.done()
    },
    cancel: () => step.abandon(),
  }
}
