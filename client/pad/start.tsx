/** Starts a pad's page from what `main` gives it. */
import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import { chooseLanguage } from '../../shared/languages.ts'
import type { PadSettings } from '../../shared/settings.ts'
import { setLanguage, startLanguage, useOwnWords } from '../i18n.ts'
import { rememberPad } from '../home/recent.ts'
import type { Session } from '../net/types.ts'
import { createParts } from '../plugins/parts.ts'
import { showTheme } from '../ui/theme.ts'
import { actionMap, chatActions, pageActions } from './actions.ts'
import { readBoot } from './boot.ts'
import { Broken } from './broken.tsx'
import { withoutKeys } from './keys-off.ts'
import { watchVisit } from './last-visit.ts'
import { createModel } from './model.ts'
import type { OpenBoard, PadModel } from './model.ts'
import type { CreateEditor } from './mount-editor.ts'
import { DEFAULT_OPTIONS, optionsInForce, readOptions } from './options.ts'
import { PadPage } from './page.tsx'
import { watchPage } from './page-events.ts'
import { beginPlugins, storage } from './page-plugins.ts'
import type { PluginParts } from './page-plugins.ts'
import { createPreferences, keptPreferences } from './preferences.ts'
import { signInActions } from './sign-in.tsx'
import { followSurface } from './surface-address.ts'
import { createSurfaces, surfaceOf } from './surfaces.ts'
import { textActions } from './text-actions.ts'
import { startWriting } from './writing.ts'

/** The parts a pad's page is put together from. */
export interface PadParts extends PluginParts {
  openSession(wish: { pad: string; readOnly: boolean; name?: string; colour?: string }): Session
  createEditor: CreateEditor
  openBoard: OpenBoard
}

/** Shows the pad the document's boot data names, in `#app`; resolves when the text is shown, at most 15 s after it came. */
export async function startPad(parts: PadParts): Promise<void> {
  const app = document.getElementById('app')
  const boot = readBoot(document.getElementById('boot')?.textContent)
  if (!app) return
  showTheme()
  const { options, asked } = readOptions(
    new URLSearchParams(location.search),
    boot?.padOptions ?? DEFAULT_OPTIONS,
  )
  useOwnWords(boot?.settings.words ?? {})
  if (!boot) {
    await startLanguage(options.lang)
    render(<Broken />, cleared(app))
    return
  }
  const padSettings = signal(boot.padSettings)
  const language = padLanguage(options.lang, boot.padSettings)
  const session = parts.openSession({
    pad: boot.pad,
    readOnly: boot.readOnly,
    ...(options.userName === null ? {} : { name: options.userName }),
    ...(options.userColor === null ? {} : { colour: options.userColor }),
  })
  const pageParts = createParts()
  const preferences = createPreferences({
    options,
    asked,
    pad: padSettings,
    kept: keptPreferences(),
    authorViews: computed(() => pageParts.authorViews.parts.value.map(({ value }) => value.id)),
  })
  const live = optionsInForce(options, asked, padSettings)
  const surfaces = createSurfaces({
    parts: pageParts,
    asked: surfaceOf(location.search),
    storage: storage(),
  })
  const model = createModel(session, boot, live, preferences, {
    padSettings,
    parts: pageParts,
    surfaces,
    openBoard: parts.openBoard,
  })
  const comeAndGo = computed(() => [
    ...withoutKeys(chatActions(model), boot.settings.keysOff),
    ...pageParts.actions.parts.value.map(({ value }) => value),
  ])
  const actions = actionMap(
    withoutKeys(
      [...textActions(model), ...pageActions(model), ...signInActions(boot.login)],
      boot.settings.keysOff,
    ),
    comeAndGo,
  )
  const host = beginPlugins(model, actions, parts)
  await language
  followLanguage(options.lang, padSettings)
  if (live.chatAndUsers && !model.chat.shown.value && window.innerWidth >= 1040)
    model.panel.value = 'showusers'
  const reader = app.querySelector('.reader')
  watchPage(model, actions)
  startWriting({ model, actions, visit: watchVisit(model, storage()) })
  followSurface(surfaces)
  if (boot.settings.recentPads) rememberPad(boot.pad, Date.now())
  render(
    <PadPage model={model} actions={actions} host={host} createEditor={parts.createEditor} reader={reader} />,
    cleared(app),
  )
  await session.ready
  await textShown(model)
}

/** Ms the text may take until the page counts as started without it. */
const SHOWN = 15_000

function textShown({ editor }: Pick<PadModel, 'editor'>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, SHOWN)
    const stop = effect(() => {
      if (editor.value) queueMicrotask(done)
    })
    function done(): void {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })
}

/** A language the pad's owner enforces, else the usual choice, in which the owner's comes before the browser's. */
async function padLanguage(asked: string | null, { enforce, options }: PadSettings): Promise<void> {
  const decided = options.lang ?? null
  if (enforce && decided !== null) await setLanguage(chooseLanguage([decided]))
  else await startLanguage(asked, decided)
}

/** What the owner decides on the language later is followed, too. */
function followLanguage(asked: string | null, decisions: ReadonlySignal<PadSettings>): void {
  const decided = ({ enforce, options }: PadSettings): string => `${enforce} ${options.lang ?? ''}`
  let before = decided(decisions.peek())
  effect(() => {
    const now = decided(decisions.value)
    if (now !== before) void padLanguage(asked, decisions.peek())
    before = now
  })
}

function cleared(app: HTMLElement): HTMLElement {
  app.replaceChildren()
  return app
}
