/** How lines stand in documents that know no CSS: their side and their direction (SPEC-formats F40). */
import type { Block, Look, Paragraph, Run } from '../tree.ts'
import { plainRuns } from '../plain-runs.ts'

export type Side = 'left' | 'center' | 'right' | 'justify'

/** Letters that are written from right to left. */
const RTL = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc'
const RTL_LETTER = new RegExp(`[${RTL}]`)
const FIRST_LETTER = /\p{L}/u
/** Words from right to left with what stands between them. */
const RTL_WORDS = new RegExp(`([${RTL}]+(?:[\\s\\p{P}]+[${RTL}]+)*)`, 'u')

/** The side a line was put at; null when nobody did. */
export function sideOf({ drawn }: Look): Side | null {
  for (const { style } of drawn) {
    const side = style['text-align']
    if (side === 'left' || side === 'center' || side === 'right' || side === 'justify') return side
  }
  return null
}

/** Whether a line runs from right to left: as it says, else by its first letter, else as the pad does. */
export function runsRtl({ direction }: Look, runs: readonly Run[], padRtl: boolean): boolean {
  return direction === null ? wordsRtl(plainRuns(runs), padRtl) : direction === 'rtl'
}

/** The same of words that say nothing of it. */
export function wordsRtl(words: string, padRtl: boolean): boolean {
  const first = FIRST_LETTER.exec(words)?.[0]
  return first === undefined ? padRtl : RTL_LETTER.test(first)
}

/** A text in pieces that each run one way. */
export function oneWay(text: string): { text: string; rtl: boolean }[] {
  if (!RTL_LETTER.test(text)) return [{ text, rtl: false }]
  return text
    .split(RTL_WORDS)
    .map((piece, at) => ({ text: piece, rtl: at % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

/** A heading with its words, for tables of contents. */
export interface Heading {
  level: number
  words: string
  block: Paragraph
}

/** The deepest level of a heading. */
export const DEEPEST_HEADING = 6
/** Headings that a table of contents may have. */
const MOST_HEADINGS = 2000

/** All headings with words, also those in lists and quotations, in their order. */
export function headingsOf(blocks: readonly Block[], out: Heading[] = []): Heading[] {
  for (const block of blocks) {
    if (out.length >= MOST_HEADINGS) break
    if (block.kind === 'paragraph') addHeading(out, block)
    else if (block.kind === 'quote') headingsOf(block.blocks, out)
    else if (block.kind === 'list')
      for (const { content, lists } of block.items) {
        if (content.kind === 'paragraph') addHeading(out, content)
        headingsOf(lists, out)
      }
  }
  return out
}

function addHeading(out: Heading[], block: Paragraph): void {
  const words = plainRuns(block.runs).trim()
  if (block.heading > 0 && words !== '') out.push({ level: block.heading, words, block })
}
