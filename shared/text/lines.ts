/** Content as lines and back (SPEC-text T1, T2, T5, T6). Pure; `contentOf(linesOf(c))` equals `normalise(c)`. */
import type { Attributes, Content, Embed, Insert } from './delta.ts'
import { coreFormats, isBlockEmbed, isEmptyAttributes, sameAttributes, sortedAttributes } from './formats.ts'
import type { Formats } from './formats.ts'

/** One line of a text. */
export interface Line {
  /** Text without newlines and inline embeds; in a block line exactly the one embed. */
  inserts: readonly Insert[]
  /** What lies on the line's newline; empty when open. */
  attributes: Attributes
  /** The line has no newline: a block embed follows, or the text ends. */
  open: boolean
  /** The line is a block embed. */
  block: boolean
}

/** Whether an insert is an embed. */
export function isEmbed(insert: string | Embed): insert is Embed {
  return typeof insert !== 'string'
}

/** The lines of a content. An empty content is one open, empty line. */
export function linesOf(content: Content, formats: Formats = coreFormats): Line[] {
  const lines: Line[] = []
  let inserts: Insert[] = []
  let block = false
  const end = (attributes: Attributes | undefined, open: boolean): void => {
    lines.push({ inserts, attributes: sortedAttributes(attributes), open, block })
    inserts = []
    block = false
  }
  for (const { insert, attributes } of content) {
    if (isEmbed(insert)) {
      const alone = isBlockEmbed(insert, formats)
      if (block || (alone && inserts.length > 0)) end(undefined, true)
      inserts.push(made(insert, attributes))
      block = alone
      continue
    }
    let from = 0
    while (from < insert.length) {
      const newline = insert.indexOf('\n', from)
      const to = newline < 0 ? insert.length : newline
      if (to > from) {
        if (block) end(undefined, true)
        append(inserts, insert.slice(from, to), attributes)
      }
      if (newline >= 0) end(attributes, false)
      from = to + 1
    }
  }
  if (inserts.length > 0 || lines.length === 0) end(undefined, true)
  return lines
}

/** The content of lines: runs with equal attributes are one insert. */
export function contentOf(lines: readonly Line[]): Insert[] {
  const content: Insert[] = []
  for (const line of lines) {
    for (const { insert, attributes } of line.inserts) {
      if (isEmbed(insert)) content.push(made(insert, attributes))
      else append(content, insert, attributes)
    }
    if (!line.open) append(content, '\n', line.attributes)
  }
  return content
}

/** The same content in its one normal form: neighbours joined, no nulls, no empty attributes. */
export function normalise(content: Content): Insert[] {
  const out: Insert[] = []
  for (const { insert, attributes } of content) {
    if (isEmbed(insert)) out.push(made(insert, attributes))
    else if (insert !== '') append(out, insert, attributes)
  }
  return out
}

/** Length in UTF-16 units; an embed counts 1. */
export function contentLength(content: Content): number {
  let length = 0
  for (const { insert } of content) length += isEmbed(insert) ? 1 : insert.length
  return length
}

function made(insert: string | Embed, attributes: Attributes | undefined): Insert {
  const sorted = sortedAttributes(attributes)
  return isEmptyAttributes(sorted) ? { insert } : { insert, attributes: sorted }
}

function append(content: Insert[], text: string, attributes: Attributes | undefined): void {
  const last = content.at(-1)
  if (last && typeof last.insert === 'string' && sameAttributes(last.attributes, attributes))
    last.insert += text
  else content.push(made(text, attributes))
}
