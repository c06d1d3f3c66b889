/** Shortcuts the administrator switched off (`padShortcutEnabled`): no button, menu or help names them. */
import { keysNamed } from '../editor/keys.ts'
import { keySpelling } from '../plugins/keys.ts'
import type { Action } from './actions.ts'

/** The actions without the shortcuts that these names stand for; the actions themselves stay. */
export function withoutKeys(actions: readonly Action[], names: readonly string[]): Action[] {
  const off = new Set([...keysNamed(names)].map((keys) => keySpelling(keys)))
  return actions.map((action) => {
    const { keys, ...rest } = action
    return keys !== undefined && off.has(keySpelling(keys)) ? rest : action
  })
}
