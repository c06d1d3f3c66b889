/** Lets the formats of a table read elements of foreign HTML, after the core's own reading (SPEC-text P3). */
import type { Attributes, Embed, FormatValue } from '../delta.ts'
import type { Formats, InlineFormat, LineFormat, ReadElement } from '../formats.ts'
import { attributeOf, tagOf, textIn } from './source.ts'
import type { SourceNode } from './source.ts'

/** Formats that read, as the reader asks them. */
export interface TableReader {
  inline: Reading
  line: Reading
  /** The embed an element stands for; null for none. */
  embed: (node: SourceNode, styles: ReadonlyMap<string, string>) => Embed | null
}

/** What an element says of the formats inside it, from those around it. */
export type Reading = (
  node: SourceNode,
  styles: ReadonlyMap<string, string>,
  around: Attributes,
) => Attributes

const MOST_CLASSES = 50
/** UTF-16 units of text that a format may look at inside an element, and of an embed's value as JSON. */
const MOST_TEXT = 2000
const MOST_VALUE = 20_000

/** Asks every format of the table that has `read`. */
export function tableReader(formats: Formats): TableReader {
  return {
    inline: reading([...formats.inline.values()]),
    line: reading([...formats.line.values()]),
    embed: embedReading(formats),
  }
}

function embedReading({ imports }: Formats): TableReader['embed'] {
  if (imports.size === 0) return () => null
  return (node, styles) => {
    const element = elementOf(node, styles)
    for (const [kind, read] of imports) {
      const value = plainValue(() => read(element))
      if (value !== undefined) return { [kind]: value }
    }
    return null
  }
}

/** As data; what throws, is too large or cannot be said as JSON says nothing. */
function plainValue(read: () => unknown): unknown {
  try {
    const text = JSON.stringify(read())
    return text === undefined || text.length > MOST_VALUE ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function reading(formats: readonly (InlineFormat | LineFormat)[]): Reading {
  const asked = formats.filter((format) => format.read)
  if (asked.length === 0) return (_node, _styles, around) => around
  return (node, styles, around) => {
    const element = elementOf(node, styles)
    let out: Record<string, FormatValue> | undefined
    for (const format of asked) {
      const value = valueOf(format, element)
      if (value === undefined) continue
      out ??= { ...around }
      if (value === null) delete out[format.name]
      else out[format.name] = value
    }
    return out ?? around
  }
}

/** A value that is wrong, or a format that throws, says nothing. */
function valueOf(format: InlineFormat | LineFormat, element: ReadElement): FormatValue | undefined {
  try {
    const value = format.read?.(element)
    return value === undefined || value === null || format.validate(value) ? value : undefined
  } catch {
    return undefined
  }
}

function elementOf(node: SourceNode, styles: ReadonlyMap<string, string>): ReadElement {
  return {
    tag: tagOf(node),
    attribute: (name) => attributeOf(node, name),
    style: (property) => styles.get(property) ?? '',
    classes: attributeOf(node, 'class').split(/\s+/, MOST_CLASSES).filter(Boolean),
    text: () => textIn(node, MOST_TEXT),
  }
}
