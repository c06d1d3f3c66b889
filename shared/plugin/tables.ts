/** The tables of a pad's text, for a plugin that changes them (SPEC-tables). */
import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'

export interface PadTables {
  /** The map of a table the editor shows (`shared/text/table/`); null for other nodes. */
  mapOf(table: Node): Y.Map<unknown> | null
  /** Runs `work`, which changes such maps; all of it is one step to undo. False when the text is only read. */
  edit(work: () => void): boolean
}
