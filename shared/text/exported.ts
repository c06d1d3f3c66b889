/**
 * Content as files show it: what plugins have a rule for stands as the text their rule gives (SPEC-formats F15). Pure; the
 * content of the pad stays as it is.
 */
import type { Attributes, Content, Embed, FormatValue, Insert } from './delta.ts'
import { embedKind, isBlockEmbed, isInlineKey, isLineKey } from './formats.ts'
import type { Formats } from './formats.ts'
import { isEmbed, normalise } from './lines.ts'

/** Pieces and UTF-16 units that a rule may put in the place of one embed. */
const MOST_PIECES = 2000
const MOST_TEXT = 100_000

/** The content with the rules of the table carried out. The object itself when there is nothing to do. */
export function exportedContent(content: Content, formats: Formats): Content {
  if (formats.exports.size === 0) return content
  const out: Insert[] = []
  let changed = false
  /** A rule's last line has its newline; the one that ended the embed's line goes. */
  let closed = false
  for (const { insert, attributes } of content) {
    if (!isEmbed(insert)) {
      const text = closed && insert.startsWith('\n') ? insert.slice(1) : insert
      closed = false
      const more = attributesOf(attributes, formats)
      if (more !== attributes || text !== insert) changed = true
      if (text !== '') out.push(more === undefined ? { insert: text } : { insert: text, attributes: more })
      continue
    }
    closed = false
    const given = standIn(insert, formats)
    if (given === null) {
      out.push(attributes === undefined ? { insert } : { insert, attributes })
      continue
    }
    changed = true
    if (isBlockEmbed(insert, formats)) {
      if (!atLineStart(out)) out.push({ insert: '\n' })
      out.push(...withAround(given, attributes, formats))
      if (!atLineStart(out)) out.push({ insert: '\n' })
      closed = true
    } else out.push(...withAround(inOneLine(given), attributes, formats))
  }
  return changed ? normalise(out) : content
}

function standIn(embed: Embed, formats: Formats): Content | null {
  const kind = embedKind(embed)
  const rule = formats.exports.get(kind)?.embed
  return rule ? readStandIn(rule(embed[kind])) : null
}

/** What a rule gave, checked; null for what is no content, or too much. */
export function readStandIn(value: unknown): Content | null {
  if (!Array.isArray(value) || value.length > MOST_PIECES) return null
  const out: Insert[] = []
  let length = 0
  for (const piece of value as unknown[]) {
    if (!isRecord(piece) || typeof piece['insert'] !== 'string') return null
    const { insert, attributes } = piece
    length += insert.length
    if (length > MOST_TEXT) return null
    const own = isRecord(attributes) ? Object.entries(attributes).filter(isFormat) : []
    out.push(own.length === 0 ? { insert } : { insert, attributes: Object.fromEntries(own) })
  }
  return out
}

function isFormat(entry: [string, unknown]): entry is [string, FormatValue] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1])
}

/** Formats that stand for those of plugins that have a rule; what lies there already counts more. */
function attributesOf(attributes: Attributes | undefined, formats: Formats): Attributes | undefined {
  let more: Record<string, FormatValue> | undefined
  for (const key in attributes) {
    const value = attributes[key] ?? null
    const given = value === null ? null : formats.exports.get(key)?.format?.(value)
    if (isRecord(given)) more = { ...more, ...Object.fromEntries(Object.entries(given).filter(isFormat)) }
  }
  return more ? { ...more, ...attributes } : attributes
}

/** What lay on the embed lies on the words in its place: who wrote it, a link. */
function withAround(given: Content, around: Attributes | undefined, formats: Formats): Insert[] {
  const own = Object.entries(around ?? {}).filter(([key]) => isInlineKey(key, formats))
  if (own.length === 0) return [...given]
  return given.flatMap(({ insert, attributes }) =>
    String(insert)
      .split(/(\n+)/)
      .filter((part) => part !== '')
      .map((part): Insert => {
        const lies = part.startsWith('\n') ? attributes : { ...Object.fromEntries(own), ...attributes }
        return lies === undefined ? { insert: part } : { insert: part, attributes: lies }
      }),
  )
}

/** In a line: its lines become one. */
function inOneLine(given: Content): Content {
  const pieces = given.map(({ insert, attributes }): Insert => {
    const own = Object.entries(attributes ?? {}).filter(([key]) => !isLineKey(key))
    const text = String(insert).replaceAll('\n', ' ')
    return own.length === 0 ? { insert: text } : { insert: text, attributes: Object.fromEntries(own) }
  })
  const last = pieces.at(-1)
  if (last) last.insert = String(last.insert).replace(/ +$/, '')
  return pieces.filter(({ insert }) => insert !== '')
}

function atLineStart(content: readonly Insert[]): boolean {
  const last = content.at(-1)?.insert
  return last === undefined || (typeof last === 'string' && last.endsWith('\n'))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
