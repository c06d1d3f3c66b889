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

/** Two places of a document. */
export interface Range {
  from: number
  to: number
}

const KEYS = ['words', 'characters', 'withoutSpaces', 'lines', 'paragraphs'] as const

export const NOTHING: Counts = { words: 0, characters: 0, withoutSpaces: 0, lines: 0, paragraphs: 0 }

const EMPTY: Counts = { ...NOTHING, lines: 1 }
/** Latin, Greek and Cyrillic letters, each a character of its own, with their punctuation: counted without the segmenters. */
const PLAIN = /^[\x20-\x7e\u00a0-\u024f\u0370-\u0482\u048a-\u052f\u2010-\u201f\u2026\u20ac]*$/
const WORD = /[\p{L}\p{N}]+(?:['’.,_-][\p{L}\p{N}]+)*/gu

/** Counts lines. `language` matters where words are not divided by spaces. */
export class Counter {
  readonly #words: Intl.Segmenter
  readonly #letters: Intl.Segmenter
  readonly #known = new WeakMap<Node, Counts>()
  #last: { children: readonly Node[]; sum: Counts } = { children: [], sum: NOTHING }

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
        words: text.match(WORD)?.length ?? 0,
        characters: text.length,
        withoutSpaces: text.replace(/\s+/g, '').length,
        lines: 1,
        paragraphs,
      }
    }
    let words = 0
    // "well-made" is one word here as it is above.
    let last = ''
    for (const { segment, isWordLike } of this.#words.segment(text)) {
      if (isWordLike === true && last !== 'hyphen') words += 1
      last = isWordLike === true ? 'word' : segment === '-' && last === 'word' ? 'hyphen' : ''
    }
    let characters = 0
    let spaces = 0
    for (const { segment } of this.#letters.segment(text)) {
      characters += 1
      if (segment.trim() === '') spaces += 1
    }
    return { words, characters, withoutSpaces: characters - spaces, lines: 1, paragraphs }
  }

  /** A line of the document. A table is one, too; its cells are counted each by itself. */
  line(line: Node): Counts {
    const known = this.#known.get(line)
    if (known) return known
    const counts = line.isTextblock ? this.text(line.textContent) : this.#inner(line, 0, line.content.size)
    this.#known.set(line, counts)
    return counts
  }

  /** What of a line is between two places of its content. */
  #part(line: Node, from: number, to: number): Counts {
    const [start, end] = [Math.max(0, from), Math.min(line.content.size, to)]
    // With all its text it is the line itself.
    if (start === 0 && end === line.content.size) return this.line(line)
    if (!line.isTextblock) return this.#inner(line, start, end)
    return start < end ? this.text(line.textBetween(start, end)) : EMPTY
  }

  #inner(table: Node, from: number, to: number): Counts {
    const sum = { ...NOTHING }
    table.nodesBetween(from, to, (inner, pos) => {
      if (inner.isTextblock) add(sum, this.#part(inner, from - pos - 1, to - pos - 1))
      return !inner.isTextblock
    })
    return { ...sum, lines: 1, paragraphs: Math.min(1, sum.paragraphs) }
  }

  /**
   * Counts a whole document. Only the lines between those that are the same as the last time are looked at; it stops after
   * each that nobody counted yet, so that whoever runs it may do something else meanwhile.
   */
  *steps(doc: Node): Generator<void, Counts> {
    const { children: before, sum: total } = this.#last
    const now = doc.children
    const most = Math.min(before.length, now.length)
    let head = 0
    while (head < most && before[head] === now[head]) head += 1
    let tail = 0
    while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
    const sum = { ...total }
    for (const line of before.slice(head, before.length - tail)) add(sum, this.line(line), -1)
    for (const line of now.slice(head, now.length - tail)) {
      const known = this.#known.has(line)
      add(sum, this.line(line))
      if (!known) yield
    }
    this.#last = { children: now, sum }
    return sum
  }

  /** A whole document at once. */
  document(doc: Node): Counts {
    const steps = this.steps(doc)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  /** What is selected of a document: a stretch of it, or several cells of one table. */
  selection(doc: Node, ranges: readonly Range[]): Counts {
    const sum = { ...NOTHING }
    for (const { from, to } of ranges)
      doc.nodesBetween(from, to, (line, pos) => {
        add(sum, this.#part(line, from - pos - 1, to - pos - 1))
        return false
      })
    return ranges.length > 1 ? { ...sum, lines: 1, paragraphs: Math.min(1, sum.paragraphs) } : sum
  }
}

function add(sum: Counts, counts: Counts, times = 1): void {
  for (const key of KEYS) sum[key] += times * counts[key]
}
