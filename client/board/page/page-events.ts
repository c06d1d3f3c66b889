/** What a board's page listens to besides the board: closing the tab, who comes and goes. */
import type { PageModel } from '../../pad/model.ts'
import { announceChanges, followKeyboard, guardLeaving } from '../../pad/page-events.ts'

/** Starts all of it; the answer stops it. */
export function watchBoardPage(model: PageModel): () => void {
  const offs = [guardLeaving(model), followKeyboard(), announceChanges(model)]
  return () => offs.forEach((off) => off())
}
