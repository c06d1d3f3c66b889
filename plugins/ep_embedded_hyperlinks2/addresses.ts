/** Finds the addresses in a text: of pages with their scheme or with `www.`, and of mail. Pure. */
import { linkFromInput } from '../../shared/text/links.ts'

/** An address and its place, in UTF-16 units. */
export interface Address {
  from: number
  to: number
  /** As it is stored behind the words. */
  href: string
}

/** No more than this much of a text is looked at, and no more than this many addresses are found. */
const MOST_TEXT = 100_000
const MOST = 500

/** Begins where no word, address or path goes on. */
const ADDRESS =
  /(?<![\p{L}\p{N}_@/.:%+-])(?:(?:https?:\/\/|mailto:)[^\s<>"“”„«»]{1,2048}|www\.[^\s<>"“”„«»]{1,2048}|[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})/giu
/** What ends a sentence rather than an address. */
const TRAIL = /[.,;:!?'’…*_~|]$/u
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
/** Something has to follow the scheme. */
const WORTH = /^(?:https?:\/\/|mailto:)?[^/?#]*[\p{L}\p{N}]/iu

/** The addresses of a text, in order. */
export function findAddresses(text: string): Address[] {
  const found: Address[] = []
  for (const match of text.slice(0, MOST_TEXT).matchAll(ADDRESS)) {
    const words = withoutTrail(match[0])
    const href = WORTH.test(words) && isWhole(words) ? linkFromInput(words) : null
    if (href !== null) found.push({ from: match.index, to: match.index + words.length, href })
    if (found.length === MOST) break
  }
  return found
}

/** Takes off what belongs to the sentence: stops, and closing brackets that nothing within opened. */
function withoutTrail(address: string): string {
  let end = address
  for (;;) {
    const last = end.at(-1) ?? ''
    const open = PAIRS[last]
    const unpaired = open !== undefined && count(end, last) > count(end, open)
    if (!unpaired && !TRAIL.test(end)) return end
    end = end.slice(0, -1)
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}

/** `www.` alone is no address: a name and what it belongs to have to follow. */
function isWhole(words: string): boolean {
  return !/^www\./i.test(words) || /^www\.[\p{L}\p{N}-]+\.[\p{L}\p{N}]/iu.test(words)
}
