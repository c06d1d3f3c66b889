/** A board's page, `/p/NAME/board`: connection, board and screen put together. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/shell.css'
import '../styles/pad.css'
import '../styles/chat.css'
import '../styles/board-fonts.css'
import '../styles/board.css'
import '../styles/forced.css'
import { openSession } from '../net/index.ts'
import { keepForLater, whenIdle } from '../offline/register.ts'
import { report } from '../report.ts'
import { startBoard } from './page/start.tsx'

/** The page of the pad, to which all other addresses are relative. */
function padPage(pad: string): string {
  return new URL(`../${encodeURIComponent(pad)}`, location.href).href
}

void startBoard({
  openSession: ({ pad, ...wish }) => openSession({ ...wish, base: padPage(pad), room: `b/${pad}`, report }),
})
  .then(() => whenIdle())
  .then(() => keepForLater(location.href, '../../'))
  // Without the worker a board needs the network to open; everything else works.
  .catch(report)
