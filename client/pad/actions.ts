/**
 * Everything a person can do on a pad's page, once. Toolbar, menus, keys and the shortcut help are made from this list.
 * Ids are Etherpad's toolbar keys where it has one.
 */
import type { EditorState } from 'prosemirror-state'
import type { Formatting } from '../editor/commands/formatting.ts'
import type { Key } from '../i18n.ts'
import type { IconName } from '../ui/icons.ts'
import type { PadModel } from './model.ts'

export interface Action {
  id: string
  label: Key
  icon: IconName
  /** ProseMirror's notation; the first is shown. */
  keys?: string
  /** Where the shortcut help shows it. */
  group: 'text' | 'lines' | 'page'
  /** Only for those who may write. */
  writes: boolean
  /** For toggles: is it on? */
  active?: (formatting: Formatting) => boolean
  /** Can it be done now? Left out: always. */
  enabled?: (state: EditorState) => boolean
  run: () => void
}

/** Actions by id. */
export type Actions = ReadonlyMap<string, Action>

/** A list of actions by their ids. Throws on an id that is there twice. */
export function actionMap(list: readonly Action[]): Actions {
  const map = new Map<string, Action>()
  for (const action of list) {
    if (map.has(action.id)) throw new RangeError(`Two actions named ${action.id}`)
    map.set(action.id, action)
  }
  return map
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
    pressed: action.active ? formatting !== null && action.active(formatting) : undefined,
    disabled:
      !may || (action.writes && state === null) || !(state === null || (action.enabled?.(state) ?? true)),
  }
}

/** Actions of the page itself. */
export function pageActions(model: PadModel): Action[] {
  const toggle = (name: 'showusers' | 'settings') => (): void => {
    model.panel.value = model.panel.value === name ? null : name
  }
  const page = { group: 'page', writes: false } as const
  return [
    { ...page, id: 'embed', label: 'pad.share', icon: 'share', run: () => (model.dialog.value = 'embed') },
    { ...page, id: 'showusers', label: 'pad.showusers', icon: 'people', run: toggle('showusers') },
    { ...page, id: 'settings', label: 'pad.settings', icon: 'settings', run: toggle('settings') },
    { ...page, id: 'print', label: 'pad.print', icon: 'print', keys: 'Mod-p', run: () => window.print() },
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
