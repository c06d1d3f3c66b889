/**
 * The eraser (SPEC-board B216): takes whole shapes, which fade while it goes over them, or with Alt or the setting what it
 * touches of strokes. Locked shapes stay, and so do frames. One press is one step of undo.
 */
import { placedPoints } from '../../../shared/board/geometry/ink-place.ts'
import { growBounds } from '../../../shared/board/geometry/bounds.ts'
import { sweptBy } from '../../../shared/board/geometry/hit.ts'
import { erase } from '../../../shared/board/ink/erase.ts'
import { encodePoints, decodePoints } from '../../../shared/board/ink/points.ts'
import { orderKeys } from '../../../shared/board/model/order.ts'
import type { InkShape, Shape } from '../../../shared/board/model/shape.ts'
import { createInk, deleteShapes } from '../../../shared/board/model/write.ts'
import { deleteWithEnds } from '../editor/deleting.ts'
import type { Inside, State, Tool } from '../editor/inside.ts'
import { isLocked } from '../editor/selecting.ts'
import { beginStep } from '../editor/step.ts'
import { usedStyle } from '../editor/styles.ts'
import type { Pointer } from '../types.ts'
import { boundsBetween } from './select/marquee.ts'

/** Screen pixels the tip reaches. */
const TIP = 9
/** What a shape that will go looks like. */
const FADED = 0.25

export function eraserTool(editor: Inside): Tool {
  const mark = (event: Pointer | null): void => {
    const eraserAt = event && { ...event.page, radius: TIP / editor.camera.place.value.zoom }
    editor.marks.value = { ...editor.marks.value, eraserAt }
  }
  return {
    cursor: 'none',
    down(event) {
      // The pen's eraser button comes as another button.
      if (event.button !== 0 && !event.eraser) return null
      mark(event)
      const state =
        event.alt !== editor.settings.value.eraserPart ? erasingParts(editor) : erasingWholes(editor)
      void state.move(event)
      return {
        move(next) {
          mark(next)
          state.move(next)
        },
        up(next) {
          state.up(next)
          if (next.device === 'touch' || editor.tool.value !== 'eraser') mark(null)
        },
        cancel() {
          state.cancel()
          mark(null)
        },
      }
    },
    hover: mark,
    leave: () => mark(null),
    rest: () => mark(null),
  }
}

/** The way of the tip since the last event: x and y by turns, the last place first. */
function wayTo(last: readonly number[], event: Pointer): number[] {
  const way = last.slice(-2)
  const { coalesced } = event
  for (let i = 0; i + 2 < coalesced.length; i += 3) way.push(coalesced[i] ?? 0, coalesced[i + 1] ?? 0)
  if (way.length === 0) way.push(event.page.x, event.page.y)
  return way
}

function under(editor: Inside, way: readonly number[], radius: number): Shape[] {
  let bounds = boundsBetween({ x: way[0] ?? 0, y: way[1] ?? 0 }, { x: way[0] ?? 0, y: way[1] ?? 0 })
  for (let i = 2; i + 1 < way.length; i += 2) {
    const x = way[i] ?? 0
    const y = way[i + 1] ?? 0
    bounds = {
      left: Math.min(bounds.left, x),
      right: Math.max(bounds.right, x),
      top: Math.min(bounds.top, y),
      bottom: Math.max(bounds.bottom, y),
    }
  }
  return editor.scene
    .within(growBounds(bounds, radius))
    .filter(({ id, kind }) => kind !== 'frame' && !isLocked(editor.scene, id))
}

function erasingWholes(editor: Inside): State {
  const { scene, camera } = editor
  const doomed = new Set<string>()
  let way: number[] = []

  function show(): void {
    const shown = new Map<string, Shape | null>()
    for (const id of doomed) {
      const shape = scene.shapes.get(id)
      if (shape && shape.kind !== 'group')
        shown.set(id, { ...shape, style: { ...shape.style, opacity: shape.style.opacity * FADED } })
    }
    editor.preview.value = shown
  }

  return {
    move(event) {
      way = wayTo(way, event)
      const tolerance = TIP / 2 / camera.place.value.zoom
      const before = doomed.size
      for (const shape of under(editor, way, tolerance)) {
        if (doomed.has(shape.id)) continue
        if (sweptBy(shape, way, { tolerance, lookup: (id) => scene.shapes.get(id) })) doomed.add(shape.id)
      }
      if (doomed.size !== before) show()
    },
    up() {
      editor.preview.value = new Map()
      if (doomed.size === 0) return
      editor.change((board) => {
        // What is in a group goes alone, as the eye sees it; the group goes with the last of it.
        deleteWithEnds(editor, board, doomed)
      })
    },
    cancel() {
      editor.preview.value = new Map()
    },
  }
}

function erasingParts(editor: Inside): State {
  const { scene, camera, random } = editor
  const step = beginStep(editor)
  let way: number[] = []

  function cut(stroke: InkShape, radius: number): void {
    const moves = []
    for (let i = 2; i + 1 < way.length || i === 2; i += 2)
      moves.push({
        fromX: way[i - 2] ?? 0,
        fromY: way[i - 1] ?? 0,
        toX: way[i] ?? way[0] ?? 0,
        toY: way[i + 1] ?? way[1] ?? 0,
        radius,
      })
    const pieces = erase(placedPoints(stroke), stroke.style.width, moves)
    if (!pieces) return
    const siblings = scene.tree().children.get(scene.tree().parents.get(stroke.id) ?? null) ?? []
    const above = siblings[siblings.findIndex(({ id }) => id === stroke.id) + 1]?.order ?? null
    const { exponent } = decodePoints(stroke.points)
    step.write((board) => {
      const room = above === null || stroke.order < above
      const orders = room
        ? orderKeys(pieces.length, stroke.order, above, random)
        : pieces.map(() => stroke.order)
      pieces.forEach((piece, i) =>
        createInk(board, {
          points: encodePoints(piece, Math.max(exponent, 2)),
          order: orders[i] ?? stroke.order,
          style: usedStyle('ink', stroke.style),
          ...(stroke.parent === null ? {} : { parent: stroke.parent }),
        }),
      )
      // Last, so that nothing is lost where a full board takes no more.
      deleteShapes(board, [stroke.id])
    })
  }

  return {
    move(event) {
      way = wayTo(way, event)
      const radius = TIP / camera.place.value.zoom
      for (const shape of under(editor, way, radius)) if (shape.kind === 'ink') cut(shape, radius)
    },
    up: () => step.done(),
    cancel: () => step.abandon(),
  }
}
