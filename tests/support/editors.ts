/** Editors without a screen: a state, a binding, a history and a Y.Doc each; what they write is collected for delivery. */
import type { Node, Schema } from 'prosemirror-model'
import { EditorState, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { documentPosition } from '../../client/editor/binding/blocks.ts'
import { Binding, bindingPlugin, documentOf, isFromText } from '../../client/editor/binding/binding.ts'
import type { Rules } from '../../client/editor/binding/local.ts'
import { ownText } from '../../client/editor/own-text.ts'
import { tableSource } from '../../client/editor/tables/source.ts'
import { tableBinding } from '../../client/editor/tables/tables.ts'
import type { Authors } from '../../client/editor/types.ts'
import { History } from '../../client/editor/undo.ts'
import { richSchema } from './formats.ts'

export interface TestEditorOptions {
  schema?: Schema
  readOnly?: boolean
  rules?: Rules
  authors?: Authors
  captureTimeout?: number
  /** Tables are shown. Default: they are placeholders. */
  tables?: boolean
}

/** One person's editor. */
export class TestEditor {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly binding: Binding
  readonly history: History
  readonly #tables: boolean
  state: EditorState
  composing = false
  /** Updates written here and not yet delivered. */
  outbox: Uint8Array[] = []
  errors: unknown[] = []
  /** Transactions shown, newest last. */
  shown: Transaction[] = []

  constructor(doc: Y.Doc, options: TestEditorOptions = {}) {
    this.doc = doc
    this.text = doc.getText('text')
    const schema = options.schema ?? richSchema
    this.#tables = options.tables ?? false
    this.state = EditorState.create({
      doc: documentOf(schema, this.text),
      plugins: [bindingPlugin(), ownText(isFromText)],
    })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') this.outbox.push(update)
    })
    const current = (): EditorState => this.state
    this.binding = new Binding(
      this.text,
      {
        get state() {
          return current()
        },
        update: (state, transaction) => {
          this.state = state
          this.shown.push(transaction)
          if (this.shown.length > 50) this.shown.shift()
        },
        composing: () => this.composing,
        onError: (error) => this.errors.push(error),
      },
      { readOnly: options.readOnly ?? false, ...(options.rules ? { rules: options.rules } : {}) },
    )
    if (this.#tables) this.binding.showTables(tableBinding(schema, this.text))
    this.history = new History(
      this.binding,
      {
        get state() {
          return current()
        },
        dispatch: (tr) => this.binding.dispatch(tr),
      },
      options.authors,
      options.captureTimeout ?? 0,
    )
  }

  dispatch(tr: Transaction): void {
    this.binding.dispatch(tr)
  }

  /** Types at a place of the text. */
  type(offset: number, text: string): void {
    this.dispatch(this.state.tr.insertText(text, documentPosition(this.state.doc, offset)))
  }

  /** Deletes characters of the text. */
  delete(offset: number, length: number): void {
    const { doc, tr } = this.state
    this.dispatch(tr.delete(documentPosition(doc, offset), documentPosition(doc, offset + length)))
  }

  select(anchor: number, head = anchor): void {
    const { doc, tr } = this.state
    const [a, h] = [documentPosition(doc, anchor), documentPosition(doc, head)]
    this.dispatch(tr.setSelection(TextSelection.create(doc, a, h)))
  }

  /** Applies updates as one frame of the network does: in one transaction. */
  receive(updates: readonly Uint8Array[], batched = true): void {
    if (batched) {
      this.doc.transact(() => {
        for (const update of updates) Y.applyUpdate(this.doc, update, 'network')
      }, 'network')
    } else for (const update of updates) Y.applyUpdate(this.doc, update, 'network')
  }

  /** The document the text stands for. */
  wanted(): Node {
    const { schema } = this.state
    return documentOf(schema, this.text, this.#tables ? tableSource(schema, this.text) : undefined)
  }

  destroy(): void {
    this.history.destroy()
    this.binding.destroy()
    this.doc.destroy()
  }
}

/** Lines of a document, `|` between them; `<h1>` and the like show line formats. */
export function linesText(doc: Node): string {
  return doc.children
    .map((block) => {
      if (!block.isTextblock) return '[block]'
      const { header, list } = block.attrs
      const sign = header === null ? (list === null ? '' : `<${String(list)}>`) : `<h${String(header)}>`
      return sign + block.textContent
    })
    .join('|')
}

/** A document with this content, seeded by client 1. */
export function seededDoc(client: number, seed: string): Y.Doc {
  const source = new Y.Doc()
  source.clientID = 1
  source.getText('text').insert(0, seed)
  const doc = new Y.Doc()
  doc.clientID = client
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source), 'network')
  return doc
}

/** Delivers everything to everybody until nothing is under way. */
export function exchange(editors: readonly TestEditor[], batched = true): void {
  for (let round = 0; round < 20; round += 1) {
    const sent = editors.map((editor) => editor.outbox.splice(0))
    if (sent.every((updates) => updates.length === 0)) return
    for (const [to, editor] of editors.entries()) {
      const updates = sent.flatMap((list, from) => (from === to ? [] : list))
      if (updates.length > 0) editor.receive(updates, batched)
    }
  }
}
