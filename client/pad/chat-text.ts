/** What stands in a line of the chat: words, links, one's own name (SPEC-pads P10, P12). Pure. */
import { linkParts } from '../../shared/text/link-parts.ts'

/** A piece of a line as it is shown. */
export type ChatPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** The reader's own name. */
  | { kind: 'mention'; text: string }

/** The pieces of a line for somebody of this name (may be empty). Joined, their texts are the line. */
export function chatParts(text: string, name: string): ChatPart[] {
  return linkParts(text).flatMap((part): ChatPart[] =>
    part.href === null ? mentionParts(part.text, name) : [{ kind: 'link', text: part.text, href: part.href }],
  )
}

/** Does a line speak to somebody of this name? */
export function mentions(text: string, name: string): boolean {
  return mentionPattern(name)?.test(text) ?? false
}

function mentionParts(text: string, name: string): ChatPart[] {
  const pattern = mentionPattern(name)
  const parts: ChatPart[] = []
  let at = 0
  for (const match of pattern ? text.matchAll(pattern) : []) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) })
    parts.push({ kind: 'mention', text: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}

/** The name as a word of its own, in any case, with or without `@`; a name of one letter only with it. */
function mentionPattern(name: string): RegExp | null {
  const wanted = name.trim()
  if (wanted === '') return null
  const escaped = wanted.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  const at = Array.from(wanted).length > 1 ? '@?' : '@'
  return new RegExp(String.raw`(?<![\p{L}\p{N}_@])${at}${escaped}(?![\p{L}\p{N}_])`, 'giu')
}
