/** Counting a text. Each line is counted once and remembered, so that a key costs one line, however long the text is. */
import type { Node } from 'prosemirror-model'

export interface Counts {
  words: number
  /** As people count them: an accent or a family of emoji is one with its letter. */
  characters: number
  withoutSpaces: number
  /** Lines that hold anything. */
  lines: number
}

export const NOTHING: Counts = { words: 0, characters: 0, withoutSpaces: 0, lines: 0 }

const PLAIN = /^[\x20-\x7e]*$/
const ASCII_WORD = /[A-Za-z0-9]+(?:['.,_-][A-Za-z0-9]+)*/g

/** Counts lines. `language` matters where words are not divided by spaces. */
export class Counter {
  readonly #words: Intl.Segmenter
  readonly #letters: Intl.Segmenter
  readonly #known = new WeakMap<Node, Counts>()

  constructor(language: string) {
    this.#words = new Intl.Segmenter(language, { granularity: 'word' })
    this.#letters = new Intl.Segmenter(language, { granularity: 'grapheme' })
  }

  /** The text of one line. */
  text(text: string): Counts {
    if (text === '') return NOTHING
    if (PLAIN.test(text)) {
      return {
        words: text.match(ASCII_WORD)?.length ?? 0,
        characters: text.length,
        withoutSpaces: text.replaceAll(' ', '').length,
        lines: text.trim() === '' ? 0 : 1,
      }
    }
    let words = 0
    for (const { isWordLike } of this.#words.segment(text)) if (isWordLike === true) words += 1
    let characters = 0
    let spaces = 0
    for (const { segment } of this.#letters.segment(text)) {
      characters += 1
      if (/^\s+$/.test(segment)) spaces += 1
    }
    return { words, characters, withoutSpaces: characters - spaces, lines: text.trim() === '' ? 0 : 1 }
  }

  /** A line of the document. */
  line(line: Node): Counts {
    const known = this.#known.get(line)
    if (known) return known
    const counts = this.text(line.textContent)
    this.#known.set(line, counts)
    return counts
  }

  /** A whole document, or what is selected of it. */
  document(doc: Node, from = 0, to = doc.content.size): Counts {
    const sum = { ...NOTHING }
    const add = (counts: Counts): void => {
      for (const key of ['words', 'characters', 'withoutSpaces', 'lines'] as const) sum[key] += counts[key]
    }
    if (from <= 0 && to >= doc.content.size) {
      for (const line of doc.children) add(this.line(line))
      return sum
    }
    doc.nodesBetween(from, to, (line, pos) => {
      const [start, end] = [Math.max(from, pos), Math.min(to, pos + line.nodeSize)]
      if (start === pos && end === pos + line.nodeSize) add(this.line(line))
      else add(this.text(doc.textBetween(start, end)))
      return false
    })
    return sum
  }
}
