/** Starts a board's page from what `main` gives it. */
import { render } from 'preact'
import { rememberPad } from '../../home/recent.ts'
import { startLanguage, useOwnWords } from '../../i18n.ts'
import type { Session } from '../../net/types.ts'
import { readBoot } from '../../pad/boot.ts'
import { Broken } from '../../pad/broken.tsx'
import { DEFAULT_OPTIONS } from '../../pad/options.ts'
import { showTheme } from '../../ui/theme.ts'
import { mountBoard } from '../mount.ts'
import { prepareHelper } from '../view.ts'
import { followLanguage } from '../words.ts'
import { createBoardModel } from './model.ts'
import { readBoardOptions } from './options.ts'
import { BoardPage } from './page.tsx'
import { watchBoardPage } from './page-events.ts'

export interface BoardParts {
  openSession(wish: { pad: string; readOnly: boolean; name?: string; colour?: string }): Session
}

/** Ms the screen, whose making takes a while, waits for the server to be greeted: its answer comes meanwhile. */
const GREETS_WITHIN = 50

/** Shows the board the document's boot data names, in `#app`; resolves when there is a board to show. */
export async function startBoard(parts: BoardParts): Promise<void> {
  const app = document.getElementById('app')
  const boot = readBoot(document.getElementById('boot')?.textContent)
  if (!app) return
  showTheme()
  const asked = readBoardOptions(new URLSearchParams(location.search), boot?.padOptions ?? DEFAULT_OPTIONS)
  const { options } = asked
  useOwnWords(boot?.settings.words ?? {})
  if (!boot) {
    await startLanguage(options.lang)
    app.replaceChildren()
    render(<Broken />, app)
    return
  }
  const session = parts.openSession({
    pad: boot.pad,
    readOnly: boot.readOnly,
    ...(options.userName === null ? {} : { name: options.userName }),
    ...(options.userColor === null ? {} : { colour: options.userColor }),
  })
  prepareHelper()
  const model = createBoardModel(session, boot, options)
  await startLanguage(options.lang, boot.padSettings.options.lang ?? null)
  const words = followLanguage()
  await words.ready
  await Promise.race([session.greeted, new Promise((resolve) => setTimeout(resolve, GREETS_WITHIN))])
  watchBoardPage(model)
  if (boot.settings.recentPads) rememberPad(boot.pad, Date.now())
  app.replaceChildren()
  render(
    <BoardPage
      model={model}
      options={asked}
      mount={(element) =>
        mountBoard(element, {
          session,
          mayDraw: model.mayWrite,
          me: model.me,
          others: model.others,
          menus: asked.menus,
          hash: location.hash,
          address: location.href.replace(/#.*$/, ''),
        })
      }
    />,
    app,
  )
  await session.ready
}
