/** A pad's page: connection, editor and screen put together. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/shell.css'
import '../styles/document.css'
import '../styles/pad.css'
import '../styles/chat.css'
import '../styles/plugin-places.css'
import '../styles/surfaces.css'
import '../styles/print.css'
import '../styles/forced.css'
import { createEditor } from '../editor/editor.ts'
import { openSession } from '../net/index.ts'
import type { Session } from '../net/index.ts'
import { keepForLater, whenIdle } from '../offline/register.ts'
import { bundledPlugins } from 'virtual:bundled-plugins'
import { browserSources } from '../plugins/browser-sources.ts'
import { report } from '../report.ts'
import { startPad } from './start.tsx'

void startPad({
  openSession: ({ pad, ...wish }) =>
    openSession({
      ...wish,
      base: location.href,
      room: `p/${pad}`,
      report,
    }),
  createEditor,
  async openBoard({ pad, readOnly, ...people }) {
    const { openPadBoard } = await import('../board/in-pad.ts')
    const open = (): Session => openSession({ base: location.href, room: `b/${pad}`, readOnly, report })
    return openPadBoard({
      ...people,
      readOnly,
      openSession: open,
      address: new URL(`${encodeURIComponent(pad)}/board`, location.href).href,
    })
  },
  plugins: browserSources(bundledPlugins, location.href),
  // oxlint-disable-next-line no-console -- the one place where the page writes into the browser's log
  log: (kind, message) => console[kind](message),
})
  .then(() => whenIdle())
  .then(() => keepForLater(location.href))
  // Without the worker a pad needs the network to open; everything else works.
  .catch(report)
