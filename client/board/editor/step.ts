/**
 * What a gesture does to the board, as one step of undo (SPEC-board B201): shown at once, written some times a second so that
 * others see it, and taken back as if it had never been when the gesture is called off.
 */
import { batch } from '@preact/signals'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { ShapeParts } from '../../../shared/board/model/write.ts'
import { withParts } from '../../../shared/board/model/with-parts.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Off } from '../types.ts'
import type { Inside } from './inside.ts'

/** Ms between writes while a gesture lasts: often enough to look at, rarely enough for the log. */
export const WRITE_EVERY = 150
/** Many shapes are written less often, and so many only at the end: nothing may wait for them. */
const MANY = 100
export const TOO_MANY = 400

export interface Step {
  /** Shows shapes with these parts, and writes them soon. A later call says all parts anew. */
  show(parts: ReadonlyMap<string, ShapeParts>): void
  /** Changes the board now. */
  write(what: (board: Board) => void): void
  /** Shows these with it because they follow, such as lines that are bound. */
  follow(ids: Iterable<string>): void
  /** Ends the step: what is shown is written, then `last` is done, when the scene has it already. */
  done(last?: (board: Board) => void): void
  abandon(): void
}

const NOTHING: ReadonlyMap<string, Shape | null> = new Map()

/** Begins a step; until it is done or abandoned, all this person changes belongs to it. */
export function beginStep(editor: Inside): Step {
  const { scene, undo } = editor
  let parts: ReadonlyMap<string, ShapeParts> = new Map()
  let written = true
  let later: Off | null = null
  let followers: readonly string[] = []
  undo.begin()

  function paint(): void {
    const shown = new Map<string, Shape | null>()
    for (const id of followers) {
      const shape = scene.shapes.get(id)
      if (shape) shown.set(id, shape)
    }
    for (const [id, changed] of parts) {
      const shape = scene.shapes.get(id)
      if (shape) shown.set(id, withParts(shape, changed))
    }
    editor.preview.value = shown
  }

  function flush(board: Board): void {
    if (written) return
    written = true
    for (const [id, changed] of parts) changeShape(board, id, changed)
  }

  function rest(): void {
    later = null
    if (!written && parts.size <= TOO_MANY) write(() => {})
  }

  function write(what: (board: Board) => void): void {
    editor.change((board) => {
      flush(board)
      what(board)
    })
    later ??= editor.after(WRITE_EVERY * Math.max(1, Math.ceil(parts.size / MANY)), rest)
  }

  // What others change meanwhile shows as well.
  const off = scene.onChange(({ ids }) => {
    for (const id of ids) if (parts.has(id) || followers.includes(id)) return paint()
  })

  function end(): void {
    off()
    later?.()
    later = null
    editor.preview.value = NOTHING
  }

  return {
    show(next) {
      parts = next
      written = false
      if (later === null && parts.size <= TOO_MANY) write(() => {})
      paint()
    },
    write,
    follow(ids) {
      followers = [...ids]
    },
    done(last) {
      batch(() => {
        if (!written) editor.change(flush)
        if (last) editor.change(last)
        undo.end()
        end()
      })
    },
    abandon() {
      batch(() => {
        editor.abandonStep()
        end()
      })
    },
  }
}
