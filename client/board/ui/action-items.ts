/** Actions as lines of menus and as buttons. */
import { keyNames } from '../../pad/key-names.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import type { BoardAction } from '../types.ts'
import { say, sayAny } from '../words.ts'
import { boardIcon } from './icons.ts'
import type { BoardUi } from './ui.ts'

/** May this action be offered now? */
export function isOffered({ editor }: BoardUi, action: BoardAction): boolean {
  return !action.writes || editor.mayDraw.value
}

/** The first shortcut, as people read it. */
export function keysOf(action: BoardAction | undefined): string | undefined {
  const first = action?.keys?.[0]
  return first === undefined ? undefined : boardKeyNames(first)
}

/** Keys that only boards use. */
const OTHERS: Readonly<Record<string, () => string>> = {
  ARROWLEFT: () => '←',
  ARROWRIGHT: () => '→',
  DELETE: () => say('board.key.delete'),
  BACKSPACE: () => say('board.key.backspace'),
}

/** A shortcut as people read it. */
export function boardKeyNames(keys: string): string {
  return keyNames(keys).replaceAll(/ARROWLEFT|ARROWRIGHT|DELETE|BACKSPACE/g, (key) => OTHERS[key]?.() ?? key)
}

/** A line of a menu. */
export function itemOf(action: BoardAction): MenuItem {
  const keys = keysOf(action)
  return {
    id: action.id,
    label: sayAny(action.label),
    icon: boardIcon(action.icon),
    ...(keys === undefined ? {} : { keys }),
    ...(action.active ? { checked: action.active() } : {}),
    disabled: !action.enabled(),
    run: () => action.run(),
  }
}

/** Lines for those of `ids` that there are and that may be done. */
export function itemsOf(
  ui: BoardUi,
  ids: readonly string[],
  only?: (action: BoardAction) => boolean,
): MenuItem[] {
  const all = ui.actions.value
  return ids.flatMap((id) => {
    const action = all.get(id)
    if (!action || !isOffered(ui, action) || (only && !only(action))) return []
    return [itemOf(action)]
  })
}
