import type { JSX } from 'preact'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { say } from '../words.ts'
import { itemsOf } from './action-items.ts'
import type { BoardUi } from './ui.ts'

/** With something selected, and with nothing. */
const SELECTED: readonly (readonly string[])[] = [
  ['write', 'cut', 'copy', 'paste', 'duplicate'],
  ['front', 'forward', 'backward', 'back'],
  ['group', 'ungroup', 'lock', 'unlock', 'properties'],
  ['copy-style', 'paste-style', 'link', 'open-link', 'rename', 'copy-view'],
  ['copy-picture', 'copy-svg', 'files'],
  ['delete'],
]
const NOTHING: readonly (readonly string[])[] = [
  ['paste', 'select-all', 'unlock-all'],
  ['zoom-fit', 'zoom-100', 'present'],
  ['ground', 'templates', 'files', 'copy-view'],
  ['clear-person'],
]

/** The lines for what is selected now; what cannot be done is left out. */
export function menuGroups(ui: BoardUi): MenuItem[][] {
  const groups = ui.editor.selection.peek().size > 0 ? SELECTED : NOTHING
  return groups.map((ids) => itemsOf(ui, ids, (action) => action.enabled()))
}

/** The menu of a right click, a long press or the menu key. */
export function ContextMenu({ ui }: { ui: BoardUi }): JSX.Element {
  const at = ui.menuAt.value
  if (!at) return <></>
  return (
    <Menu
      key={`${at.x} ${at.y}`}
      label={say('board.menu')}
      groups={menuGroups(ui)}
      anchor={() => {
        const { left, top } = ui.view.element.getBoundingClientRect()
        return { left: left + at.x, top: top + at.y, width: 0, height: 0 }
      }}
      onClose={() => (ui.menuAt.value = null)}
    />
  )
}
