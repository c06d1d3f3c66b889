/** All that can be done in a table: buttons, keys, palette and the bar above a table are made from this list. */
import type { TableCommands } from './commands.ts'

export interface TableAction {
  /** Unique in the page, and the key of its words. */
  id: string
  icon: string
  keys?: string
  /** The menu of the bar it stands in. */
  menu: 'rows' | 'columns' | 'cells' | 'table'
  run: (commands: TableCommands) => boolean
}

const ROW = 'M3 4.5h14v11H3zM3 10h14'
const COLUMN = 'M3 4.5h14v11H3zM10 4.5v11'

export const TABLE_ACTIONS: readonly TableAction[] = [
  {
    id: 'tableSelectRow',
    icon: 'M3 4h14v12H3zM3 8h14M3 12h14M6 10h8',
    menu: 'rows',
    run: (commands) => commands.select('rows'),
  },
  {
    id: 'tableSelectColumn',
    icon: 'M3 4h14v12H3zM8 4v12M12 4v12M10 7v6',
    menu: 'columns',
    run: (commands) => commands.select('cols'),
  },
  {
    id: 'tableSelectMore',
    icon: 'M3 4h9v8H3zM15 11.5v6M12 14.5h6',
    menu: 'cells',
    run: (commands) => commands.selectMore(),
  },
  {
    id: 'tableRowAbove',
    icon: 'M3 11h14v5H3zM10 3v5M7.5 5.5h5',
    keys: 'Mod-Alt-ArrowUp',
    menu: 'rows',
    run: (commands) => commands.insert('rows', 'before'),
  },
  {
    id: 'tableRowBelow',
    icon: 'M3 4h14v5H3zM10 12v5M7.5 14.5h5',
    keys: 'Mod-Alt-ArrowDown',
    menu: 'rows',
    run: (commands) => commands.insert('rows', 'after'),
  },
  {
    id: 'tableRowUp',
    icon: 'M3 11h14v5H3zM10 8.5V3M7.5 5.5L10 3l2.5 2.5',
    keys: 'Alt-Shift-ArrowUp',
    menu: 'rows',
    run: (commands) => commands.move('rows', -1),
  },
  {
    id: 'tableRowDown',
    icon: 'M3 4h14v5H3zM10 11.5V17M7.5 14.5L10 17l2.5-2.5',
    keys: 'Alt-Shift-ArrowDown',
    menu: 'rows',
    run: (commands) => commands.move('rows', 1),
  },
  {
    id: 'tableHeaderRow',
    icon: `${ROW}M3 7.2h14`,
    keys: 'Mod-Alt-Shift-h',
    menu: 'rows',
    run: (commands) => commands.toggleHeader('rows'),
  },
  {
    id: 'tableRowRemove',
    icon: 'M3 4h14v5H3zM7.8 12.3l4.4 4.4M12.2 12.3l-4.4 4.4',
    keys: 'Mod-Alt-Backspace',
    menu: 'rows',
    run: (commands) => commands.remove('rows'),
  },
  {
    id: 'tableColumnBefore',
    icon: 'M11 3h5v14h-5zM3 10h5M5.5 7.5v5',
    keys: 'Mod-Alt-ArrowLeft',
    menu: 'columns',
    run: (commands) => commands.insert('cols', 'before'),
  },
  {
    id: 'tableColumnAfter',
    icon: 'M4 3h5v14H4zM12 10h5M14.5 7.5v5',
    keys: 'Mod-Alt-ArrowRight',
    menu: 'columns',
    run: (commands) => commands.insert('cols', 'after'),
  },
  {
    id: 'tableColumnBack',
    icon: 'M11 3h5v14h-5zM8.5 10H3M5.5 7.5L3 10l2.5 2.5',
    keys: 'Alt-Shift-ArrowLeft',
    menu: 'columns',
    run: (commands) => commands.move('cols', -1),
  },
  {
    id: 'tableColumnOn',
    icon: 'M4 3h5v14H4zM11.5 10H17M14.5 7.5L17 10l-2.5 2.5',
    keys: 'Alt-Shift-ArrowRight',
    menu: 'columns',
    run: (commands) => commands.move('cols', 1),
  },
  {
    id: 'tableWider',
    icon: 'M3 4v12M17 4v12M6 10h8M8 8l-2 2 2 2M12 8l2 2-2 2',
    keys: 'Mod-Alt-.',
    menu: 'columns',
    run: (commands) => commands.widen(1),
  },
  {
    id: 'tableNarrower',
    icon: 'M8 4v12M12 4v12M2.5 10H7M5 8l2 2-2 2M17.5 10H13M15 8l-2 2 2 2',
    keys: 'Mod-Alt-,',
    menu: 'columns',
    run: (commands) => commands.widen(-1),
  },
  {
    id: 'tableHeaderColumn',
    icon: `${COLUMN}M6.2 4.5v11`,
    keys: 'Mod-Alt-Shift-j',
    menu: 'columns',
    run: (commands) => commands.toggleHeader('cols'),
  },
  {
    id: 'tableColumnRemove',
    icon: 'M4 3h5v14H4zM12.3 7.8l4.4 4.4M16.7 7.8l-4.4 4.4',
    keys: 'Mod-Alt-Shift-Backspace',
    menu: 'columns',
    run: (commands) => commands.remove('cols'),
  },
  {
    id: 'tableRemove',
    icon: 'trash',
    menu: 'table',
    run: (commands) => commands.deleteTable(),
  },
]
