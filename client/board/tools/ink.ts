/**
 * A stroke while it is drawn (SPEC-board B213): steadied, simplified as it is stored, ended where it grows too long and gone on
 * with. One press is one step of undo.
 */
import { inkExponent, MAX_PRESSURE, encodePoints, pointsBounds } from '../../../shared/board/ink/points.ts'
import { createSimplifier } from '../../../shared/board/ink/simplify.ts'
import type { Simplifier } from '../../../shared/board/ink/simplify.ts'
import { growBounds } from '../../../shared/board/geometry/bounds.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { MAX_COORDINATE, SPLIT_INK_POINTS } from '../../../shared/board/limits.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { createInk } from '../../../shared/board/model/write.ts'
import type { Inside } from '../editor/inside.ts'
import { newPlace, underInk } from '../editor/making.ts'
import { toolStyle } from '../editor/styles.ts'
import type { LiveStroke, Off, Pointer, ToolId } from '../types.ts'

/** Screen pixels a simplified stroke may be off. */
const TOLERANCE = 0.4
/** Ms after which what was expected has not come. */
const EXPECTED = 60

interface Points {
  readonly xy: number[]
  readonly pressure: number[]
}

/** A stroke under way, perhaps in several pieces. */
export interface InkStroke {
  add(event: Pointer): void
  /** Writes what is left to write; gives the ids of all pieces. */
  end(): string[]
  drop(): void
  /** Not shown any more; it still can be ended. */
  hide(): void
  /** All of it as it will be stored, while it is a single piece; null later. */
  points(): Points | null
  readonly style: Style
  /** The id of the piece under way. */
  readonly id: string
}

export function beginInk(editor: Inside, tool: ToolId, first: Pointer): InkStroke {
  const { scene, camera, random } = editor
  const style: Style = { ...DEFAULT_STYLE, ...toolStyle(editor.nextStyle.value, tool) }
  const { zoom } = camera.place.value
  const { hasPressure } = first
  const settings = editor.settings.value
  // A mouse shakes more than a pen, which its driver has steadied already.
  const follow = 1 - 0.8 * settings.steady * (first.device === 'pen' ? 0.5 : 1)
  const made: string[] = []
  let id = newShapeId(random)
  let kept: Points = { xy: [], pressure: [] }
  let live: number[] = []
  let simplifier: Simplifier = simplifierFor()
  let x = first.page.x
  let y = first.page.y
  let pressure = hasPressure ? first.pressure : 0.5
  /** Where the pointer is; the steadied line lags behind. */
  let tip = first.page
  /** Takes away what was expected and did not come. */
  let waiting: Off | null = null

  function simplifierFor(): Simplifier {
    const points = kept
    const options = { tolerance: TOLERANCE / zoom, width: hasPressure ? style.width : 0 }
    return createSimplifier(options, (px, py, force) => {
      points.xy.push(px, py)
      points.pressure.push(force)
    })
  }

  function push(): void {
    const force = Math.round(pressure * MAX_PRESSURE)
    simplifier.add(x, y, force)
    live.push(x, y, pressure)
    if (kept.pressure.length < SPLIT_INK_POINTS - 1) return
    write()
    id = newShapeId(random)
    kept = { xy: [], pressure: [] }
    live = [x, y, pressure]
    simplifier = simplifierFor()
    simplifier.add(x, y, force)
  }

  function show(predicted: readonly number[] = []): void {
    const stroke: LiveStroke = { id, points: { values: live, length: live.length }, hasPressure, style }
    forget()
    if (predicted.length > 0) waiting = editor.after(EXPECTED, show)
    editor.stroke.value = predicted.length === 0 ? stroke : { ...stroke, ahead: steadied(predicted) }
  }

  function forget(): void {
    waiting?.()
    waiting = null
  }

  function hide(): void {
    forget()
    editor.stroke.value = null
  }

  /** What is expected, as it would be drawn. */
  function steadied(places: readonly number[]): number[] {
    const ahead: number[] = []
    let [ax, ay] = [x, y]
    for (let i = 0; i + 2 < places.length; i += 3) {
      ax += (clamp(places[i] ?? ax) - ax) * follow
      ay += (clamp(places[i + 1] ?? ay) - ay) * follow
      ahead.push(ax, ay, pressure)
    }
    return ahead
  }

  function write(): void {
    simplifier.end()
    if (kept.pressure.length === 0) return
    const points = encodePoints(
      { xy: Float64Array.from(kept.xy), pressure: hasPressure ? Uint8Array.from(kept.pressure) : null },
      inkExponent(zoom),
    )
    const piece = id
    editor.change((board) => {
      const bounds = pointsBounds(points)
      const { parent, order: top } = newPlace(scene, bounds, random, true)
      const order =
        style.brush === 'highlighter'
          ? underInk(scene, growBounds(bounds, style.width / 2), parent, random)
          : top
      const { brush, color, opacity, width } = style
      createInk(board, {
        id: piece,
        points,
        order,
        style: { brush, color, opacity, width },
        ...(parent === null ? {} : { parent }),
      })
    })
    made.push(piece)
  }

  push()
  show()
  return {
    add(event) {
      const { coalesced } = event
      for (let i = 0; i + 2 < coalesced.length; i += 3) {
        const px = clamp(coalesced[i] ?? x)
        const py = clamp(coalesced[i + 1] ?? y)
        tip = { x: px, y: py }
        x += (px - x) * follow
        y += (py - y) * follow
        // Lifted, a pen presses no more: that is no part of the line.
        if (hasPressure && event.type !== 'up') pressure += ((coalesced[i + 2] ?? pressure) - pressure) * 0.6
        push()
      }
      show(event.predicted)
    },
    end() {
      if (Math.hypot(tip.x - x, tip.y - y) * zoom > TOLERANCE) {
        ;({ x, y } = tip)
        push()
      }
      write()
      hide()
      return made
    },
    drop: hide,
    hide,
    points() {
      if (made.length > 0) return null
      const tail = live.slice(-3)
      return { xy: [...kept.xy, tail[0] ?? x, tail[1] ?? y], pressure: kept.pressure }
    },
    style,
    get id() {
      return id
    },
  }
}

function clamp(value: number): number {
  return Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, value))
}
