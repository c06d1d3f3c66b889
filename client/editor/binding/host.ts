/** What the binding needs of the editor it works in, and the sign by which its transactions are known. */
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type * as Y from 'yjs'
import { UNDONE } from '../../../shared/plugin.ts'
import type { Delta } from '../../../shared/text/delta.ts'
import type { Rules } from './local.ts'

/** Marks the transactions the binding makes. */
export const bindingKey = new PluginKey<null>('binding')

/** A plugin whose only job is to carry the key. */
export function bindingPlugin(): Plugin<null> {
  return new Plugin<null>({ key: bindingKey })
}

/** Whether the binding made this transaction: it shows what already is in the text. */
export function isFromText(tr: Transaction): boolean {
  return tr.getMeta(bindingKey) === true
}

/** Marks a transaction as one that shows what is in the text. */
export function fromText(tr: Transaction): Transaction {
  return tr.setMeta(bindingKey, true).setMeta('addToHistory', false)
}

/** Marks one that shows what undo or redo did. */
export function fromUndo(tr: Transaction): Transaction {
  return fromText(tr).setMeta(UNDONE, true)
}

/** Whether undo takes a change back: not what a page mends by itself, which says `addToHistory: false` as everywhere in ProseMirror. */
export function isStep(tr: Transaction): boolean {
  return tr.getMeta('addToHistory') !== false
}

/** Where the document lives. */
export interface BindingHost {
  readonly state: EditorState
  /** Takes a state in place of the present one. `transaction` is what was asked for. */
  update(state: EditorState, transaction: Transaction): void
  /** A person is composing a character (IME). */
  composing(): boolean
  /** Others' changes are about to be shown: the state's selection is to be that of the screen. */
  settle?(): void
  onError(error: unknown): void
}

/** What is about to be written, for those who keep notes of it. */
export interface LocalWrite {
  writes: readonly { text: Y.Text; delta: Delta }[]
  before: EditorState
  /** Undo leaves it alone (SPEC-text R13). */
  apart?: boolean
}

/** The binding's settings. */
export interface BindingOptions {
  readOnly?: boolean
  rules?: Rules
  /** The origin of its transactions. Left out: the binding itself. */
  origin?: unknown
}
