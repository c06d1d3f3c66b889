/** One note after another (SPEC-board B220): Tab on a note makes one beside it, like it, and writes in that. */
import { boxOf } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { boundsTouch, growBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { createShape } from '../../../shared/board/model/write.ts'
import type { Inside } from './inside.ts'
import { topOrder } from './making.ts'
import { onlyOf, placeOf } from './selecting.ts'
import { usedStyle } from './styles.ts'

/** Page units between notes, as a share of their width. */
const GAP = 1 / 8
/** Places tried in a row, and rows. */
const TRIES = 40

/** Makes a note beside the one that is selected or written in; false when there is none. */
export function noteBeside(editor: Inside): boolean {
  const { scene, random } = editor
  const id = editor.writing.value ?? onlyOf(editor.selection.value)
  const note = id === null ? undefined : scene.shapes.get(id)
  if (note?.kind !== 'note' || !editor.mayDraw.value) return false
  const made = newShapeId(random)
  editor.write(null)
  editor.change((board) => {
    createShape(board, {
      id: made,
      kind: 'note',
      box: freePlace(editor, note.box),
      order: topOrder(scene, scene.tree().parents.get(note.id) ?? null, random),
      style: usedStyle('note', note.style),
      ...(note.parent === null ? {} : { parent: note.parent }),
    })
  })
  if (!scene.shapes.has(made)) return false
  editor.select([made])
  editor.write(made)
  return true
}

/** The first place to the right with nothing on it, else one below. */
function freePlace({ scene }: Inside, { x, y, w, h, r }: Box): Box {
  const gap = w * GAP
  const isFree = (at: Bounds): boolean =>
    !scene.within(growBounds(at, -1)).some((shape) => {
      if (shape.kind === 'frame' || shape.kind === 'line' || shape.kind === 'ink') return false
      const place = placeOf(shape, (id) => scene.shapes.get(id))
      return place !== null && boundsTouch(growBounds(at, -1), place)
    })
  for (let i = 1; i <= TRIES; i++) {
    const right = { left: x + i * (w + gap), top: y, right: x + i * (w + gap) + w, bottom: y + h }
    if (isFree(right)) return boxOf(right.left, y, w, h, r)
  }
  return boxOf(x, y + h + gap, w, h, r)
}
