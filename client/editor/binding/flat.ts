/** A stretch of text ready for comparing character by character. */
import type { Insert } from '../../../shared/text/delta.ts'
import type { Hunk } from './hunks.ts'

const EMBED = '\ufffc'

/** Content, its characters (an embed is U+FFFC) and which embeds stand where. */
export interface Flat {
  content: readonly Insert[]
  text: string
  embeds: ReadonlyMap<number, string>
}

/** Prepares content for comparing. */
export function flatOf(content: readonly Insert[]): Flat {
  const embeds = new Map<number, string>()
  let text = ''
  for (const { insert } of content) {
    if (typeof insert === 'string') text += insert
    else {
      embeds.set(text.length, JSON.stringify(insert))
      text += EMBED
    }
  }
  return { content, text, embeds }
}

/** Whether the same character stands at `i` of one and `j` of the other. */
export function sameAt(a: Flat, i: number, b: Flat, j: number): boolean {
  return a.text[i] === b.text[j] && (a.text[i] !== EMBED || a.embeds.get(i) === b.embeds.get(j))
}

/** Whether the stretches `i..i+length` and `j..j+length` are the same characters. */
export function sameStretch(a: Flat, i: number, b: Flat, j: number, length: number): boolean {
  if (a.text.slice(i, i + length) !== b.text.slice(j, j + length)) return false
  for (let at = 0; at < length; at += 1)
    if (a.text[i + at] === EMBED && !sameAt(a, i + at, b, j + at)) return false
  return true
}

const isHigh = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800
const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Whether a boundary at `at` cuts a character in two. */
export function cuts(text: string, at: number): boolean {
  return at > 0 && at < text.length && isHigh(text, at - 1) && isLow(text, at)
}

/**
 * A hunk without what is equal at its ends. A deletion gives up its end first, so that of equal newlines the first goes
 * (R6); an insertion its start.
 */
export function trimmed(a: Flat, b: Flat, hunk: Hunk): Hunk {
  let { a0, a1, b0, b1 } = hunk
  const start = (): void => {
    while (a0 < a1 && b0 < b1 && sameAt(a, a0, b, b0)) {
      a0 += 1
      b0 += 1
    }
  }
  const end = (): void => {
    while (a0 < a1 && b0 < b1 && sameAt(a, a1 - 1, b, b1 - 1)) {
      a1 -= 1
      b1 -= 1
    }
  }
  if (a1 - a0 > b1 - b0) {
    end()
    start()
  } else {
    start()
    end()
  }
  return { a0, a1, b0, b1 }
}

/** A hunk whose ends cut no character (R4). */
export function snapped(a: Flat, b: Flat, hunk: Hunk): Hunk {
  let { a0, a1, b0, b1 } = hunk
  if (cuts(a.text, a0) || cuts(b.text, b0)) {
    a0 -= 1
    b0 -= 1
  }
  if (cuts(a.text, a1) || cuts(b.text, b1)) {
    a1 += 1
    b1 += 1
  }
  return { a0, a1, b0, b1 }
}
