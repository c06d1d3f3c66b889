/** One text of the document, the text itself or a cell's: what is written to it, and what of it is not shown yet. */
import * as Y from 'yjs'
import type { Delta } from '../../../shared/text/delta.ts'
import { opLength, transform } from './delta.ts'
import { Writer } from './write.ts'

export class Part {
  /** '' for the text itself, else the name of a cell's root. */
  readonly name: string
  readonly text: Y.Text
  readonly #writer: Writer
  /** What the text has and the document does not show yet. */
  held: Delta = []

  constructor(name: string, text: Y.Text) {
    this.name = name
    this.text = text
    this.#writer = new Writer(text)
  }

  /** A change of the shown text as it is to be written; what is held goes over it. @throws when shown and text differ */
  prepare(delta: Delta, textLength: number): Delta {
    if (textLength !== lengthBefore(this.text.length, this.held)) throw new Error('Document and text differ')
    if (this.held.length === 0) return delta
    const written = transform(this.held, delta, false)
    this.held = transform(delta, this.held, true)
    return written
  }

  write(transaction: Y.Transaction, delta: Delta): void {
    this.#writer.write(transaction, delta)
  }

  /** Somebody else changed the text. */
  forget(): void {
    this.#writer.forget()
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
