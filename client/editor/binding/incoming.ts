/**
 * What others did, on its way into the document: shown at once, or held while a person composes a character in its line
 * (SPEC-text R15), while several changes are to be shown together, or while something is being written.
 */
import type { Transaction } from 'prosemirror-state'
import type * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { aroundComposed } from './composed.ts'
import { compose } from './delta.ts'
import { fromText } from './host.ts'
import type { BindingHost } from './host.ts'
import { changeOf } from './items.ts'
import type { Part } from './part.ts'
import type { Parts } from './parts.ts'
import { applyRemote } from './remote.ts'
import type { TableBinding } from './table-binding.ts'

/** How long a composition in which nothing is typed may keep others' changes of its line waiting, in ms. */
export const HOLD_LIMIT = 5000
/** Changes that may wait; more are shown at once. */
const HELD_MOST = 20_000

type Mark = (tr: Transaction) => Transaction

/** What it needs of the binding. */
export interface Showing {
  host: BindingHost
  parts: Parts
  tables: () => TableBinding | undefined
  /** Something is being written this moment. */
  writing: () => boolean
  dispatch: (tr: Transaction) => void
  /** Makes the document from the text again (R16). */
  rebuild: (error?: unknown) => void
}

export class Incoming {
  readonly #in: Showing
  #together = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(showing: Showing) {
    this.#in = showing
  }

  /** Nothing waits for its time any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Runs `work` and shows all it changed in the text at once; `mark` marks the transaction that does, else {@link fromText}. */
  together(work: () => void, mark?: Mark): void {
    this.#together += 1
    try {
      work()
    } finally {
      this.#together -= 1
      this.release(mark)
    }
  }

  /** Shows what is held, when nothing speaks against it. */
  release(mark?: Mark): void {
    const { parts, writing, rebuild } = this.#in
    if (this.#together > 0 || writing()) return
    const waiting = parts.waiting()
    if (waiting.length === 0) return
    this.stop()
    try {
      // The text itself comes first; cells it brings are read as they are, and nothing of them waits any more.
      const take = (part: Part): Delta => {
        const delta = part.held
        part.held = []
        return delta
      }
      this.#show(waiting, take, mark)
    } catch (error) {
      rebuild(error)
    }
  }

  /** The same, unless somebody composes. */
  settle(): void {
    if (!this.#in.host.composing()) this.release()
  }

  /** Somebody still composes: what they hold up has time again. */
  composedOn(): void {
    if (this.#timer === undefined || !this.#in.host.composing()) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.release(), HOLD_LIMIT)
  }

  /** Takes what a transaction of Yjs changed in a text. */
  take(part: Part, transaction: Y.Transaction): void {
    const delta = changeOf(part.text, transaction)
    if (delta.length > 0) this.#receive(part, delta)
  }

  /** Takes what a transaction changed in tables, whose cells and orders have no observer of their own. */
  takeTables(tables: TableBinding, transaction: Y.Transaction): void {
    const { host, parts, dispatch } = this.#in
    // Cells first: those of new rows are read as they are when their row comes. All are shown at once.
    const names = tables.changedCells(transaction, host.state.doc).filter((name) => !parts.fresh.has(name))
    const work = (): void => {
      for (const name of names) this.take(parts.named(name), transaction)
      const { tr } = host.state
      tables.settle(tr, transaction, parts.wasRead)
      if (tr.docChanged) dispatch(fromText(tr))
    }
    if (names.length > 1 && !host.composing()) this.together(work)
    else work()
  }

  /** Whether a change may have made another table the first of several with one id (TB6). */
  mayBeTwins(part: Part, delta: Delta): boolean {
    const tables = this.#in.tables()
    if (!tables || part !== this.#in.parts.root) return false
    const embeds = delta.some((op) => 'delete' in op || ('insert' in op && typeof op.insert !== 'string'))
    return embeds && tables.twins()
  }

  #receive(part: Part, delta: Delta): void {
    const { host } = this.#in
    const busy = this.#together > 0 || this.#in.writing()
    if (!busy && host.composing()) {
      part.held = compose(part.held, delta)
      this.#showOtherLines(part)
      if (part.held.length > 0) this.#hold(part)
      return
    }
    if (!busy && part.held.length === 0) {
      // Held, so that what was typed and is read only now is carried over it.
      part.held = delta
      host.settle?.()
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

  /** Shows of what is held all that does not touch the composed line. */
  #showOtherLines(part: Part): void {
    const { doc, selection } = this.#in.host.state
    const { outside, inside } = aroundComposed(doc, selection.head, part)
    if (outside.length === 0) return
    part.held = inside
    try {
      this.#show([part], () => outside)
    } catch (error) {
      this.#in.rebuild(error)
    }
  }

  /** Shows changes of parts as one transaction; each is taken when its turn has come. */
  #show(parts: readonly Part[], take: (part: Part) => Delta, mark: Mark = fromText): void {
    const { host, tables, dispatch, rebuild } = this.#in
    const { tr } = host.state
    let twins = false
    for (const part of parts) {
      const delta = take(part)
      if (delta.length === 0) continue
      applyRemote(tr, delta, part.name, tables()?.source(this.#in.parts.wasRead))
      twins ||= this.mayBeTwins(part, delta)
    }
    if (tr.docChanged) dispatch(mark(tr))
    if (twins) rebuild()
  }
}
