/** Who wrote what in one line, as decorations (SPEC-text T12). */
import type { Node } from 'prosemirror-model'
import { Decoration } from 'prosemirror-view'
import { hexOf, isPersonColour } from '../../shared/colour.ts'
import { NOBODY } from '../../shared/text/formats.ts'
import type { DecoratedRow } from './row-decorations.ts'
import type { Authors, AuthorStyle } from './types.ts'

/** Hands out the authors of a text piece by piece. */
export class Owners {
  readonly #runs: { length: number; client: number }[]
  readonly #authors: Authors
  #at = 0

  constructor(runs: { length: number; client: number }[], authors: Authors) {
    this.#runs = runs
    this.#authors = authors
  }

  take(most: number): { length: number; author: string | undefined } {
    const run = this.#runs[this.#at]
    if (!run) return { length: most, author: undefined }
    const length = Math.min(most, run.length)
    run.length -= length
    if (run.length === 0) this.#at += 1
    return { length, author: this.#authors.authorOf(run.client) }
  }
}

/** Draws the next line of a text at a place; `owners` go on behind it. */
export function drawLine(
  line: Node,
  pos: number,
  owners: Owners,
  authors: Authors,
  style: AuthorStyle,
): DecoratedRow {
  const stretches: { from: number; to: number; author: string }[] = []
  let at = 0
  for (const node of line.children) {
    const exception = node.marks.find((mark) => mark.type.name === 'author')?.attrs['value'] as
      | string
      | undefined
    for (let rest = node.nodeSize; rest > 0;) {
      const { length, author: owner } = owners.take(rest)
      const author = exception ?? owner
      const last = stretches.at(-1)
      if (author !== undefined && author !== NOBODY) {
        if (last?.author === author && last.to === at) last.to = at + length
        else stretches.push({ from: at, to: at + length, author })
      }
      at += length
      rest -= length
    }
  }
  const within = stretches.flatMap(({ from, to, author }) => {
    const attrs = look(author, authors, style === 'bar' ? 'by-name' : 'by')
    return attrs ? Decoration.inline(from, to, { nodeName: 'span', ...attrs }) : []
  })
  const row = { pos, size: line.nodeSize, within }
  const author = style === 'bar' ? longest(stretches) : undefined
  const attrs = author === undefined ? undefined : look(author, authors, 'by-line')
  return attrs ? { ...row, around: Decoration.node(pos, pos + line.nodeSize, attrs) } : row
}

function longest(stretches: readonly { from: number; to: number; author: string }[]): string | undefined {
  const sizes = new Map<string, number>()
  for (const { from, to, author } of stretches) sizes.set(author, (sizes.get(author) ?? 0) + to - from)
  return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function look(author: string, authors: Authors, name: string): Record<string, string> | undefined {
  const person = authors.person(author)
  if (!person) return undefined
  return { class: name, 'data-by': person.name, 'data-author': author, ...personAttributes(person.colour) }
}

/** Attributes that give an element a person's colours; nothing for what is no colour. */
export function personAttributes(colour: unknown): Record<string, string> {
  if (!isPersonColour(colour)) return {}
  if (!colour.startsWith('#')) return { 'data-person': colour }
  return { 'data-person': 'own', style: `--hue:${hexOf(colour)}` }
}
