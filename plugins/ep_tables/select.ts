/** Selecting cells without a mouse or a keyboard (SPEC-tables TE7): whole rows and columns, and cells by tapping the last one. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Axis } from '../../shared/text/table/edit.ts'
import { CellSelection } from './cell-selection.ts'
import { cellStart, inTable } from './cells.ts'
import type { Spot } from './cells.ts'

export interface TableSelecting {
  /** Selects all of the rows or columns with what is selected. */
  select(axis: Axis): boolean
  /** Selects the cell with the cursor; from now on a tap on a cell selects up to that one. */
  selectMore(): boolean
  /** Whether a tap does. */
  readonly more: ReadonlySignal<boolean>
  /** Selects from where the selection began up to the cell with this place, if it is one of the same table. */
  selectTo(pos: number): boolean
  /** A tap is a tap again; what is selected stays. */
  endMore(): void
  /** The state is another one now: without selected cells there is nothing to go on with. */
  follow(state: EditorState): void
}

/** Of the editor that is shown; `tell` gets how many cells a command selected, and null where more are awaited. */
export function tableSelecting(
  view: () => EditorView | null,
  tell: (cells: number | null) => void,
): TableSelecting {
  const more = signal(false)

  function put(between: (from: Spot, to: Spot, last: Spot) => readonly [Spot, Spot]): boolean {
    const shown = view()
    const at = shown && inTable(shown.state)
    if (!shown || !at) return false
    const last = { row: at.table.childCount - 1, column: (at.table.firstChild?.childCount ?? 1) - 1 }
    const [anchor, head] = between(at.from, at.to, last).map((spot) => cellStart(at.table, at.pos, spot))
    if (anchor === undefined || head === undefined) return false
    show(shown, CellSelection.between(shown.state.doc, anchor + 1, head + 1))
    return true
  }
  function show(shown: EditorView, selection: ReturnType<typeof CellSelection.between>): void {
    shown.dispatch(shown.state.tr.setSelection(selection))
    tell(selection.ranges.length)
  }

  return {
    more,
    select: (axis) =>
      put((from, to, last) =>
        axis === 'rows'
          ? [
              { row: from.row, column: 0 },
              { row: to.row, column: last.column },
            ]
          : [
              { row: 0, column: from.column },
              { row: last.row, column: to.column },
            ],
      ),
    selectMore() {
      const selected = view()?.state.selection instanceof CellSelection
      if (!selected && !put((from, to) => [from, to])) return false
      more.value = true
      tell(null)
      return true
    },
    selectTo(pos) {
      const shown = view()
      if (!shown) return false
      const { doc, selection } = shown.state
      const wanted = CellSelection.between(doc, selection.anchor, pos)
      if (!(wanted instanceof CellSelection)) return false
      show(shown, wanted)
      return true
    },
    endMore() {
      more.value = false
    },
    follow(state) {
      if (more.peek() && !(state.selection instanceof CellSelection)) more.value = false
    },
  }
}
