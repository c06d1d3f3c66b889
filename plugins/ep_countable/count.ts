/** Counting a text. Each line is counted once and remembered, so that a key costs one line, however long the text is. */
import type { Node } from 'prosemirror-model'

export interface Counts {
  words: number
  /** As people count them: an accent or a family of emoji is one with its letter. */
  characters: number
  withoutSpaces: number
  /** All lines, as they are numbered. */
  lines: number
  /** Lines that hold anything. */
  paragraphs: number
}

const KEYS = ['words', 'characters', 'withoutSpaces', 'lines', 'paragraphs'] as const

export const NOTHING: Counts = { words: 0, characters: 0, withoutSpaces: 0, lines: 0, paragraphs: 0 }

const EMPTY: Counts = { ...NOTHING, lines: 1 }
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
    if (text === '') return EMPTY
    const paragraphs = text.trim() === '' ? 0 : 1
    if (PLAIN.test(text)) {
      return {
        words: text.match(ASCII_WORD)?.length ?? 0,
        characters: text.length,
        withoutSpaces: text.replaceAll(' ', '').length,
        lines: 1,
        paragraphs,
      }
    }
    let words = 0
    for (const { isWordLike } of this.#words.segment(text)) if (isWordLike === true) words += 1
    let characters = 0
    let spaces = 0
    for (const { segment } of this.#letters.segment(text)) {
      characters += 1
      if (segment.trim() === '') spaces += 1
    }
    return { words, characters, withoutSpaces: characters - spaces, lines: 1, paragraphs }
  }

  /** A line of the document. */
  line(line: Node): Counts {
    const known = this.#known.get(line)
    if (known) return known
    const counts = this.text(line.textContent)
    this.#known.set(line, counts)
    return counts
  }

  /** Counts the lines nobody counted yet; it stops after each, so that whoever runs it may do something else meanwhile. */
  *catchUp(doc: Node): Generator<void, void> {
    for (const line of doc.children) {
      if (this.#known.has(line)) continue
      this.line(line)
      yield
    }
  }

  /** A whole document, or what is selected of it. */
  document(doc: Node, from = 0, to = doc.content.size): Counts {
    const sum = { ...NOTHING }
    const add = (counts: Counts): void => {
      for (const key of KEYS) sum[key] += counts[key]
    }
    if (from <= 0 && to >= doc.content.size) {
      for (const line of doc.children) add(this.line(line))
      return sum
    }
    doc.nodesBetween(from, to, (line, pos) => {
      // Between the brackets of the line: with all its text it is the line itself.
      const [start, end] = [Math.max(from, pos + 1), Math.min(to, pos + line.nodeSize - 1)]
      if (start <= pos + 1 && end >= pos + line.nodeSize - 1) add(this.line(line))
      else if (start < end) add(this.text(doc.textBetween(start, end)))
      else add(EMPTY)
      return false
    })
    return sum
  }
}
