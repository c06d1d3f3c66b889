/** Mends leaked formats of a pad's text now and then (SPEC-sync S23, SPEC-text R14); only the server writes this. */
import type * as Y from 'yjs'
import type { Formats } from '../../shared/text/formats.ts'
import { tidy } from '../../shared/text/tidy.ts'

/** Ms between two looks, and how many times the last look's duration. */
const EVERY = 500
const SHARE = 50

export class Tidier {
  readonly #text: boolean
  readonly #formats: () => Formats
  #due = false
  #next = 0

  /** `formats` gives the table in use: what leaks is known only of formats that are in it. */
  constructor(name: string, formats: () => Formats) {
    this.#text = name.startsWith('p/')
    this.#formats = formats
  }

  /** An update brought formats, or took content that may have ended one. */
  due(): void {
    this.#due = this.#text
  }

  /** Looks when it is time. */
  sweep(now: number, use: (run: (doc: Y.Doc) => void) => void): void {
    if (!this.#due || now < this.#next) return
    this.#due = false
    use((doc) => {
      const formats = this.#formats()
      tidy(doc.getText('text'), { formats })
      for (const name of doc.share.keys()) if (name.startsWith('cell/')) tidy(doc.getText(name), { formats })
    })
    this.#next = now + Math.max(EVERY, (performance.now() - now) * SHARE)
  }
}
