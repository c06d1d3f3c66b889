/** Editing of tables, fetched when a text has one: keys, mouse, clipboard, and the bar above the table one is in. */
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext, PadTables } from '../../shared/plugin.ts'
import { showBar } from './bar.tsx'
import { CellSelection, selectedCells } from './cell-selection.ts'
import { tableEdits } from './commands.ts'
import type { TableCommands } from './commands.ts'
import { tableKey, wholeSelection } from './keys.ts'
import { tableMouse } from './mouse.ts'
import { insertTable, pasteCells } from './paste.ts'
import { tableSelecting } from './select.ts'

export interface Editing {
  commands: TableCommands
  insert(rows: number, columns: number): boolean
  stop(): void
}

/** Begins; what is registered on the context goes with the plugin. */
export async function start(context: ClientContext): Promise<Editing> {
  await context.tables()
  // Each editor of the page has tables of its own; the one now shown is asked.
  let now: PadTables | undefined
  const tables: PadTables = {
    mapOf: (table) => now?.mapOf(table) ?? null,
    edit: (work) => now?.edit(work) ?? false,
  }
  const follow = async (): Promise<void> => {
    now = await context.tables()
  }
  const view = (): EditorView | null => context.view.peek()
  const tell = (n: number | null): void =>
    context.announce(n === null ? context.t('more.hint') : context.t('selected', { n }))
  const commands: TableCommands = { ...tableEdits(view, tables), ...tableSelecting(view, tell) }
  const mouse = tableMouse(commands)
  const off = context.prosemirror(
    new Plugin({
      props: {
        handleKeyDown: (view, event) => tableKey(view, event, commands),
        handleDOMEvents: { mousemove: mouse.mousemove, mousedown: mouse.mousedown },
        handlePaste: (view, event, slice) =>
          pasteCells(view, event, slice, tables, (value) => insertTable(view, value)),
        decorations: (state) => {
          const cells = selectedCells(state)
          if (cells.length === 0) return null
          return DecorationSet.create(
            state.doc,
            cells.map(({ from, to }) => Decoration.node(from, to, { class: 'ep-tables-selected' })),
          )
        },
        createSelectionBetween: (view, $anchor, $head) => {
          const { selection } = view.state
          // While cells are dragged over, the browser's own selection says less than ours.
          return selection instanceof CellSelection &&
            selection.anchor === $anchor.pos &&
            selection.head === $head.pos
            ? selection
            : null
        },
      },
      appendTransaction(transactions, _before, state) {
        if (!transactions.some((tr) => tr.selectionSet || tr.docChanged)) return null
        const whole = wholeSelection(state)
        return whole ? state.tr.setSelection(whole) : null
      },
      view: (view: EditorView) => {
        follow().catch(() => context.log.warn('tables are not there'))
        // Another editor's selection, or the same one's: plugins that come make all views of plugins anew.
        commands.follow(view.state)
        const bar = showBar(view, context, commands)
        return {
          update({ state }) {
            commands.follow(state)
            bar.update()
          },
          destroy: () => bar.destroy(),
        }
      },
    }),
  )
  await follow()
  return {
    commands,
    insert(rows, columns) {
      const view = context.view.peek()
      if (!view || !context.mayWrite.peek()) return false
      const cells = Array.from({ length: columns }, () => ({ content: [] }))
      const done = insertTable(view, {
        columns: cells.map(() => ({})),
        rows: Array.from({ length: rows }, () => ({ cells })),
        headerRow: rows > 1,
      })
      view.focus()
      return done
    },
    stop: off,
  }
}
