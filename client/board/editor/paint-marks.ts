/** Paints what a person's own work looks like above the board: selection, handles, marquee, guides, the eraser's tip. */
import { boxCorners } from '../../../shared/board/geometry/box.ts'
import { skeleton } from '../../../shared/board/geometry/hit.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import type { Camera, Editor, PaintOverlay, Point } from '../types.ts'
import { follow } from './inside.ts'
import { paddedBox, handlePlace, lineHandles, rotatePlace, shownHandles } from './handles.ts'
import { isLocked, leavesOf, lineOf, selectionBox, shownLookup } from './selecting.ts'

/** Colours of marks; `theme` gives those of the page. */
export interface MarkColours {
  readonly accent: string
  readonly ground: string
  readonly guide: string
}

export const MARK_COLOURS: MarkColours = { accent: '#0f6e5f', ground: '#ffffff', guide: '#c2257a' }

/** More outlines than this are not drawn one by one. */
const MOST_OUTLINES = 200
const HANDLE = 4.5

/** Marks of an editor. It reads signals: paint anew when they change (see `marksChanged`). */
export function paintMarks(editor: Editor, colours: () => MarkColours = () => MARK_COLOURS): PaintOverlay {
  return (context, camera) => {
    const { accent, ground, guide } = colours()
    const lookup = shownLookup(editor.scene, editor.preview.peek())
    const selected = editor.selection.peek()
    const marks = editor.marks.peek()
    context.save()
    context.lineWidth = 1.5
    context.strokeStyle = accent
    const hovered = editor.hovered.peek()
    if (hovered !== null && !selected.has(hovered)) outline(context, camera, editor, [hovered], lookup)
    if (marks.target !== null) {
      context.lineWidth = 2.5
      outline(context, camera, editor, [marks.target], lookup)
      context.lineWidth = 1.5
    }
    const inside = editor.inside.peek()
    const insideBox = inside === null ? null : selectionBox(editor.scene, new Set([inside]), lookup)
    if (insideBox) {
      context.setLineDash([4, 4])
      polygon(context, camera, boxCorners(insideBox))
      context.setLineDash([])
    }
    if (selected.size > 0) paintSelection(context, camera, editor, lookup, accent, ground)
    if (marks.marquee) {
      const { left, top, right, bottom } = marks.marquee
      context.globalAlpha = 0.12
      context.fillStyle = accent
      const a = camera.toScreen({ x: left, y: top })
      const b = camera.toScreen({ x: right, y: bottom })
      context.fillRect(a.x, a.y, b.x - a.x, b.y - a.y)
      context.globalAlpha = 1
      context.lineWidth = 1
      context.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y)
    }
    if (marks.lasso && marks.lasso.length > 1) {
      context.setLineDash([5, 4])
      way(
        context,
        camera,
        marks.lasso.flatMap(({ x, y }) => [x, y]),
        true,
      )
      context.setLineDash([])
    }
    context.strokeStyle = guide
    context.lineWidth = 1
    for (const { from, to } of marks.guides) way(context, camera, [from.x, from.y, to.x, to.y], false)
    if (marks.eraserAt) {
      const { x, y } = camera.toScreen(marks.eraserAt)
      circle(context, { x, y }, marks.eraserAt.radius * camera.place.peek().zoom)
      context.globalAlpha = 0.6
      context.fillStyle = ground
      context.fill()
      context.globalAlpha = 1
      context.strokeStyle = accent
      context.stroke()
    }
    context.restore()
  }
}

/** Reads all that {@link paintMarks} paints, so that an effect can ask for painting. */
export function marksChanged(editor: Editor): void {
  const { scene, selection, preview, marks, hovered, inside, writing, tool, mayDraw } = editor
  follow(scene.version, selection, preview, marks, hovered, inside, writing, tool, mayDraw)
}

function paintSelection(
  context: CanvasRenderingContext2D,
  camera: Camera,
  editor: Editor,
  lookup: Lookup,
  accent: string,
  ground: string,
): void {
  const { scene } = editor
  const selected = editor.selection.peek()
  const { zoom } = camera.place.peek()
  const line = lineOf(selected, lookup)
  const allLocked = [...selected].every((id) => isLocked(scene, id))
  const handles = editor.mayDraw.peek() && editor.writing.peek() === null && !allLocked
  context.fillStyle = ground
  if (line) {
    outline(context, camera, editor, [line.id], lookup)
    if (!handles) return
    for (const handle of lineHandles(line, lookup, zoom)) {
      circle(context, camera.toScreen(handle), handle.kind === 'middle' ? HANDLE - 1.5 : HANDLE)
      context.globalAlpha = handle.kind === 'middle' ? 0.6 : 1
      context.fill()
      context.stroke()
      context.globalAlpha = 1
    }
    return
  }
  const own = editor.box.peek()
  if (!own) return
  const box = paddedBox(own, zoom)
  if (selected.size > 1) {
    context.globalAlpha = 0.6
    context.lineWidth = 1
    outline(context, camera, editor, [...selected].slice(0, MOST_OUTLINES), lookup)
    context.globalAlpha = 1
    context.lineWidth = 1.5
  }
  if (allLocked) context.setLineDash([2, 3])
  polygon(context, camera, boxCorners(box))
  context.setLineDash([])
  if (!handles) return
  const top = camera.toScreen(handlePlace(box, { x: 0, y: -1 }))
  const turn = rotatePlace(box, camera)
  context.beginPath()
  context.moveTo(top.x, top.y)
  context.lineTo(turn.x, turn.y)
  context.stroke()
  circle(context, turn, HANDLE)
  context.fill()
  context.stroke()
  context.strokeStyle = accent
  for (const handle of shownHandles(box, zoom)) {
    const place = camera.toScreen(handlePlace(box, handle))
    context.save()
    context.translate(place.x, place.y)
    context.rotate(box.r)
    context.beginPath()
    context.roundRect(-HANDLE, -HANDLE, 2 * HANDLE, 2 * HANDLE, 1.5)
    context.fill()
    context.stroke()
    context.restore()
  }
}

/** The outlines of shapes, of groups their boxes. */
function outline(
  context: CanvasRenderingContext2D,
  camera: Camera,
  editor: Editor,
  ids: readonly string[],
  lookup: Lookup,
): void {
  for (const id of ids) {
    const shape = lookup(id)
    if (!shape) continue
    if (shape.kind === 'group' || shape.kind === 'ink') {
      const box = selectionBox(editor.scene, new Set([id]), lookup)
      if (box && leavesOf(editor.scene, [id]).length > 0) polygon(context, camera, boxCorners(box))
      continue
    }
    for (const line of skeleton(shape, lookup)) way(context, camera, line, shape.kind === 'geo')
  }
}

function polygon(context: CanvasRenderingContext2D, camera: Camera, points: readonly number[]): void {
  way(context, camera, points, true)
}

function way(
  context: CanvasRenderingContext2D,
  camera: Camera,
  points: readonly number[],
  closed: boolean,
): void {
  context.beginPath()
  for (let i = 0; i + 1 < points.length; i += 2) {
    const { x, y } = camera.toScreen({ x: points[i] ?? 0, y: points[i + 1] ?? 0 })
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  if (closed) context.closePath()
  context.stroke()
}

function circle(context: CanvasRenderingContext2D, { x, y }: Point, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}
