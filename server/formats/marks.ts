/** What lies on characters and lines as {@link Marks} and {@link Look}, for every format of the table in use (F2, F3). */
import type { Attributes, FormatValue } from '../../shared/text/delta.ts'
import { drawingOf } from '../../shared/text/drawing.ts'
import { inlineFormat } from '../../shared/text/formats.ts'
import type { Formats, InlineFormat, LineFormat } from '../../shared/text/formats.ts'
import { safeLink } from '../../shared/text/links.ts'
import { PLAIN } from './tree.ts'
import type { Drawn, Look, Marks } from './tree.ts'

type Mutable = { -readonly [K in keyof Marks]: Marks[K] } & { drawn: Drawn[]; threads: string[] }

const flag =
  (name: 'bold' | 'italic' | 'underline' | 'strike' | 'code') =>
  (marks: Mutable): void => {
    marks[name] = true
  }
const thread = (marks: Mutable, _value: FormatValue, key: string): void => void marks.threads.push(key)

/** The core's formats of characters, each with what it becomes; a test holds it against the table. */
export const CORE_MARKS: Readonly<Record<string, (marks: Mutable, value: FormatValue, key: string) => void>> =
  {
    bold: flag('bold'),
    italic: flag('italic'),
    underline: flag('underline'),
    strike: flag('strike'),
    code: flag('code'),
    link: (marks, value) => (marks.link = safeLink(value)),
    author: (marks, value) => (marks.author = String(value)),
    'comment-': thread,
    'suggest-': thread,
  }

/** The core's formats of lines; {@link file://./walk.ts} makes blocks of all but `direction`. */
export const CORE_LINES = 'header list start indent direction blockquote code-block'.split(' ')

/** Reads marks; equal attributes give the same object. */
export function marksReader(
  formats: Formats,
  authors: boolean,
): (attributes: Attributes | undefined) => Marks {
  const byText = new Map<string, Marks>()
  const plain = made({}, formats, authors)
  return (attributes) => {
    if (attributes === undefined) return plain
    const known = keysThatCount(attributes, formats, authors)
    if (known.length === 0) return plain
    const text = JSON.stringify(known.map((key) => [key, attributes[key]]))
    const found = byText.get(text)
    if (found) return found
    const marks = made(attributes, formats, authors)
    byText.set(text, marks)
    return marks
  }
}

function keysThatCount(attributes: Attributes, formats: Formats, authors: boolean): string[] {
  const keys: string[] = []
  for (const key in attributes) {
    if (key === 'author' && !authors) continue
    const value = attributes[key] ?? null
    if (value !== null && inlineFormat(key, formats)?.validate(value)) keys.push(key)
  }
  return keys.sort()
}

function made(attributes: Attributes, formats: Formats, authors: boolean): Marks {
  const marks: Mutable = { ...PLAIN, drawn: [], threads: [] }
  for (const key of keysThatCount(attributes, formats, authors)) {
    const format = inlineFormat(key, formats)
    const value = attributes[key] ?? null
    const drawn = format && drawnOf(format, value)
    if (drawn) marks.drawn.push(drawn)
    else if (format && Object.hasOwn(CORE_MARKS, format.name)) CORE_MARKS[format.name]?.(marks, value, key)
  }
  return marks
}

/** What a line carries besides its kind. */
export function lookOf(attributes: Attributes, formats: Formats): Look {
  const drawn: Drawn[] = []
  for (const name of Object.keys(attributes).sort()) {
    const format = formats.line.get(name)
    const value = attributes[name] ?? null
    const one = format?.validate(value) ? drawnOf(format, value) : null
    if (one) drawn.push(one)
  }
  const { direction } = attributes
  return { direction: direction === 'rtl' || direction === 'ltr' ? direction : null, drawn }
}

function drawnOf(format: InlineFormat | LineFormat, value: FormatValue): Drawn | null {
  const drawing = drawingOf(format, value)
  if (!drawing) return null
  return {
    name: format.name,
    tag: drawing.tag,
    attributes: drawing.attributes,
    style: declarations(drawing.plain),
  }
}

/** Checked CSS has neither `;` nor `:` inside of names, so it can be taken apart. */
function declarations(css: string): Record<string, string> {
  const style: Record<string, string> = {}
  for (const one of css === '' ? [] : css.split('; ')) {
    const colon = one.indexOf(':')
    style[one.slice(0, colon)] = one.slice(colon + 1).trim()
  }
  return style
}
