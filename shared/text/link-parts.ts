/** Addresses inside plain text (SPEC-text T8): for lines of a chat and for words of the administrator. Pure. */
import { linkFromInput } from './links.ts'

/** A piece of a text; `href` is a safe address where the piece is one. */
export interface LinkPart {
  text: string
  href: string | null
}

const ADDRESS = /(?<![\w.+-])(?:(?:https?:\/\/|www\.|mailto:)[^\s<>"“”«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/giu
/** What ends a sentence, not an address. */
const TAIL = /[.,:;!?'"*_~…]+$/u
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** The pieces of a text; joined, their texts are the text. */
export function linkParts(text: string): LinkPart[] {
  const parts: LinkPart[] = []
  let at = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0])
    const href = linkFromInput(address)
    if (href === null || match.index < at) continue
    if (match.index > at) parts.push({ text: text.slice(at, match.index), href: null })
    parts.push({ text: address, href })
    at = match.index + address.length
  }
  if (at < text.length) parts.push({ text: text.slice(at), href: null })
  return parts
}

function withoutTail(address: string): string {
  let rest = address
  for (;;) {
    const last = rest.at(-1) ?? ''
    const opener = CLOSERS[last]
    if (opener !== undefined && count(rest, opener) < count(rest, last)) rest = rest.slice(0, -1)
    else if (TAIL.test(rest)) rest = rest.replace(TAIL, '')
    else return rest
  }
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}
