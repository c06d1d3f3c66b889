/** A `Y.Text` as content that names who wrote each run (SPEC-formats F5, SPEC-text T12). */
import * as Y from 'yjs'
import type { Attributes, Embed, FormatValue, Insert } from '../../shared/text/delta.ts'
import { normalise } from '../../shared/text/lines.ts'
import { TABLE, tableValue } from '../../shared/text/table/value.ts'

/**
 * The content in its normal form. Where nothing else is said a run's author is the one whose client wrote it, '' for one
 * nobody knows; newlines carry no author.
 */
export function writtenContent(text: Y.Text, authorOf: AuthorOf): Insert[] {
  return contentWith(text, authorOf, (content) => embedOf(content, authorOf))
}

function contentWith(
  text: Y.Text,
  authorOf: AuthorOf,
  embedFor: (content: Y.ContentType) => Embed,
): Insert[] {
  const out: Insert[] = []
  let attributes: Attributes = {}
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) {
      attributes = changed(attributes, content.key, content.value as unknown as FormatValue)
      continue
    }
    const author = attributes['author'] ?? authorOf(item.id.client) ?? ''
    if (content instanceof Y.ContentString) putText(out, content.str, attributes, author)
    else if (content instanceof Y.ContentEmbed)
      out.push({ insert: content.embed as unknown as Embed, attributes: { ...attributes, author } })
    else if (content instanceof Y.ContentType)
      out.push({ insert: embedFor(content), attributes: { ...attributes, author } })
  }
  return normalise(out)
}

type AuthorOf = (client: number) => string | undefined

/** A table with what stands in its cells, or what a shared type nobody knows is as JSON. Tables in cells are not looked into. */
function embedOf({ type }: Y.ContentType, authorOf: AuthorOf): Embed {
  const table =
    type instanceof Y.Map
      ? tableValue(type, (text) => contentWith(text, authorOf, () => ({ [TABLE]: {} })))
      : null
  return { [TABLE]: table ?? (type.toJSON() as unknown) }
}

function changed(attributes: Attributes, key: string, value: FormatValue): Attributes {
  const next: Record<string, FormatValue> = { ...attributes }
  if (value === null) delete next[key]
  else next[key] = value
  return next
}

function putText(out: Insert[], text: string, attributes: Attributes, author: FormatValue): void {
  const own = { ...attributes, author }
  const line = withoutAuthor(attributes)
  for (const piece of text.split(/(\n+)/)) {
    if (piece === '') continue
    out.push({ insert: piece, attributes: piece.startsWith('\n') ? line : own })
  }
}

function withoutAuthor(attributes: Attributes): Attributes {
  if (!('author' in attributes)) return attributes
  const rest: Record<string, FormatValue> = { ...attributes }
  delete rest['author']
  return rest
}
