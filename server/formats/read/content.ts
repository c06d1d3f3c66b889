/** Contents from files of ours, taken as strangers': what is not right in form is left out (SPEC-formats F69). */
import type { Attributes, FormatValue, Insert } from '../../../shared/text/delta.ts'
import { normalise } from '../../../shared/text/lines.ts'
import { safeLink } from '../../../shared/text/links.ts'
import { TABLE, tableOfEmbed } from '../../../shared/text/table/value.ts'
import type { TableValue } from '../../../shared/text/table/value.ts'

/** People and lines of a chat that are taken from a file. */
export const MOST_PEOPLE = 2000
export const MOST_CHAT = 20_000
/** UTF-16 units of a text, and how many pieces it may be in. */
export const MOST_TEXT = 4_000_000
/** Lines of a text. */
export const MOST_LINES = 200_000
const MOST_PIECES = 400_000
const MOST_ATTRIBUTES = 40
const LONGEST_VALUE = 2048
const LONGEST_EMBED = 20_000
const NAME = /^[A-Za-z][\w-]{0,100}$/
/** Comments and suggestions belong to the pad they were made in. */
const NOT_TAKEN = /^(?:comment-|suggest-)/
const LINE_NAMES: ReadonlySet<string> = new Set(
  'header list start indent direction blockquote code-block align'.split(' '),
)

/** The content; null when it is none, or too much. */
export function takenContent(value: unknown): Insert[] | null {
  if (!Array.isArray(value) || value.length > MOST_PIECES) return null
  const out: Insert[] = []
  let length = 0
  for (const piece of value as unknown[]) {
    if (!isRecord(piece)) continue
    const { insert } = piece
    if (typeof insert === 'string') {
      length += insert.length
      out.push(...pieces(insert, attributesOf(piece['attributes'])))
    } else if (isRecord(insert) && tableOfEmbed(insert)) {
      const table = tableOfEmbed(insert)
      length += 1
      if (table) out.push({ insert: { [TABLE]: takenTable(table) } })
    } else if (isRecord(insert) && isEmbed(insert)) {
      length += 1
      out.push({ insert, attributes: inlineOnly(attributesOf(piece['attributes'])) })
    }
    if (length > MOST_TEXT) return null
  }
  return normalise(out)
}

/** What stands in cells is taken like any text. */
function takenTable(table: TableValue): TableValue {
  const rows = table.rows.map(({ cells }) => ({
    cells: cells.map((cell) => ({ ...cell, content: takenContent(cell.content) ?? [] })),
  }))
  return { ...table, rows }
}

/** Formats of characters stay off newlines and those of lines off text (SPEC-text R8), whatever the file says. */
function pieces(text: string, attributes: Attributes): Insert[] {
  const clean = text.replace(/\r\n?/g, '\n')
  if (!clean.includes('\n')) return [{ insert: clean, attributes: inlineOnly(attributes) }]
  return clean
    .split(/(\n+)/)
    .filter((piece) => piece !== '')
    .map((piece) => ({
      insert: piece,
      attributes: piece.startsWith('\n') ? lineOnly(attributes) : inlineOnly(attributes),
    }))
}

const inlineOnly = (attributes: Attributes): Attributes => only(attributes, (name) => !LINE_NAMES.has(name))
const KNOWN_INLINE: ReadonlySet<string> = new Set(
  'bold italic underline strike code link author color background size script'.split(' '),
)
const lineOnly = (attributes: Attributes): Attributes => only(attributes, (name) => !KNOWN_INLINE.has(name))

function only(attributes: Attributes, keeps: (name: string) => boolean): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => keeps(name)))
}

function attributesOf(value: unknown): Attributes {
  const out: Record<string, FormatValue> = {}
  if (!isRecord(value)) return out
  for (const [name, one] of Object.entries(value).slice(0, MOST_ATTRIBUTES)) {
    if (!NAME.test(name) || NOT_TAKEN.test(name)) continue
    const scalar = typeof one === 'boolean' || (typeof one === 'number' && Number.isFinite(one))
    if (scalar) out[name] = one as FormatValue
    else if (typeof one === 'string' && one.length <= LONGEST_VALUE) {
      const kept = name === 'link' ? safeLink(one) : one
      if (kept !== null) out[name] = kept
    }
  }
  return out
}

/** One kind, of no more than so many characters of JSON; what calls itself a table is one that is right, or none. */
function isEmbed(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value)
  const [kind = ''] = keys
  if (keys.length !== 1 || !NAME.test(kind) || kind === 'table') return false
  return JSON.stringify(value).length <= LONGEST_EMBED
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
