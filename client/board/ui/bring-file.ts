/** Chooses a file of this device and puts what is in it on the board. */
import { toast } from '../../ui/toasts.tsx'
import { say } from '../words.ts'
import { TROUBLE } from './dialogs/export.tsx'
import { bringFile } from './files.ts'
import type { BoardUi } from './ui.ts'

const ACCEPT = '.json,.excalidraw,.svg,.pdf,.board,application/json,image/svg+xml,application/pdf'

/** Opens the browser's choice of files. */
export function chooseFile(ui: BoardUi): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = ACCEPT
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) void bring(ui, file)
  })
  input.click()
}

async function bring(ui: BoardUi, file: File): Promise<void> {
  const { editor, session } = ui
  toast(say('board.file.bringing', { name: file.name }), 'info')
  const { left, top, right, bottom } = editor.camera.seen.peek()
  const came = await bringFile(ui.addressOf(''), file, {
    at: { x: (left + right) / 2, y: (top + bottom) / 2 },
    ticket: session.ticket,
  })
  if (typeof came === 'string') {
    toast(say(TROUBLE[came]), 'warning')
    return
  }
  toast(
    say(came.left > 0 ? 'board.file.broughtSome' : 'board.file.brought', { n: came.added, left: came.left }),
  )
  if (came.around) editor.camera.fit(came.around, { margin: 48, most: 1, glide: true })
}
