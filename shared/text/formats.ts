/**
 * The table of formats (SPEC-text T3, T4): which names mean something, which values are right, where they belong.
 * Names not in the table are never touched: they pass through every reader and writer (rule R10).
 */
import type { Attributes, Content, Embed, FormatValue } from './delta.ts'
import type { ShownBoard } from './shown-board.ts'
import type { ShownPicture } from './shown-picture.ts'

export type { ShownPicture } from './shown-picture.ts'

/**
 * How a format looks: an element round the words, or what a line's element carries. The drawing side checks names, and
 * writes `style` only where styles are allowed: in the editor and in exports, never into a page's HTML.
 */
export interface Drawing {
  tag?: string
  class?: string
  /** `data-` attributes, without the prefix. */
  data?: Readonly<Record<string, string>>
  /** CSS properties, custom ones included. */
  style?: Readonly<Record<string, string>>
  /** The same for where the plugin's style sheet is not: exports and the clipboard. Left out: `style`. */
  plain?: Readonly<Record<string, string>>
}

/** An element of foreign HTML, as a format reads it. */
export interface ReadElement {
  /** In small letters. */
  tag: string
  /** The attribute's value; '' when it is not there. */
  attribute: (name: string) => string
  /** The value of a CSS property of the element's own `style`; '' when it is not there. */
  style: (property: string) => string
  classes: readonly string[]
  /** The text inside, at most 2000 UTF-16 units of it. */
  text: () => string
}

/** How something of a plugin's stands in files, said in formats of the core. Pure. */
export interface ExportRule {
  /** An embed of this kind is a picture; null: it is none after all. */
  picture?: (value: unknown) => ShownPicture | null
  /** An embed of this kind is a note at the foot with these words; null: it is none after all. */
  note?: (value: unknown) => string | null
  /** An embed of this kind shows something of the pad's board; null: it does not after all. */
  board?: (value: unknown) => ShownBoard | null
  /** An embed of this kind is a table of the text's headings. */
  contents?: true
  /** An embed of this kind: the text in its place, with formats of characters and lines; null: its words, as without a rule. */
  embed?: (value: unknown) => Content | null
  /** A format of this name: formats of the core that stand for it besides what it draws; null: none. */
  format?: (value: FormatValue) => Attributes | null
}

/** The value of an embed that an element of foreign HTML stands for; undefined: it is none. Pure. */
export type ImportRule = (element: ReadElement) => unknown

/** A format of characters. */
export interface InlineFormat {
  name: string
  /** True: `name` is the beginning of the key, the rest is an id; many such keys may lie on one character. */
  many: boolean
  /** True when the only value is `true`. */
  flag: boolean
  /** Whether text typed at the end of a formatted run takes the format. */
  inclusive: boolean
  validate: (value: unknown) => boolean
  /** How it looks; left out: the core draws it, or it is not seen. */
  draw?: (value: FormatValue) => Drawing | null
  /** The value an element of foreign HTML stands for; null: it takes the format off; undefined: it says nothing. */
  read?: (element: ReadElement) => FormatValue | undefined
}

/** A format of a line; it lies on the newline that ends the line. */
export interface LineFormat {
  name: string
  validate: (value: unknown) => boolean
  /** What the line's element carries; `tag` counts only where the core gives none. */
  draw?: (value: FormatValue) => Drawing | null
  read?: (element: ReadElement) => FormatValue | undefined
}

/** Everything a server or a client knows about formats. Plugins add to it with {@link extendFormats}. */
export interface Formats {
  /** Single-key formats by name. */
  readonly inline: ReadonlyMap<string, InlineFormat>
  /** Formats with an id in the key, by the beginning of the key. */
  readonly many: ReadonlyMap<string, InlineFormat>
  readonly line: ReadonlyMap<string, LineFormat>
  /** Kinds of embeds that stand alone and are followed by a newline of their own. Every other embed is inline. */
  readonly blocks: ReadonlySet<string>
  /** How kinds of embeds and formats stand in files, by kind or name. */
  readonly exports: ReadonlyMap<string, ExportRule>
  /** Which elements are embeds, by kind. */
  readonly imports: ReadonlyMap<string, ImportRule>
}

/** What {@link extendFormats} takes. */
export interface FormatAdditions {
  inline?: readonly InlineFormat[]
  line?: readonly LineFormat[]
  blocks?: readonly string[]
  exports?: Readonly<Record<string, ExportRule>>
  imports?: Readonly<Record<string, ImportRule>>
}

const isTrue = (value: unknown): boolean => value === true
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value)
const integer =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
const shortText =
  (most: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length > 0 && value.length <= most

/** A format that is on or off. */
export function flagFormat(name: string, inclusive = true): InlineFormat {
  return { name, many: false, flag: true, inclusive, validate: isTrue }
}

/** A format with a value. */
export function valueFormat(
  name: string,
  validate: (value: unknown) => boolean,
  inclusive = true,
): InlineFormat {
  return { name, many: false, flag: false, inclusive, validate }
}

/** A format with an id in its key, such as `comment-<id>`; text typed at its end stays outside. */
export function manyFormat(prefix: string, validate: (value: unknown) => boolean): InlineFormat {
  return { name: prefix, many: true, flag: false, inclusive: false, validate }
}

/** The longest link kept as a link, in UTF-16 units. */
export const MAX_LINK = 2048
/** The deepest indentation. */
export const MAX_INDENT = 8
/** Value of `author` that says: nobody (cleared authorship colours). */
export const NOBODY = ''

const NAME = /^[\p{L}\p{N} _+.#-]{1,40}$/u

const coreInline: readonly InlineFormat[] = [
  flagFormat('bold'),
  flagFormat('italic'),
  flagFormat('underline'),
  flagFormat('strike'),
  flagFormat('code'),
  valueFormat('link', shortText(MAX_LINK), false),
  valueFormat('author', (value) => typeof value === 'string' && value.length <= 64, false),
  manyFormat('comment-', isTrue),
  manyFormat('suggest-', shortText(200)),
]

const coreLine: readonly LineFormat[] = [
  { name: 'header', validate: integer(1, 6) },
  { name: 'list', validate: oneOf('bullet', 'ordered', 'checked', 'unchecked') },
  { name: 'start', validate: integer(1, 999_999) },
  { name: 'indent', validate: integer(1, MAX_INDENT) },
  { name: 'direction', validate: oneOf('ltr', 'rtl') },
  { name: 'blockquote', validate: isTrue },
  {
    name: 'code-block',
    validate: (value) => value === true || (typeof value === 'string' && NAME.test(value)),
  },
]

/** The formats every Inkpad knows, whatever plugins are on. */
export const coreFormats: Formats = {
  inline: new Map(coreInline.filter((format) => !format.many).map((format) => [format.name, format])),
  many: new Map(coreInline.filter((format) => format.many).map((format) => [format.name, format])),
  line: new Map(coreLine.map((format) => [format.name, format])),
  blocks: new Set(['divider', 'board', 'table', 'file']),
  exports: new Map(),
  imports: new Map(),
}

/** Names the document itself uses (client/editor/schema.ts), and those that mean something to JavaScript. */
const RESERVED: ReadonlySet<string> = new Set(
  'doc line block text embed open other threads constructor prototype'.split(' '),
)

/**
 * A table with more in it; a name that is already there is replaced.
 * @throws RangeError for a name that cannot be a format's
 */
export function extendFormats(base: Formats, more: FormatAdditions): Formats {
  const inline = new Map(base.inline)
  const many = new Map(base.many)
  const line = new Map(base.line)
  for (const format of more.inline ?? []) (format.many ? many : inline).set(format.name, format)
  for (const format of more.line ?? []) line.set(format.name, format)
  for (const { name } of [...(more.inline ?? []), ...(more.line ?? [])]) {
    const twice = line.has(name) && (inline.has(name) || many.has(name))
    if (twice || RESERVED.has(name) || !/^[A-Za-z][\w-]{0,60}$/.test(name))
      throw new RangeError(`${name} cannot be the name of a format`)
  }
  return {
    inline,
    many,
    line,
    blocks: new Set([...base.blocks, ...(more.blocks ?? [])]),
    exports: new Map([...base.exports, ...Object.entries(more.exports ?? {})]),
    imports: new Map([...base.imports, ...Object.entries(more.imports ?? {})]),
  }
}

/** The inline format a key belongs to, or undefined. */
export function inlineFormat(key: string, formats: Formats = coreFormats): InlineFormat | undefined {
  const single = formats.inline.get(key)
  if (single) return single
  for (const [prefix, format] of formats.many)
    if (key.length > prefix.length && key.startsWith(prefix)) return format
  return undefined
}

/** Whether a key formats characters, so that it must never lie on a newline (R8, R14). */
export function isInlineKey(key: string, formats: Formats = coreFormats): boolean {
  return inlineFormat(key, formats) !== undefined
}

/** Whether a key formats lines, so that it must never lie on text (R8). */
export function isLineKey(key: string, formats: Formats = coreFormats): boolean {
  return formats.line.has(key)
}

/** Whether the key is known and the value right for it. */
export function isValidFormat(key: string, value: FormatValue, formats: Formats = coreFormats): boolean {
  const format = inlineFormat(key, formats) ?? formats.line.get(key)
  return format !== undefined && format.validate(value)
}

/** An embed's kind: its only key; '' for an object that has none or several. */
export function embedKind(embed: Embed): string {
  const keys = Object.keys(embed)
  return keys.length === 1 ? (keys[0] ?? '') : ''
}

/** Whether an embed stands alone on its line (T6). */
export function isBlockEmbed(embed: Embed, formats: Formats = coreFormats): boolean {
  return formats.blocks.has(embedKind(embed))
}

const NONE: Attributes = Object.freeze({})

/**
 * Attributes without nulls and undefined, keys sorted; equal attributes are the same text in JSON. Gives the object itself
 * back when it is in that form already: attributes are never changed in place.
 */
export function sortedAttributes(attributes: Attributes | undefined): Attributes {
  if (attributes === undefined) return NONE
  let before = ''
  let right = true
  let any = false
  for (const key in attributes) {
    const value = attributes[key]
    if (value === null || value === undefined || key < before) right = false
    before = key
    any = true
  }
  if (!any) return NONE
  if (right) return attributes
  const out: Record<string, FormatValue> = {}
  for (const key of Object.keys(attributes).sort()) {
    const value = attributes[key]
    if (value !== null && value !== undefined) out[key] = value
  }
  return out
}

/** Whether there is no attribute at all. */
export function isEmptyAttributes(attributes: Attributes | undefined): boolean {
  for (const key in attributes) if (Object.hasOwn(attributes, key)) return false
  return true
}

/** Whether two sets of attributes say the same (order and nulls do not count). */
export function sameAttributes(a: Attributes | undefined, b: Attributes | undefined): boolean {
  if (a === b) return true
  const one = sortedAttributes(a)
  const two = sortedAttributes(b)
  if (one === two) return true
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(two).length) return false
  return keys.every((key) => one[key] === two[key] || JSON.stringify(one[key]) === JSON.stringify(two[key]))
}
