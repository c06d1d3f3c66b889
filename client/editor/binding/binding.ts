/**
 * Keeps a document and a Y.Text equal (SPEC-text R1): what a person does becomes a change of the text, what comes from
 * elsewhere becomes steps on the document. While a person composes a character, changes of their line wait (R15). The
 * texts of tables' cells are kept equal in the same way, once tables are shown (tables.ts).
 */
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Node, Schema } from 'prosemirror-model'
import type { StepMap } from 'prosemirror-transform'
import type * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { docOf } from '../content.ts'
import type { TableSource } from '../content.ts'
import { aroundComposed } from './composed.ts'
import { compose, transformPosition } from './delta.ts'
import { fromText, isFromText } from './host.ts'
import type { BindingHost, BindingOptions, LocalWrite } from './host.ts'
import { hunksOf } from './hunks.ts'
import { changeOf, contentOfText } from './items.ts'
import { ALL_RULES, localChange } from './local.ts'
import type { Rules } from './local.ts'
import { Part } from './part.ts'
import { placeAt, positionOf, textNamed } from './places.ts'
import { applyRemote, replaceDocument } from './remote.ts'
import type { TableBinding } from './table-binding.ts'
import { makesShared } from './write.ts'

export { bindingKey, bindingPlugin, isFromText } from './host.ts'
export type { BindingHost, BindingOptions, LocalWrite } from './host.ts'

/** How long a composition in which nothing is typed may keep others' changes of its line waiting, in ms. */
export const HOLD_LIMIT = 5000
/** Changes that may wait; more are shown at once. */
const HELD_MOST = 20_000

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
  readonly #root: Part
  /** The cells' parts, made when something is written to them or has to wait. */
  readonly #cells = new Map<string, Part>()
  #tables: TableBinding | undefined
  /** Cells that were read as they are since the transaction of Yjs now seen began: nothing of it is to be shown again. */
  readonly #fresh = new Set<string>()
  readonly #writeListeners = new Set<(write: LocalWrite) => void>()
  #together = 0
  #writing = false
  /** Tables are being changed in Yjs, and the document follows. */
  #editing = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Transactions of others into which a write of ours went. */
  readonly #joined = new WeakSet<Y.Transaction>()
  readOnly: boolean

  constructor(text: Y.Text, host: BindingHost, options: BindingOptions = {}) {
    if (!text.doc) throw new RangeError('The text belongs to no document')
    this.text = text
    this.#doc = text.doc
    this.#root = new Part('', text)
    this.#host = host
    this.#rules = options.rules ?? ALL_RULES
    this.#origin = options.origin ?? this
    this.readOnly = options.readOnly ?? false
    text.observe(this.#observe)
    this.#doc.on('beforeObserverCalls', this.#forget)
    this.#doc.on('afterTransaction', this.#after)
  }

  destroy(): void {
    clearTimeout(this.#timer)
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
    return this.#parts().find((part) => part.text === text)?.held ?? []
  }

  /** The texts that have something the document does not show yet. */
  get waiting(): readonly { name: string; text: Y.Text; held: Delta }[] {
    return this.#parts().filter((part) => part.held.length > 0)
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
      this.#settle()
      return
    }
    let final = state
    let failed: { error?: unknown } | undefined
    try {
      const maps = local.flatMap((one) => one.mapping.maps)
      const read = this.#changesOf(first.before, state, maps)
      final = read.final
      if (read.changes.length > 0) this.#write(read.changes, before)
      // What was copied, or was a value, is shown as what it became.
      if (read.changes.some(({ part, delta }) => makesShared(delta) || this.#mayBeTwins(part, delta)))
        failed = {}
    } catch (error) {
      failed = { error }
    }
    this.#host.update(final, tr)
    if (failed) this.rebuild(failed.error)
    this.#settle()
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
    this.#settle()
  }

  /** Runs `work` and shows all it changed in the text at once. */
  together(work: () => void): void {
    this.#together += 1
    try {
      work()
    } finally {
      this.#together -= 1
      this.release()
    }
  }

  /** Shows what is held, when nothing speaks against it. */
  release(): void {
    if (this.#together > 0 || this.#writing) return
    const waiting = this.#parts().filter((part) => part.held.length > 0)
    if (waiting.length === 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    try {
      // The text itself comes first; cells it brings are read as they are, and nothing of them waits any more.
      this.#show(waiting, (part) => {
        const delta = part.held
        part.held = []
        return delta
      })
    } catch (error) {
      this.rebuild(error)
    }
  }

  /** Makes the document from the text again (R16); never the other way round. */
  rebuild(error?: unknown): void {
    if (error !== undefined) this.#host.onError(error)
    clearTimeout(this.#timer)
    this.#timer = undefined
    const place = (pos: number): { name: string; offset: number } => {
      const { name, offset } = placeAt(this.#host.state.doc, pos)
      return { name, offset: transformPosition(this.heldOf(textNamed(this.text, name)), offset) }
    }
    const { selection, schema } = this.#host.state
    const [anchor, head] = [place(selection.anchor), place(selection.head)]
    for (const part of this.#parts()) part.held = []
    try {
      const tr = fromText(this.#host.state.tr)
      const blocks = documentOf(schema, this.text, this.#tables?.source(this.#read)).children
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

  /** A cell was read from its text: nothing of it waits any more. */
  readonly #read = (name: string): void => {
    this.#fresh.add(name)
    const part = this.#cells.get(name)
    if (part) part.held = []
  }

  #parts(): Part[] {
    return this.#cells.size === 0 ? [this.#root] : [this.#root, ...this.#cells.values()]
  }

  #part(name: string): Part {
    if (name === '') return this.#root
    let part = this.#cells.get(name)
    if (!part) {
      part = new Part(name, textNamed(this.text, name))
      this.#cells.set(name, part)
    }
    return part
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
        changes.push({ part: this.#part(name), delta, textLength })
      shown = mend.doc
      all = [...maps, ...mend.mapping.maps]
    }
    const change = localChange(before, shown, all, this.#rules)
    if (change?.repair) {
      mend ??= fromText(state.tr)
      replaceDocument(mend, change.repair.region, change.repair.blocks)
    }
    if (change && change.delta.length > 0)
      changes.push({ part: this.#root, delta: change.delta, textLength: change.textLength })
    return { final: mend?.docChanged ? state.apply(mend) : state, changes }
  }

  #write(changes: readonly Change[], before: EditorState): void {
    if (this.readOnly) throw new Error('The text is read-only')
    const prepared = changes.map(({ part, delta, textLength }) => ({
      part,
      text: part.text,
      delta: part.prepare(delta, textLength),
    }))
    this.#composedOn()
    for (const listener of this.#writeListeners) listener({ writes: prepared, before })
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
    this.#seen(transaction, () => this.#take(this.#root, transaction))
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

  #take(part: Part, transaction: Y.Transaction): void {
    const delta = changeOf(part.text, transaction)
    if (delta.length > 0) this.#receive(part, delta)
  }

  #receive(part: Part, delta: Delta): void {
    const busy = this.#together > 0 || this.#writing
    if (!busy && this.#host.composing()) {
      part.held = compose(part.held, delta)
      this.#showOtherLines(part)
      if (part.held.length > 0) this.#hold(part)
      return
    }
    if (!busy && part.held.length === 0) {
      // Held, so that what was typed and is read only now is carried over it.
      part.held = delta
      this.#host.settle?.()
      this.release()
      return
    }
    part.held = compose(part.held, delta)
    this.#hold(part)
  }

  /** Waits for the composition to end, or to rest. */
  #hold(part: Part): void {
    if (part.held.length > HELD_MOST) this.release()
    else this.#timer ??= setTimeout(() => this.release(), HOLD_LIMIT)
  }

  /** Somebody still composes: what they hold up has time again. */
  #composedOn(): void {
    if (this.#timer === undefined || !this.#host.composing()) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.release(), HOLD_LIMIT)
  }

  /** Shows of what is held all that does not touch the composed line. */
  #showOtherLines(part: Part): void {
    const { doc, selection } = this.#host.state
    const { outside, inside } = aroundComposed(doc, selection.head, part)
    if (outside.length === 0) return
    part.held = inside
    try {
      this.#show([part], () => outside)
    } catch (error) {
      this.rebuild(error)
    }
  }

  /** Shows changes of parts as one transaction; each is taken when its turn has come. */
  #show(parts: readonly Part[], take: (part: Part) => Delta): void {
    const tr = this.#host.state.tr
    let twins = false
    for (const part of parts) {
      const delta = take(part)
      if (delta.length === 0) continue
      applyRemote(tr, delta, part.name, this.#tables?.source(this.#read))
      twins ||= this.#mayBeTwins(part, delta)
    }
    if (tr.docChanged) this.dispatch(fromText(tr))
    if (twins) this.rebuild()
  }

  /** Whether a change may have made another table the first of several with one id (TB6). */
  #mayBeTwins(part: Part, delta: Delta): boolean {
    if (!this.#tables || part !== this.#root) return false
    const embeds = delta.some((op) => 'delete' in op || ('insert' in op && typeof op.insert !== 'string'))
    return embeds && this.#tables.twins()
  }

  #settle(): void {
    if (!this.#host.composing()) this.release()
  }

  readonly #forget = (transaction: Y.Transaction): void => {
    if (transaction.origin === this.#origin && !this.#editing) return
    this.#fresh.clear()
    const changed: ReadonlyMap<unknown, unknown> = transaction.changed
    for (const part of this.#parts()) if (changed.has(part.text)) part.forget()
  }

  /**
   * Tables' cells and orders, which have no observer of their own. Yjs would let every receiver remove needless markers and
   * send that; here only the server tidies (R14, R17).
   */
  readonly #after = (transaction: Y.Transaction): void => {
    transaction._needFormattingCleanup = false
    const tables = this.#tables
    if (!tables) return
    this.#seen(transaction, () => {
      const { doc } = this.#host.state
      // Cells first: those of new rows are read as they are when their row comes. All are shown at once.
      const names = tables.changedCells(transaction, doc).filter((name) => !this.#fresh.has(name))
      const several = names.length > 1 && !this.#host.composing()
      if (several) this.#together += 1
      try {
        for (const name of names) this.#take(this.#part(name), transaction)
        const tr = this.#host.state.tr
        tables.settle(tr, transaction, this.#read)
        if (tr.docChanged) this.dispatch(fromText(tr))
      } finally {
        if (several) this.#together -= 1
      }
      if (several) this.release()
    })
    this.#fresh.clear()
  }
}
