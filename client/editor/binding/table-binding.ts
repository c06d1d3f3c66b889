/** What the binding needs of tables. The code is fetched when a text has some (client/editor/tables). */
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import type * as Y from 'yjs'
import type { TableSource } from '../content.ts'
import type { CellChange } from '../tables/local.ts'
import type { Hunk } from './hunks.ts'
import type { Rules } from './local.ts'

export interface TableBinding {
  /** Makes the nodes of tables, as they are now; `fresh` is told of each cell that is read. */
  source(fresh: (name: string) => void): TableSource
  /** What a person's steps changed in cells; mends the transaction where it shows something else. */
  changes(before: Node, tr: Transaction, hunks: () => readonly Hunk[], rules: Rules): readonly CellChange[]
  /** The names of shown cells a transaction changed. */
  changedCells(transaction: Y.Transaction, doc: Node): readonly string[]
  /** Shows what a transaction changed in tables' rows, columns and looks; `fresh` is told of each cell that is read anew. */
  settle(tr: Transaction, transaction: Y.Transaction, fresh: (name: string) => void): void
  /** Whether there are, or just were, tables of which only the first is shown (TB6). */
  twins(): boolean
}
