/**
 * Keeps a document and a Y.Text equal (SPEC-text R1): what a person does becomes a change of the text, what comes from
 * elsewhere becomes steps on the document (incoming.ts). The texts of tables' cells are kept equal in the same way, once
 * tables are shown (tables.ts).
 */
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Node, Schema } from 'prosemirror-model'
import type { StepMap } from 'prosemirror-transform'
import type * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { docOf } from '../content.ts'
import type { TableSource } from '../content.ts'
import { transformPosition } from './delta.ts'
import { fromText, isFromText, isStep } from './host.ts'
import type { BindingHost, BindingOptions, LocalWrite } from './host.ts'
import { hunksOf } from './hunks.ts'
import { Incoming } from './incoming.ts'
import { contentOfText } from './items.ts'
import { ALL_RULES, localChange } from './local.ts'
import type { Rules } from './local.ts'
import type { Part } from './part.ts'
import { Parts } from './parts.ts'
import { placeAt, positionOf, textNamed } from './places.ts'
import type { TextPlace } from './places.ts'
import { replaceDocument } from './remote.ts'
import type { TableBinding } from './table-binding.ts'
import { makesShared } from './write.ts'

export { bindingKey, bindingPlugin, isFromText } from './host.ts'
export type { BindingHost, BindingOptions, LocalWrite } from './host.ts'
export { HOLD_LIMIT } from './incoming.ts'

/** The document of a text. */
export function documentOf(schema: Schema, text: Y.Text, tables?: TableSource): Node {
  return docOf(schema, contentOfText(text), tables)
}

/** A change of one text that is to be written. */
interface Change {
  part: Part
  delta: Delta
  textLength: number
}

/** Ties a text to a document for the life of an editor. */
export class Binding {
  readonly text: Y.Text
  readonly #host: BindingHost
  readonly #rules: Rules
  readonly #doc: Y.Doc
  /** Of all transactions it makes. */
  readonly #origin: unknown
  readonly #parts: Parts
  readonly #incoming: Incoming
  #tables: TableBinding | undefined
  readonly #writeListeners = new Set<(write: LocalWrite) => void>()
  #writing = false
  /** Tables are being changed in Yjs, and the document follows. */
  #editing = false
  /** Transactions of others into which a write of ours went. */
  readonly #joined = new WeakSet<Y.Transaction>()
  readOnly: boolean

  constructor(text: Y.Text, host: BindingHost, options: BindingOptions = {}) {
    if (!text.doc) throw new RangeError('The text belongs to no document')
    this.text = text
    this.#doc = text.doc
    this.#parts = new Parts(text)
    this.#host = host
    this.#incoming = new Incoming({
      host,
      parts: this.#parts,
      tables: () => this.#tables,
      writing: () => this.#writing,
      dispatch: (tr) => this.dispatch(tr),
      rebuild: (error) => this.rebuild(error),
    })
    this.#rules = options.rules ?? ALL_RULES
    this.#origin = options.origin ?? this
    this.readOnly = options.readOnly ?? false
    text.observe(this.#observe)
    this.#doc.on('beforeObserverCalls', this.#forget)
    this.#doc.on('afterTransaction', this.#after)
  }

  destroy(): void {
    this.#incoming.stop()
    this.text.unobserve(this.#observe)
    this.#doc.off('beforeObserverCalls', this.#forget)
    this.#doc.off('afterTransaction', this.#after)
    this.#writeListeners.clear()
  }

  /** Shows tables from now on. */
  showTables(tables: TableBinding): void {
    this.#tables = tables
    tables.twins()
    this.rebuild()
  }

  /** What a text has and the document does not show yet; of the text itself when no other is named. */
  heldOf(text: Y.Text = this.text): Delta {
    return this.#parts.heldOf(text)
  }

  /** The texts that have something the document does not show yet. */
  get waiting(): readonly { name: string; text: Y.Text; held: Delta }[] {
    return this.#parts.waiting()
  }

  /** Calls `listener` before each write of a local change. */
  onWrite(listener: (write: LocalWrite) => void): () => void {
    this.#writeListeners.add(listener)
    return () => this.#writeListeners.delete(listener)
  }

  /** Takes a transaction of the editor: writes what it changed and gives the host the new state. */
  dispatch(tr: Transaction): void {
    const before = this.#host.state
    const { state, transactions } = before.applyTransaction(tr)
    const local = transactions.filter((one) => one.docChanged && !isFromText(one))
    const first = local[0]
    if (!first) {
      this.#host.update(state, tr)
      this.#incoming.settle()
      return
    }
    let final = state
    let failed: { error?: unknown } | undefined
    try {
      const maps = local.flatMap((one) => one.mapping.maps)
      const read = this.#changesOf(first.before, state, maps)
      final = read.final
      if (read.changes.length > 0) this.#write(read.changes, before, !local.some(isStep))
      // What was copied, or was a value, is shown as what it became.
      if (
        read.changes.some(({ part, delta }) => makesShared(delta) || this.#incoming.mayBeTwins(part, delta))
      )
        failed = {}
    } catch (error) {
      failed = { error }
    }
    this.#host.update(final, tr)
    if (failed) this.rebuild(failed.error)
    this.#incoming.settle()
  }

  /** Changes tables in Yjs, as one change of this person's; the document follows. Does nothing in a text only read. */
  edit(work: () => void): void {
    if (this.readOnly) return
    this.release()
    for (const listener of this.#writeListeners) listener({ writes: [], before: this.#host.state })
    this.#editing = true
    try {
      this.#doc.transact(work, this.#origin)
    } finally {
      this.#editing = false
    }
    this.#incoming.settle()
  }

  /** Runs `work` and shows all it changed in the text at once; `mark` marks the transaction that does, else {@link fromText}. */
  together(work: () => void, mark?: (tr: Transaction) => Transaction): void {
    this.#incoming.together(work, mark)
  }

  /** Shows what is held, when nothing speaks against it. */
  release(): void {
    this.#incoming.release()
  }

  /** Makes the document from the text again (R16); never the other way round. */
  rebuild(error?: unknown): void {
    if (error !== undefined) this.#host.onError(error)
    this.#incoming.stop()
    const place = (pos: number): TextPlace => {
      const { name, offset } = placeAt(this.#host.state.doc, pos)
      return { name, offset: transformPosition(this.heldOf(textNamed(this.text, name)), offset) }
    }
    const { selection, schema } = this.#host.state
    const [anchor, head] = [place(selection.anchor), place(selection.head)]
    for (const part of this.#parts.all()) part.held = []
    try {
      const tr = fromText(this.#host.state.tr)
      const blocks = documentOf(schema, this.text, this.#tables?.source(this.#parts.wasRead)).children
      const region = { from: 0, to: tr.doc.childCount, pos: 0, offset: 0, blocks: tr.doc.children }
      replaceDocument(tr, region, blocks)
      if (!tr.docChanged) return
      const at = (wanted: typeof anchor) => tr.doc.resolve(positionOf(tr.doc, wanted) ?? 0)
      tr.setSelection(TextSelection.between(at(anchor), at(head)))
      this.#host.update(this.#host.state.apply(tr), tr)
    } catch (second) {
      this.#host.onError(second)
    }
  }

  /** What steps changed in the texts, and the state that shows them then. */
  #changesOf(
    before: Node,
    state: EditorState,
    maps: readonly StepMap[],
  ): { final: EditorState; changes: Change[] } {
    const changes: Change[] = []
    let mend: Transaction | undefined
    let shown = state.doc
    let all = maps
    if (this.#tables) {
      mend = fromText(state.tr)
      for (const { name, delta, textLength } of this.#tables.changes(
        before,
        mend,
        () => hunksOf(maps),
        this.#rules,
      ))
        changes.push({ part: this.#parts.named(name), delta, textLength })
      shown = mend.doc
      all = [...maps, ...mend.mapping.maps]
    }
    const change = localChange(before, shown, all, this.#rules)
    if (change?.repair) {
      mend ??= fromText(state.tr)
      replaceDocument(mend, change.repair.region, change.repair.blocks)
    }
    if (change && change.delta.length > 0)
      changes.push({ part: this.#parts.root, delta: change.delta, textLength: change.textLength })
    return { final: mend?.docChanged ? state.apply(mend) : state, changes }
  }

  #write(changes: readonly Change[], before: EditorState, apart: boolean): void {
    if (this.readOnly) throw new Error('The text is read-only')
    const prepared = changes.map(({ part, delta, textLength }) => ({
      part,
      text: part.text,
      delta: part.prepare(delta, textLength),
    }))
    this.#incoming.composedOn()
    for (const listener of this.#writeListeners) listener({ writes: prepared, before, apart })
    this.#writing = true
    try {
      this.#doc.transact((transaction) => {
        if (transaction.origin !== this.#origin) this.#joined.add(transaction)
        for (const { part, delta } of prepared) part.write(transaction, delta)
      }, this.#origin)
    } finally {
      this.#writing = false
    }
  }

  readonly #observe = (_event: Y.YTextEvent, transaction: Y.Transaction): void => {
    this.#seen(transaction, () => this.#incoming.take(this.#parts.root, transaction))
  }

  /** Reads what others, or a change of tables, did; what went into a write of ours is read from the text as a whole. */
  #seen(transaction: Y.Transaction, read: () => void): void {
    if (transaction.origin === this.#origin && !this.#editing) return
    try {
      if (this.#joined.has(transaction)) this.rebuild()
      else read()
    } catch (error) {
      this.rebuild(error)
    }
  }

  readonly #forget = (transaction: Y.Transaction): void => {
    if (transaction.origin !== this.#origin || this.#editing) this.#parts.forget(transaction)
  }

  /** Yjs would let every receiver remove needless markers and send that; here only the server tidies (R14, R17). */
  readonly #after = (transaction: Y.Transaction): void => {
    transaction._needFormattingCleanup = false
    const tables = this.#tables
    if (!tables) return
    this.#seen(transaction, () => this.#incoming.takeTables(tables, transaction))
    this.#parts.fresh.clear()
  }
}
