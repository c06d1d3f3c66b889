/** Shortcuts of plugins: which are free, and their way into the text. */
import { computed } from '@preact/signals'
import { keydownHandler } from 'prosemirror-keymap'
import { Plugin } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import { keyBindings } from '../editor/keys.ts'
import { actionState } from '../pad/actions.ts'
import type { Action } from '../pad/actions.ts'
import { APPLE } from '../pad/key-names.ts'
import type { PadModel } from '../pad/model.ts'

const nothing = (): boolean => false
/** Keys of the page itself that stand in no list of actions. */
const PAGE_KEYS = ['Alt-F9', 'Escape']

/** One spelling for all ways to write a shortcut in ProseMirror's notation. */
export function keySpelling(keys: string, apple: boolean = APPLE): string {
  const parts = keys.split(/-(?=.)/)
  const key = parts.pop() ?? ''
  const names = new Set(parts.map((part) => modifier(part, apple)))
  if (key.length === 1 && key !== key.toLowerCase()) names.add('Shift')
  return [...[...names].sort(), key.length === 1 ? key.toLowerCase() : key].join('-')
}

function modifier(name: string, apple: boolean): string {
  if (/^mod$/i.test(name)) return apple ? 'Meta' : 'Ctrl'
  if (/^(c|ctrl|control)$/i.test(name)) return 'Ctrl'
  if (/^(m|cmd|meta)$/i.test(name)) return 'Meta'
  return /^(s|shift)$/i.test(name) ? 'Shift' : 'Alt'
}

/** The shortcuts of the text and of the page that no action names. */
let ownKeys: ReadonlySet<string> | undefined

/** Whether a shortcut is taken: by the text, by the page, or by one of these actions. */
export function isTaken(keys: string, actions: Iterable<Action>): boolean {
  ownKeys ??= new Set(
    Object.keys(
      keyBindings({ undo: nothing, redo: nothing, link: nothing, saveRevision: nothing, leave: nothing }),
    )
      .concat(PAGE_KEYS)
      .map((own) => keySpelling(own)),
  )
  const wanted = keySpelling(keys)
  if (ownKeys.has(wanted)) return true
  for (const action of actions)
    if (action.keys !== undefined && keySpelling(action.keys) === wanted) return true
  return false
}

/** Binds the shortcuts of plugins' actions in the text, as they are at each press. */
export function actionKeys(model: PadModel): Plugin {
  const handler = computed(() => {
    const bindings: Record<string, Command> = {}
    for (const { value } of model.parts.actions.parts.value)
      if (value.keys !== undefined && !value.browserKey) bindings[value.keys] = commandOf(value, model)
    return keydownHandler(bindings)
  })
  return new Plugin({ props: { handleKeyDown: (view, event) => handler.peek()(view, event) } })
}

function commandOf(action: Action, model: PadModel): Command {
  return () => {
    if (actionState(action, model).disabled) return false
    action.run()
    return true
  }
}
