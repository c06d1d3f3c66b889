/** What a screen gives to the text editor and gets from it. The editor knows nothing of the network. */
import type { Schema } from 'prosemirror-model'
import type { EditorState, Plugin, Transaction } from 'prosemirror-state'
import type { EditorView, NodeViewConstructor } from 'prosemirror-view'
import type * as Y from 'yjs'
import type { PersonColour } from '../../shared/colour.ts'
import type { PadTables } from '../../shared/plugin/tables.ts'
import type { ChunkSizes } from './chunks/chunks.ts'
import type { KeyActions } from './keys.ts'
import type { Steps } from './undo.ts'

/**
 * How the text shows who wrote it: `tint`, `bar`, `off`, or a plugin's way, drawn by its style sheet. Never by colour
 * alone (name on hover, focus and for screen readers).
 */
export type AuthorStyle = string

/** Who is behind a Yjs client id or an author id. */
export interface Authors {
  /** The author of a client id; undefined while unknown. */
  authorOf(client: number): string | undefined
  /** Name and colour of an author; undefined while unknown. */
  person(author: string): { name: string; colour: PersonColour } | undefined
  /** This person's author id. */
  me(): string
}

/** Another person's place in the text. */
export interface RemoteCursor {
  client: number
  name: string
  colour: PersonColour
  /** Yjs relative positions in JSON form. */
  anchor: unknown
  head: unknown
}

export interface EditorOptions {
  /** Element to fill. */
  place: HTMLElement
  /** `doc.getText('text')`; the server has seeded it. */
  text: Y.Text
  authors: Authors
  readOnly: boolean
  authorStyle: AuthorStyle
  /** Accessible name of the text field. */
  label: string
  /** Called after every change of the state. */
  onState(state: EditorState, transaction: Transaction | null): void
  /** The own cursor moved, or null: no focus. Relative positions in JSON form; at most once a frame. */
  onCursor(cursor: { anchor: unknown; head: unknown } | null): void
  /** Something went wrong inside and was mended from the text (rule R16). */
  onError(error: unknown): void
  /** Something of this many characters was too large to paste, and nothing was pasted. */
  onPasteTooLarge?(length: number): void
  /** What keys do besides editing; undo and redo are the editor's own. */
  actions?: Omit<KeyActions, 'undo' | 'redo'>
  /** Names of key bindings that are switched off. */
  keysOff?: ReadonlySet<string>
  /** More formats and embeds than the core has (createSchema). */
  schema?: Schema
  /** Further plugins, asked before the editor's own. */
  plugins?: readonly Plugin[]
  /** Further attributes of the element that is written in; they never replace its role and its name. */
  attributes?: () => Readonly<Record<string, string>>
  /** Steps to undo and redo of the editor of the same text that was here before. */
  steps?: Steps
  /** How long texts are cut for drawing; only tests need other sizes. */
  chunks?: ChunkSizes
  /** How embeds are drawn, by node name. */
  nodeViews?: Readonly<Record<string, NodeViewConstructor>>
}

/** A selection in a cell of a table: the name of its text, and places in that, in UTF-16 units. */
export interface CellPlace {
  name: string
  anchor: number
  head: number
}

/** A running editor. */
export interface Editor {
  readonly view: EditorView
  readonly state: EditorState
  setReadOnly(readOnly: boolean): void
  setAuthorStyle(style: AuthorStyle): void
  /** Client ids got owners, or people got other names or colours. */
  authorsChanged(): void
  setCursors(cursors: readonly RemoteCursor[]): void
  /** Other further plugins than before; those that stay keep their state. */
  setPlugins(plugins: readonly Plugin[]): void
  /** The further attributes are others now. */
  attributesChanged(): void
  /** What can be undone and redone, for the editor that follows this one. */
  readonly steps: Steps
  /** What `work` changes, at once and in several transactions, is undone together. */
  oneStep(work: () => void): void
  /** Takes the person back into a cell as soon as tables are shown, unless they went elsewhere before. */
  backToCell(cell: CellPlace): void
  /** Shows tables from now on; fetches the code for it. */
  tables(): Promise<PadTables>
  undo(): boolean
  redo(): boolean
  canUndo(): boolean
  canRedo(): boolean
  focus(): void
  destroy(): void
}

/** `(state, dispatch?, view?) => applicable`, as everywhere in ProseMirror. */
export type { Command } from 'prosemirror-state'
