/** Starts a pad's page from what `main` gives it. */
import { render } from 'preact'
import type { JSX } from 'preact'
import { startLanguage, t } from '../i18n.ts'
import { rememberPad } from '../home/recent.ts'
import type { Session } from '../net/types.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { showTheme } from '../ui/theme.ts'
import { actionMap, pageActions } from './actions.ts'
import { readBoot } from './boot.ts'
import { createModel } from './model.ts'
import type { CreateEditor } from './mount-editor.ts'
import { DEFAULT_OPTIONS, readOptions } from './options.ts'
import { PadPage } from './page.tsx'
import { watchPage } from './page-events.ts'
import { keptPreferences, preferenceSignals, startPreferences } from './preferences.ts'
import { textActions } from './text-actions.ts'

/** The parts a pad's page is put together from. */
export interface PadParts {
  openSession(wish: { pad: string; readOnly: boolean; name?: string; colour?: string }): Session
  createEditor: CreateEditor
}

/** Shows the pad the document's boot data names, in `#app`; resolves when there is a text to show. */
export async function startPad(parts: PadParts): Promise<void> {
  const app = document.getElementById('app')
  const boot = readBoot(document.getElementById('boot')?.textContent)
  if (!app) return
  showTheme()
  const { options, asked } = readOptions(
    new URLSearchParams(location.search),
    boot?.padOptions ?? DEFAULT_OPTIONS,
  )
  const language = startLanguage(options.lang)
  if (!boot) {
    await language
    render(<Broken />, cleared(app))
    return
  }
  const session = parts.openSession({
    pad: boot.pad,
    readOnly: boot.readOnly,
    ...(options.userName === null ? {} : { name: options.userName }),
    ...(options.userColor === null ? {} : { colour: options.userColor }),
  })
  const preferences = preferenceSignals(startPreferences(options, asked, keptPreferences()))
  const model = createModel(session, boot, options, preferences)
  const actions = actionMap([...textActions(model), ...pageActions(model)])
  await language
  if (options.chatAndUsers && window.innerWidth >= 1040) model.panel.value = 'showusers'
  const reader = app.querySelector('.reader')
  watchPage(model, actions)
  rememberPad(boot.pad, Date.now())
  render(
    <PadPage model={model} actions={actions} createEditor={parts.createEditor} reader={reader} />,
    cleared(app),
  )
  await session.ready
}

function cleared(app: HTMLElement): HTMLElement {
  app.replaceChildren()
  return app
}

/** The page came without its data. */
function Broken(): JSX.Element {
  return (
    <main class="ending">
      <Icon name="warning" class="big" />
      <h1>{t('pad.offlineStart')}</h1>
      <p>{t('pad.offlineStartBody')}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('pad.reload')}
      </Button>
    </main>
  )
}
