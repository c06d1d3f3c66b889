/**
 * The writing tools' actions (SPEC-text W). The tools themselves are fetched when they are used first; what listens to
 * typing comes when somebody who may write puts the cursor into the text.
 */
import { effect } from '@preact/signals'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { IconShape } from '../ui/icons.ts'
import { toast } from '../ui/toasts.tsx'
import type { Action, Actions, Place } from './actions.ts'
import { keepKeysAhead } from './keys-ahead.ts'
import type { Visit } from './last-visit.ts'
import type { PadModel } from './model.ts'

/** What a tool works on. */
export interface Bench {
  model: PadModel
  actions: Actions
  /** When somebody was here before in this browser, and what they had seen; null for never. */
  visit: Visit | null
}

/** What a tool does; `from` is the button it was called with, if any. Resolves when it is open. */
export type Tool = (bench: Bench, from?: Element) => void | Promise<void>

type Plan = readonly [
  id: string,
  label: Key,
  icon: IconShape,
  keys: string,
  place: readonly Place[],
  writes: boolean,
]

/** On the grid of the interface's icons. */
const ICONS = {
  search: 'M3 9a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM13.4 13.4l3.85 3.85',
  smile:
    'M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0zM7 12c.8 1.1 1.8 1.6 3 1.6s2.2-.5 3-1.6M7.5 8h.01M12.5 8h.01',
  omega: 'M3.5 16.25h4.25v-2.1a5.5 5.5 0 1 1 4.5 0v2.1h4.25',
  paste: 'M7.5 4h-2a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2h-2M7.5 5.5v-2.5h5v2.5z',
} as const

/** Keys with which the browser itself does it, and better: shown, never taken. */
const BROWSER_KEYS: ReadonlySet<string> = new Set(['Mod-Shift-v'])

/** Those with a field one types in at once. */
const FIELDS: ReadonlySet<string> = new Set(['palette', 'find', 'replace', 'emoji', 'characters'])

/** Under this name the tools stand among what plugins add. */
const NAME = 'writing'

const PLANS: readonly Plan[] = [
  ['palette', 'write.palette', 'keyboard', 'Alt-/', ['menu', 'more'], false],
  ['find', 'write.find', ICONS.search, 'Mod-f', ['menu', 'more'], false],
  ['replace', 'write.replace', ICONS.search, 'Mod-Shift-h', [], true],
  ['findnext', 'write.findNext', 'arrow-down', 'Mod-g', [], false],
  ['findprevious', 'write.findPrevious', 'arrow-up', 'Mod-Shift-g', [], false],
  ['pasteplain', 'write.pastePlain', ICONS.paste, 'Mod-Shift-v', ['more'], true],
  ['pastemarkdown', 'write.pasteMarkdown', ICONS.paste, 'Alt-Shift-v', ['more'], true],
  ['copylink', 'write.copyLink', 'link', 'Alt-Shift-l', ['more'], false],
  ['emoji', 'write.emoji', ICONS.smile, 'Alt-Shift-e', ['slash', 'more'], true],
  ['characters', 'write.characters', ICONS.omega, 'Alt-Shift-s', ['slash', 'more'], true],
  ['focusmode', 'write.focusMode', 'eye', 'Alt-Shift-z', ['menu'], false],
  ['whowrote', 'write.whoWrote', 'people', 'Alt-Shift-w', [], false],
  ['follow', 'write.follow', 'people', 'Alt-Shift-f', ['menu'], false],
  ['lastchange', 'write.lastChange', 'edit', 'Alt-Shift-j', [], false],
  ['sincelast', 'write.sinceLast', 'eye', 'Alt-Shift-h', ['menu'], false],
  ['insertmenu', 'write.insert', 'plus', '', ['more'], true],
]

/** Adds the actions; the answer takes them away. */
export function startWriting(bench: Bench): () => void {
  const { model } = bench
  const offs = PLANS.map(([id, label, icon, keys, place, writes]) => {
    const action: Action = {
      id,
      label,
      icon,
      group: 'page',
      place,
      writes,
      ...(keys === '' ? {} : { keys }),
      ...(BROWSER_KEYS.has(keys) ? { browserKey: true } : {}),
      run: (from) => {
        const opened = FIELDS.has(id) ? keepKeysAhead() : undefined
        import('../writing/tools.ts')
          .then(({ useTool }) => useTool(id, bench, from))
          .catch(cannotLoad)
          .finally(opened)
      },
    }
    return model.parts.actions.add(NAME, action)
  })
  offs.push(listenWhenWriting(bench), tellWho(model))
  return () => offs.forEach((off) => off())
}

/** The parts that listen to typing come with the first focus. */
function listenWhenWriting(bench: Bench): () => void {
  const { model } = bench
  let asked = false
  let off: (() => void) | undefined
  const listen = (): void => {
    if (asked) return
    asked = true
    import('../writing/typing.ts').then(
      ({ watchTyping }) => (off = watchTyping(bench)),
      () => (asked = false),
    )
  }
  const stop = effect(() => {
    const view = model.editor.value?.view
    if (!view || !model.mayWrite.value) return
    if (view.hasFocus()) listen()
    view.dom.addEventListener('focus', listen)
    return () => view.dom.removeEventListener('focus', listen)
  })
  return () => {
    stop()
    off?.()
  }
}

/** Ms without a change before the text is looked through for ticked tasks. */
const LOOK = 700

/** What tells who wrote and who ticked comes when a mouse is over somebody's words, and with the first ticked task. */
function tellWho(model: PadModel): () => void {
  let off: (() => void) | undefined
  let asked = false
  const start = (event?: PointerEvent): void => {
    asked = true
    import('../writing/authors/marks.ts').then(
      ({ startMarks }) => (off = startMarks(model, event)),
      () => (asked = false),
    )
  }
  const point = (event: PointerEvent): void => {
    if (!asked && event.target instanceof Element && event.target.closest('.ProseMirror [data-author]'))
      start(event)
  }
  const stop = effect(() => {
    if (asked || !model.editorState.value) return
    const timer = setTimeout(() => {
      if (!asked && document.querySelector('.ProseMirror [data-list="checked"]')) start()
    }, LOOK)
    return () => clearTimeout(timer)
  })
  document.addEventListener('pointerover', point)
  return () => {
    stop()
    document.removeEventListener('pointerover', point)
    off?.()
  }
}

function cannotLoad(): void {
  toast(t('write.unavailable'), 'warning')
}
