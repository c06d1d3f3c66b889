/** Says where this person is on the board: pointer, selection, what they see (SPEC-board B404). */
import { effect } from '@preact/signals'
import { isEmptyBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { isBoxed } from '../../../shared/board/model/shape.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { boardPresenceValue } from '../../../shared/board/presence.ts'
import type { SeenPart } from '../../../shared/meeting.ts'
import type { Session } from '../../net/types.ts'
import { TOO_MANY } from '../editor/step.ts'
import type { Camera, Editor, Off } from '../types.ts'

/** Begins to say it; the session does so no more often than others can use. */
export function tellOwnPlace(
  session: Pick<Session, 'setBoardPlace'>,
  editor: Pick<Editor, 'pointerAt' | 'selection' | 'camera' | 'preview'>,
): Off {
  return effect(() => {
    session.setBoardPlace(
      boardPresenceValue({
        at: editor.pointerAt.value,
        selection: [...editor.selection.value],
        seen: seenPart(editor.camera),
        held: heldBounds(editor.preview.value),
      }),
    )
  })
}

/** What is seen; null while the board has no size. */
export function seenPart({ seen, size }: Camera): SeenPart | null {
  const { left, top, right, bottom } = seen.value
  if (size.value.width <= 0 || size.value.height <= 0) return null
  return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
}

/** Round shapes of a gesture that are so many that they are written at its end only (B201). */
function heldBounds(preview: ReadonlyMap<string, Shape | null>): Bounds | null {
  if (preview.size <= TOO_MANY) return null
  let all = NO_BOUNDS
  for (const shape of preview.values())
    if (shape && isBoxed(shape)) all = joinBounds(all, boxBounds(shape.box))
  return isEmptyBounds(all) ? null : all
}
