/**
 * The clipboard between Inkpads keeps every format, known or not (R10; SPEC-text P9): beside the readable HTML stands the
 * content itself. It may come from anywhere, so it is read as untrusted.
 */
import type { Attributes, Embed, FormatValue, Insert } from '../../../shared/text/delta.ts'
import { TABLE, tableOfEmbed } from '../../../shared/text/table/value.ts'

/** The attribute that holds the content. */
export const OWN = 'data-inkpad'

/** Never taken from a clipboard: who pastes is the author. */
const DROPPED: ReadonlySet<string> = new Set(['author', '__proto__', 'constructor', 'prototype'])
const LONGEST_KEY = 128
const LONGEST_VALUE = 4096
const LONGEST_EMBED = 65_536
const MOST_INSERTS = 500_000

/** The content as text for {@link OWN}. */
export function ownText(content: readonly Insert[]): string {
  return JSON.stringify(content)
}

/** The content an attribute holds; null when it is not ours or not right. */
export function ownContent(text: string): Insert[] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(value) || value.length > MOST_INSERTS) return null
  const content: Insert[] = []
  for (const one of value as unknown[]) {
    const insert = insertOf(one)
    if (!insert) return null
    content.push(insert)
  }
  return content
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function insertOf(value: unknown): Insert | null {
  if (!isRecord(value)) return null
  const insert = value['insert']
  const attributes = attributesOf(value['attributes'])
  if (attributes === null) return null
  if (typeof insert === 'string') return { insert: insert.replace(/\r/g, ''), attributes }
  if (!isRecord(insert)) return null
  const table = tableOfEmbed(insert)
  if (table) return { insert: { [TABLE]: table }, attributes }
  if (JSON.stringify(insert).length > LONGEST_EMBED) return null
  return { insert: insert as Embed, attributes }
}

function attributesOf(value: unknown): Attributes | null {
  if (value === undefined) return {}
  if (!isRecord(value)) return null
  const out: Record<string, FormatValue> = {}
  for (const [key, one] of Object.entries(value)) {
    if (DROPPED.has(key)) continue
    const scalar = typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
    if (key.length > LONGEST_KEY || !scalar || (typeof one === 'string' && one.length > LONGEST_VALUE))
      return null
    out[key] = one
  }
  return out
}
