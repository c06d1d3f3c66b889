/**
 * Keeps a document and a Y.Text equal (SPEC-text R1): what a person does becomes a change of the text, what comes from
 * elsewhere becomes steps on the document. While a person composes a character, changes of their line wait (R15).
 */
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Node, Schema } from 'prosemirror-model'
import type * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { docOf } from '../content.ts'
import { documentPosition, textOffset, textSize } from './blocks.ts'
import { compose, opLength, splitAround, transform, transformPosition } from './delta.ts'
import { SHARED, changeOf, contentOfText } from './items.ts'
import { ALL_RULES, localChange } from './local.ts'
import type { LocalChange, Rules } from './local.ts'
import { applyRemote, replaceDocument } from './remote.ts'
import { Writer } from './write.ts'

/** How long a composition in which nothing is typed may keep others' changes of its line waiting, in ms. */
export const HOLD_LIMIT = 5000
/** Changes that may wait; more are shown at once. */
const HELD_MOST = 20_000

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
  delta: Delta
  before: EditorState
}

/** The binding's settings. */
export interface BindingOptions {
  readOnly?: boolean
  rules?: Rules
  /** The origin of its transactions. Left out: the binding itself. */
  origin?: unknown
}

/** The document of a text. */
export function documentOf(schema: Schema, text: Y.Text): Node {
  return docOf(schema, contentOfText(text))
}

/** Ties a text to a document for the life of an editor. */
export class Binding {
  readonly text: Y.Text
  readonly #host: BindingHost
  readonly #rules: Rules
  readonly #writer: Writer
  readonly #doc: Y.Doc
  /** Of all transactions it makes. */
  readonly #origin: unknown
  readonly #writeListeners = new Set<(write: LocalWrite) => void>()
  /** What the text has and the document does not show yet. */
  #held: Delta = []
  #together = 0
  #writing = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Transactions of others into which a write of ours went. */
  readonly #joined = new WeakSet<Y.Transaction>()
  readOnly: boolean

  constructor(text: Y.Text, host: BindingHost, options: BindingOptions = {}) {
    if (!text.doc) throw new RangeError('The text belongs to no document')
    this.text = text
    this.#doc = text.doc
    this.#writer = new Writer(text)
    this.#host = host
    this.#rules = options.rules ?? ALL_RULES
    this.#origin = options.origin ?? this
    this.readOnly = options.readOnly ?? false
    text.observe(this.#observe)
    this.#doc.on('beforeObserverCalls', this.#forget)
    this.#doc.on('afterTransaction', this.#withoutCleanUp)
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.text.unobserve(this.#observe)
    this.#doc.off('beforeObserverCalls', this.#forget)
    this.#doc.off('afterTransaction', this.#withoutCleanUp)
    this.#writeListeners.clear()
  }

  /** What the text has and the document does not show yet. */
  get held(): Delta {
    return this.#held
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
    let failed: { error: unknown } | undefined
    try {
      const maps = local.flatMap((one) => one.mapping.maps)
      const change = localChange(first.before, state.doc, maps, this.#rules)
      if (change?.repair) {
        const repair = state.tr.setMeta(bindingKey, true).setMeta('addToHistory', false)
        const { region, blocks } = change.repair
        replaceDocument(repair, region, blocks)
        final = state.apply(repair)
      }
      if (change && change.delta.length > 0) this.#write(change, before)
    } catch (error) {
      failed = { error }
    }
    this.#host.update(final, tr)
    if (failed) this.rebuild(failed.error)
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
    if (this.#together > 0 || this.#writing || this.#held.length === 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const delta = this.#held
    this.#held = []
    try {
      this.#show(delta)
    } catch (error) {
      this.rebuild(error)
    }
  }

  /** Makes the document from the text again (R16); never the other way round. */
  rebuild(error?: unknown): void {
    if (error !== undefined) this.#host.onError(error)
    clearTimeout(this.#timer)
    this.#timer = undefined
    const offset = (pos: number): number =>
      transformPosition(this.#held, textOffset(this.#host.state.doc, pos))
    const { selection, schema } = this.#host.state
    const [anchor, head] = [offset(selection.anchor), offset(selection.head)]
    this.#held = []
    try {
      const tr = this.#host.state.tr.setMeta(bindingKey, true).setMeta('addToHistory', false)
      const blocks = documentOf(schema, this.text).children
      const region = { from: 0, to: tr.doc.childCount, pos: 0, offset: 0, blocks: tr.doc.children }
      replaceDocument(tr, region, blocks)
      if (!tr.docChanged) return
      const place = (at: number) => tr.doc.resolve(documentPosition(tr.doc, at))
      tr.setSelection(TextSelection.between(place(anchor), place(head)))
      this.#host.update(this.#host.state.apply(tr), tr)
    } catch (second) {
      this.#host.onError(second)
    }
  }

  #write({ delta, textLength }: LocalChange, before: EditorState): void {
    if (this.readOnly) throw new Error('The text is read-only')
    if (textLength !== lengthBefore(this.text.length, this.#held)) throw new Error('Document and text differ')
    const written = this.#held.length > 0 ? transform(this.#held, delta, false) : delta
    if (this.#held.length > 0) this.#held = transform(delta, this.#held, true)
    this.#composedOn()
    for (const listener of this.#writeListeners) listener({ delta: written, before })
    this.#writing = true
    try {
      this.#doc.transact((transaction) => {
        if (transaction.origin !== this.#origin) this.#joined.add(transaction)
        this.#writer.write(transaction, written)
      }, this.#origin)
    } finally {
      this.#writing = false
    }
    if (delta.some((op) => 'insert' in op && typeof op.insert !== 'string' && SHARED in op.insert)) {
      throw new Error('A shared type was copied')
    }
  }

  readonly #observe = (_event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this.#origin) return
    try {
      if (this.#joined.has(transaction)) {
        this.rebuild()
        return
      }
      const delta = changeOf(this.text, transaction)
      if (delta.length > 0) this.#receive(delta)
    } catch (error) {
      this.rebuild(error)
    }
  }

  #receive(delta: Delta): void {
    const busy = this.#together > 0 || this.#writing
    if (!busy && this.#host.composing()) {
      this.#held = compose(this.#held, delta)
      this.#showOtherLines()
      if (this.#held.length > 0) this.#hold()
      return
    }
    if (!busy && this.#held.length === 0) {
      // Held, so that what was typed and is read only now is carried over it.
      this.#held = delta
      this.#host.settle?.()
      this.release()
      return
    }
    this.#held = compose(this.#held, delta)
    this.#hold()
  }

  /** Waits for the composition to end, or to rest. */
  #hold(): void {
    if (this.#held.length > HELD_MOST) this.release()
    else this.#timer ??= setTimeout(() => this.release(), HOLD_LIMIT)
  }

  /** Somebody still composes: what they hold up has time again. */
  #composedOn(): void {
    if (this.#timer === undefined || !this.#host.composing()) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.release(), HOLD_LIMIT)
  }

  /** Shows of what is held all that does not touch the composed line. */
  #showOtherLines(): void {
    const { doc, selection } = this.#host.state
    const { $head } = selection
    const block = doc.child($head.index(0))
    const start = textOffset(doc, $head.depth > 0 ? $head.before(1) : $head.pos)
    const end = start + textSize(block) - (block.attrs['open'] === true ? 0 : 1)
    const { outside, inside } = splitAround(this.#held, start, end)
    if (outside.length === 0) return
    this.#held = inside
    try {
      this.#show(outside)
    } catch (error) {
      this.rebuild(error)
    }
  }

  #show(delta: Delta): void {
    const tr = this.#host.state.tr
    applyRemote(tr, delta)
    if (!tr.docChanged) return
    this.dispatch(tr.setMeta(bindingKey, true).setMeta('addToHistory', false))
  }

  #settle(): void {
    if (this.#held.length > 0 && !this.#host.composing()) this.release()
  }

  readonly #forget = (transaction: Y.Transaction): void => {
    if (
      transaction.origin !== this.#origin &&
      (transaction.changed as ReadonlyMap<unknown, unknown>).has(this.text)
    )
      this.#writer.forget()
  }

  /** Yjs would let every receiver remove needless markers and send that; here only the server tidies (R14, R17). */
  readonly #withoutCleanUp = (transaction: Y.Transaction): void => {
    transaction._needFormattingCleanup = false
  }
}

/** The length a text had before a change. */
function lengthBefore(length: number, delta: Delta): number {
  let before = length
  for (const op of delta) {
    if ('insert' in op) before -= opLength(op)
    else if ('delete' in op) before += op.delete
  }
  return before
}
