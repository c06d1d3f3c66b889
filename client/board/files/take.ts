/** Files that become shapes, and what is said of them (SPEC-board B526, B528). */
import { toast } from '../../ui/toasts.tsx'
import type { Point } from '../types.ts'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'
import type { BoardUi } from '../ui/ui.ts'
import { bringFile } from './bring.ts'
import type { BringTrouble } from './bring.ts'

export const BRING_WORDS: Readonly<Record<BringTrouble, BoardKey>> = {
  tooFast: 'board.files.tooFast',
  busy: 'board.files.busy',
  tooLarge: 'board.files.tooLarge',
  unreadable: 'board.files.unreadable',
  noConverter: 'board.files.noConverter',
  forbidden: 'board.files.forbidden',
  failed: 'board.files.failed',
}

/** Sends a file, shows where it came to, says what came. Gives what went wrong, null for nothing. */
export async function takeFile(ui: BoardUi, file: Blob, at: Point | null): Promise<BringTrouble | null> {
  const found = await bringFile(ui.addressOf(''), file, { at, ticket: ui.session.ticket })
  if (typeof found === 'string') return found
  const { added, known, missed, around, ids } = found
  const words = [say('board.files.came', { n: added })]
  if (known > 0) words.push(say('board.files.known', { n: known }))
  if (missed > 0) words.push(say('board.files.missed', { n: missed }))
  toast(words.join(' '), 'info')
  if (around && added > 0) ui.editor.camera.fit(around, { margin: 64, most: 1, glide: true })
  selectOnceThere(ui, ids)
  return null
}

/** Ms that what came may take to this page. */
const ON_ITS_WAY = 5000

/** So that it can be moved, or taken away, as one. */
function selectOnceThere({ editor }: BoardUi, ids: readonly string[]): void {
  const { scene } = editor
  if (ids.length === 0) return
  const look = (): void => {
    if (!ids.every((id) => scene.shapes.has(id))) return
    end()
    editor.setTool('select')
    editor.select(ids)
  }
  const timer = setTimeout(() => end(), ON_ITS_WAY)
  const off = scene.onChange(look)
  const end = (): void => {
    clearTimeout(timer)
    off()
  }
  look()
}

/** Takes files one after the other; what goes wrong is said. */
export async function takeFiles(ui: BoardUi, files: readonly Blob[], at: Point): Promise<void> {
  for (const file of files) {
    const trouble = await takeFile(ui, file, at)
    if (trouble !== null) toast(say(BRING_WORDS[trouble]), 'warning')
  }
}
