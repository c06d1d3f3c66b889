/** What the whole page listens to: keys, closing the tab, the keyboard of a phone, who comes and goes. */
import { effect } from '@preact/signals'
import { t } from '../i18n.ts'
import { announce } from '../ui/announce.ts'
import type { Action, Actions } from './actions.ts'
import { matchesKeys } from './key-names.ts'
import type { PadModel, PageModel } from './model.ts'
import { mustWarn } from './status-text.ts'

type Off = () => void

/** Starts all of it; the answer stops it. */
export function watchPage(model: PadModel, actions: Actions): Off {
  const offs = [
    watchKeys(model, actions),
    guardLeaving(model),
    followKeyboard(),
    announceChanges(model),
    takeDrops(model),
  ]
  return () => offs.forEach((off) => off())
}

/** Leads the keyboard to the toolbar, or to the header where there is none. */
export function focusTools(): boolean {
  const target = ['.toolbar [tabindex="0"]', '.keybar button', '.header button']
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((element) => element?.checkVisibility())
  target?.focus()
  return target !== undefined
}

function watchKeys(model: PadModel, actions: Actions): Off {
  const toTools = !model.boot.settings.keysOff.includes('altF9')
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    if (toTools && event.altKey && event.key === 'F9') {
      event.preventDefault()
      focusTools()
      return
    }
    if (event.key === 'Escape' && model.panel.value !== null) {
      model.panel.value = null
      return
    }
    for (const action of actions.values()) {
      if (!action.keys || action.browserKey || !isPageKey(action)) continue
      // Mod-K at selected words or in a link is the text's and does not come here.
      if (!matchesKeys(event, action.keys) && !(action.id === 'palette' && matchesKeys(event, 'Mod-k')))
        continue
      if (action.writes && !model.mayWrite.value) continue
      event.preventDefault()
      action.run()
      return
    }
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

/** Keys that work in the whole page: those of the page's own actions that the browser has not, and plugins' for the page. */
function isPageKey({ id, group, place }: Action): boolean {
  return ['help', 'chat'].includes(id) || (group === 'page' && place !== undefined)
}

/** The browser asks before the tab closes, only when something would be lost. */
export function guardLeaving(model: PageModel): Off {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  let asking = false
  const stop = effect(() => {
    const wanted = mustWarn(model.status.value)
    if (wanted === asking) return
    asking = wanted
    if (wanted) window.addEventListener('beforeunload', ask)
    else window.removeEventListener('beforeunload', ask)
  })
  return () => {
    stop()
    window.removeEventListener('beforeunload', ask)
  }
}

/** A file that nobody else takes is offered to the pad; without this the browser would open it in the page's place. */
export function takeDrops(model: Pick<PadModel, 'dialog' | 'dropped' | 'mayWrite'>): Off {
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
  }
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0]
    if (event.defaultPrevented || !file) return
    event.preventDefault()
    if (!model.mayWrite.peek() || model.dialog.peek() !== null) return
    model.dropped.value = file
    model.dialog.value = 'import'
  }
  window.addEventListener('dragover', over)
  window.addEventListener('drop', drop)
  return () => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('drop', drop)
  }
}

/** `--keyboard` is the height a phone's keyboard covers, where the browser does not shrink the page itself. */
export function followKeyboard(): Off {
  const view = window.visualViewport
  if (!view) return () => undefined
  const update = (): void => {
    const covered = view.scale > 1.05 ? 0 : Math.max(0, window.innerHeight - view.height - view.offsetTop)
    document.documentElement.style.setProperty('--keyboard', `${Math.round(covered)}px`)
  }
  view.addEventListener('resize', update)
  view.addEventListener('scroll', update)
  return () => {
    view.removeEventListener('resize', update)
    view.removeEventListener('scroll', update)
  }
}

/** More people than this at once are a count, not a list of names. */
const NAMES_SAID = 3

/** Says who comes and goes, and that the connection is back. */
export function announceChanges(model: PageModel): Off {
  let here: ReadonlyMap<string, string> | null = null
  let online: boolean | null = null
  const stopPeople = effect(() => {
    if (!model.ready.value) return
    const nameless = t('common.nameless')
    const now = new Map(
      model.others.value
        .filter((person) => person.here)
        .map((person) => [person.author, person.name || nameless]),
    )
    const before = here
    here = now
    if (before === null) return
    const joined = [...now].filter(([author]) => !before.has(author))
    const left = [...before].filter(([author]) => !now.has(author))
    if (joined.length + left.length > NAMES_SAID) announce(t('pad.people', { n: now.size + 1 }))
    else {
      for (const [, name] of joined) announce(t('status.joined', { name }))
      for (const [, name] of left) announce(t('status.left', { name }))
    }
  })
  const stopLine = effect(() => {
    const { state } = model.status.value
    if (state === 'loading') return
    const now = state !== 'offline'
    if (online === false && now) announce(t('status.back'))
    online = now
  })
  return () => {
    stopPeople()
    stopLine()
  }
}
