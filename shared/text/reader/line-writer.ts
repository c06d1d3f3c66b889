/** Collects what the HTML reader finds into lines: white space as HTML counts it, numbers as `start` where they differ. */
import type { Attributes, Embed, FormatValue, Insert } from '../delta.ts'
import { sameAttributes } from '../formats.ts'
import { isEmbed } from '../lines.ts'
import { listCounter } from '../numbers.ts'

interface Row {
  inserts: Insert[]
  attributes: Attributes
  /** The number an ordered line must show. */
  number?: number
  /** The embed stands alone. */
  block: boolean
}

/** How white space counts: as HTML does, or as written. */
export type Space = 'collapse' | 'keep'

export interface LineWriter {
  /** UTF-16 units written so far. */
  readonly length: number
  /** Writes text without newlines; the line's formats are taken from its first character. */
  text(text: string, formats: Attributes, line: Attributes, space: Space, number?: number): void
  embed(embed: Embed, formats: Attributes, line: Attributes): void
  /** A line of its own. */
  block(embed: Embed): void
  /** Ends the line if anything is on it. */
  end(): void
  /** Ends the line even when it is empty, as `<br>` does. */
  breakLine(line: Attributes, number?: number): void
  /** Whether the present line is empty. */
  readonly empty: boolean
  /** The content; every line closed. */
  content(): Insert[]
}

// oxlint-disable-next-line no-control-regex -- these have no place in a text
const UNSEEN = /[\ufeff\u200b\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** A writer with no line. */
export function lineWriter(): LineWriter {
  const rows: Row[] = []
  let row: Row | undefined
  let length = 0
  const begin = (attributes: Attributes, number: number | undefined): Row => {
    if (!row) {
      row = { inserts: [], attributes, block: false }
      if (number !== undefined) row.number = number
    }
    return row
  }
  const finish = (): void => {
    if (!row) return
    trimEnd(row)
    rows.push(row)
    row = undefined
  }
  return {
    get length() {
      return length
    },
    get empty() {
      return row === undefined
    },
    text(text, formats, line, space, number) {
      let clean = text.replace(UNSEEN, '')
      if (space === 'collapse') {
        clean = clean.replace(/[ \t\r\n\f]+/g, ' ')
        if (clean.startsWith(' ') && (!row || endsWithSpace(row))) clean = clean.slice(1)
      }
      if (clean === '') return
      append(begin(line, number).inserts, clean, formats)
      length += clean.length
    },
    embed(embed, formats, line) {
      begin(line, undefined).inserts.push({ insert: embed, attributes: formats })
      length += 1
    },
    block(embed) {
      finish()
      rows.push({ inserts: [{ insert: embed }], attributes: {}, block: true })
      length += 2
    },
    end: finish,
    breakLine(line, number) {
      begin(line, number)
      finish()
      length += 1
    },
    content() {
      finish()
      return numbered(rows)
    },
  }
}

function append(inserts: Insert[], text: string, attributes: Attributes): void {
  const last = inserts.at(-1)
  if (last && typeof last.insert === 'string' && sameAttributes(last.attributes, attributes))
    last.insert += text
  else if (Object.keys(attributes).length > 0) inserts.push({ insert: text, attributes: { ...attributes } })
  else inserts.push({ insert: text })
}

function endsWithSpace(row: Row): boolean {
  const last = row.inserts.at(-1)?.insert
  return typeof last === 'string' && /[ \t]$/.test(last)
}

/** Drops the space at a line's end; a line of nothing but no-break spaces is an empty line. */
function trimEnd(row: Row): void {
  if (row.attributes['code-block'] !== undefined) return
  const last = row.inserts.at(-1)
  if (last && typeof last.insert === 'string') last.insert = last.insert.replace(/[ \u00a0]+$/, '')
  if (row.inserts.every(({ insert }) => !isEmbed(insert) && /^[ \u00a0]*$/.test(insert))) row.inserts = []
  row.inserts = row.inserts.filter(({ insert }) => insert !== '')
  for (const one of row.inserts) if (!isEmbed(one.insert)) one.insert = plainSpaces(one.insert)
}

/** No-break spaces that only kept spaces from collapsing become spaces; a single one between words stays. */
function plainSpaces(text: string): string {
  return text.replace(/[ \u00a0]{2,}/g, (run) => ' '.repeat(run.length)).replace(/^\u00a0|\u00a0$/g, ' ')
}

function numbered(rows: readonly Row[]): Insert[] {
  const counter = listCounter()
  const content: Insert[] = []
  for (const { inserts, attributes, number } of rows) {
    let line: Record<string, FormatValue> = { ...attributes }
    const counted = counter.next(line)
    if (counted !== undefined && number !== undefined && counted !== number) {
      line = { ...line, start: number }
      counter.next(line)
    }
    content.push(...inserts)
    if (Object.keys(line).length > 0) content.push({ insert: '\n', attributes: line })
    else content.push({ insert: '\n' })
  }
  return content
}
