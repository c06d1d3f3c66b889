/**
 * Everything a person can do on a pad's page, once. Toolbar, menus, keys and the shortcut help are made from this list.
 * Ids are Etherpad's toolbar keys where it has one.
 */
import { computed } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import type { EditorState } from 'prosemirror-state'
import type { PluginAction } from '../../shared/plugin.ts'
import type { Formatting } from '../editor/commands/formatting.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { IconShape } from '../ui/icons.ts'
import { APPLE } from './key-names.ts'
import type { PadModel } from './model.ts'

/** Where a plugin's action has a button. */
export type Place = PluginAction['place'][number]

export interface Action {
  id: string
  /** A plugin gives its own words. */
  label: Key | (() => string)
  icon: IconShape
  /** A few words on what it does, and further words by which people look for it. */
  hint?: () => string
  keywords?: () => string
  /** ProseMirror's notation; the first is shown. */
  keys?: string
  /** The browser itself acts on the keys: they are shown and left to it. */
  browserKey?: true
  /** Where the shortcut help shows it. */
  group: 'text' | 'lines' | 'page'
  /** Where it has a button, what keeps its place there, and beside whom; only plugins' say it themselves. */
  place?: readonly Place[]
  priority?: number
  section?: string
  /** Only for those who may write. */
  writes: boolean
  /** For toggles: is it on? */
  active?: (formatting: Formatting, state: EditorState) => boolean
  /** Can it be done now? Left out: always. */
  enabled?: (state: EditorState) => boolean
  /** `from` is the button it was done with, if any. */
  run: (from?: Element) => void
  /** What opens beside the button. */
  pick?: (close: () => void) => ComponentChild
}

/** Actions by id; reading them in a view follows what plugins add and take away. */
export interface Actions {
  get(id: string): Action | undefined
  has(id: string): boolean
  values(): Iterable<Action>
}

/**
 * A list of actions by their ids, and further ones that come and go; where two have one id, the list's counts.
 * Throws on an id that is twice in the list.
 */
export function actionMap(list: readonly Action[], more?: ReadonlySignal<readonly Action[]>): Actions {
  const own = new Map<string, Action>()
  for (const action of list) {
    if (own.has(action.id)) throw new RangeError(`Two actions named ${action.id}`)
    own.set(action.id, action)
  }
  if (!more) return own
  const all = computed(() => {
    const map = new Map(own)
    for (const action of more.value) if (!map.has(action.id)) map.set(action.id, action)
    return map
  })
  return {
    get: (id) => all.value.get(id),
    has: (id) => all.value.has(id),
    values: () => all.value.values(),
  }
}

/** What an action is called, in the language in use. */
export function labelOf({ label }: Action): string {
  return typeof label === 'function' ? label() : t(label)
}

/** What a button for an action shows now. */
export interface ActionState {
  pressed: boolean | undefined
  disabled: boolean
}

/** The state of an action's button. Reads only signals, so a button repaints only when this changes. */
export function actionState(action: Action, model: PadModel): ActionState {
  const state = model.editorState.value
  const formatting = action.active ? model.formatting.value : null
  const may = !action.writes || model.mayWrite.value
  return {
    pressed: action.active
      ? state !== null && formatting !== null && action.active(formatting, state)
      : undefined,
    disabled:
      !may || (action.writes && state === null) || !(state === null || (action.enabled?.(state) ?? true)),
  }
}

/** On Apple's keyboards Alt+C writes a letter. */
const CHAT_KEYS = APPLE ? 'Ctrl-Alt-c' : 'Alt-c'

/** What leads to the chat, while there is one. */
export function chatActions({ chat }: PadModel): Action[] {
  if (!chat.shown.value) return []
  const run = (from?: Element): void => (from ? chat.toggle() : chat.enter())
  return [
    { id: 'chat', label: 'chat.title', icon: 'chat', keys: CHAT_KEYS, group: 'page', writes: false, run },
  ]
}

/** Actions of the page itself. */
export function pageActions(model: PadModel): Action[] {
  const toggle = (name: string) => (): void => {
    model.panel.value = model.panel.value === name ? null : name
  }
  const page = { group: 'page', writes: false } as const
  return [
    { ...page, id: 'embed', label: 'pad.share', icon: 'share', run: () => (model.dialog.value = 'embed') },
    { ...page, id: 'showusers', label: 'pad.showusers', icon: 'people', run: toggle('showusers') },
    {
      ...page,
      id: 'importexport',
      label: 'pad.export',
      icon: 'export',
      run: () => (model.dialog.value = 'importexport'),
    },
    {
      group: 'page',
      writes: true,
      id: 'import',
      label: 'pad.import',
      icon: 'file',
      run: () => (model.dialog.value = 'import'),
    },
    { ...page, id: 'settings', label: 'pad.settings', icon: 'settings', run: toggle('settings') },
    {
      ...page,
      id: 'help',
      label: 'pad.help',
      icon: 'keyboard',
      keys: 'Mod-/',
      run: () => (model.dialog.value = model.dialog.value === 'help' ? null : 'help'),
    },
  ]
}
