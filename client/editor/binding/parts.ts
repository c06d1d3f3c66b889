/** The texts of a document: the text itself, and those of tables' cells as soon as something of them is written or waits. */
import type * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { Part } from './part.ts'
import { textNamed } from './places.ts'

export class Parts {
  /** The text itself. */
  readonly root: Part
  readonly #cells = new Map<string, Part>()
  /** Cells that were read as they are since the transaction of Yjs now seen began: nothing of it is to be shown again. */
  readonly fresh = new Set<string>()

  constructor(text: Y.Text) {
    this.root = new Part('', text)
  }

  all(): Part[] {
    return this.#cells.size === 0 ? [this.root] : [this.root, ...this.#cells.values()]
  }

  /** The part of a text by its name. */
  named(name: string): Part {
    if (name === '') return this.root
    let part = this.#cells.get(name)
    if (!part) {
      part = new Part(name, textNamed(this.root.text, name))
      this.#cells.set(name, part)
    }
    return part
  }

  /** What a text has and the document does not show yet. */
  heldOf(text: Y.Text): Delta {
    return this.all().find((part) => part.text === text)?.held ?? []
  }

  /** Those that have something the document does not show yet. */
  waiting(): Part[] {
    return this.all().filter((part) => part.held.length > 0)
  }

  /** A cell was read from its text: nothing of it waits any more. */
  readonly wasRead = (name: string): void => {
    this.fresh.add(name)
    const part = this.#cells.get(name)
    if (part) part.held = []
  }

  /** Somebody else changes texts: what was noted of them is forgotten. */
  forget(transaction: Y.Transaction): void {
    this.fresh.clear()
    const changed: ReadonlyMap<unknown, unknown> = transaction.changed
    for (const part of this.all()) if (changed.has(part.text)) part.forget()
  }
}
