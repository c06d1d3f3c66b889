/** Says where this person is on the board: pointer, selection, what they see (SPEC-board B404). */
import { effect } from '@preact/signals'
import { boardPresenceValue } from '../../../shared/board/presence.ts'
import type { SeenPart } from '../../../shared/meeting.ts'
import type { Session } from '../../net/types.ts'
import type { Camera, Editor, Off } from '../types.ts'

/** Begins to say it; the session does so no more often than others can use. */
export function tellOwnPlace(
  session: Pick<Session, 'setBoardPlace'>,
  editor: Pick<Editor, 'pointerAt' | 'selection' | 'camera'>,
): Off {
  return effect(() => {
    session.setBoardPlace(
      boardPresenceValue({
        at: editor.pointerAt.value,
        selection: [...editor.selection.value],
        seen: seenPart(editor.camera),
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
