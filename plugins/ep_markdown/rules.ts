/** Which typed signs mean something. Pure: they look at the words before the cursor and nothing else. */
import type { FormatValue } from '../../shared/text/delta.ts'

/** What the signs at the beginning of a line make of it. */
export type LineRule =
  | { kind: 'formats'; formats: Readonly<Record<string, FormatValue>> }
  /** A sign that an item of this list begins with already: it goes. */
  | { kind: 'item'; list: string }
  | { kind: 'divider' }

/** The sign that was typed last: a blank, the new line, or the third dash. */
export type LineEnd = ' ' | '\n' | '-'

const NUMBER = /^\d{1,4}[.)]$/
const FENCE = /^```([\w+#.-]{0,40})$/
const LISTS: Readonly<Record<string, string>> = {
  '-': 'bullet',
  '*': 'bullet',
  '+': 'bullet',
  '1.': 'ordered',
  '1)': 'ordered',
  '[]': 'unchecked',
  '[ ]': 'unchecked',
  '[x]': 'checked',
  '[X]': 'checked',
}

/**
 * @param before all words of the line before the cursor, without what was typed last
 * @param list the list the line is an item of, as it is stored; null for none
 */
export function lineRule(before: string, end: LineEnd, list: FormatValue = null): LineRule | null {
  if (end === '-') return before === '--' ? { kind: 'divider' } : null
  const fence = FENCE.exec(before)
  if (fence)
    return { kind: 'formats', formats: { header: null, blockquote: null, 'code-block': fence[1] || true } }
  if (end === '\n') return null
  if (/^#{1,6}$/.test(before)) return { kind: 'formats', formats: { header: before.length } }
  if (before === '>') return { kind: 'formats', formats: { blockquote: true } }
  const found = Object.hasOwn(LISTS, before) ? LISTS[before] : undefined
  if (found === undefined) return list === 'ordered' && NUMBER.test(before) ? { kind: 'item', list } : null
  return found === list ? { kind: 'item', list } : { kind: 'formats', formats: { list: found } }
}

/** Words between two equal signs. */
export interface InlineRule {
  format: 'bold' | 'italic' | 'strike' | 'code'
  sign: string
  /** The words between the signs, as offsets in what stands before the cursor. */
  from: number
  to: number
}

const FORMATS: Readonly<Record<string, InlineRule['format']>> = {
  '**': 'bold',
  __: 'bold',
  '*': 'italic',
  _: 'italic',
  '~~': 'strike',
  '`': 'code',
}
/** Signs that stand within words and sums as well: nothing of either may stand before them. */
const CAREFUL: ReadonlySet<string> = new Set(['*', '_', '__'])
/** The opening sign is looked for in this many characters. */
const REACH = 1000

/** The formatted words that end at the cursor. @param before the words before it, the sign typed last included */
export function inlineRule(before: string): InlineRule | null {
  const letter = before.at(-1) ?? ''
  if (!'*_~`'.includes(letter) || letter === '') return null
  const to = backOver(before, before.length, (sign) => sign === letter)
  const sign = before.slice(to)
  const format = Object.hasOwn(FORMATS, sign) ? FORMATS[sign] : undefined
  if (format === undefined) return null
  const least = Math.max(0, to - REACH)
  const from = backOver(before, to, (one) => one !== letter, least)
  const open = backOver(before, from, (one) => one === letter)
  const words = before.slice(from, to)
  if (open === from || before.slice(open, from) !== sign || words.trim() === '') return null
  if (format !== 'code' && words !== words.trim()) return null
  const ahead = before[open - 1] ?? ''
  if (ahead === '\\' || (CAREFUL.has(sign) && /[\w/]/.test(ahead))) return null
  return { format, sign, from, to }
}

function backOver(text: string, end: number, fits: (sign: string) => boolean, least = 0): number {
  let at = end
  while (at > least && fits(text[at - 1] ?? '')) at -= 1
  return at
}
