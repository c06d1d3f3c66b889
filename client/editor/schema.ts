/**
 * The document ProseMirror shows (SPEC-text T10): a flat row of `line` textblocks and `block` atoms.
 * Line formats are attributes of `line`, inline formats are marks of the same name; what the table of formats does not
 * know travels in bags of sorted JSON, so that a client never deletes what it does not understand (rule R10).
 */
import { Mark, Schema } from 'prosemirror-model'
import type { AttributeSpec, Attrs, MarkSpec, MarkType, Node, NodeSpec } from 'prosemirror-model'
import type { Attributes, Embed, FormatValue } from '../../shared/text/delta.ts'
import {
  coreFormats,
  embedKind,
  inlineFormat,
  isEmptyAttributes,
  isInlineKey,
  sortedAttributes,
} from '../../shared/text/formats.ts'
import type { Formats, InlineFormat } from '../../shared/text/formats.ts'
import { jsonObject, stableJson } from '../../shared/text/json.ts'
import { blockToDOM, drawnMark, embedToDOM, lineDrawer, markToDOM, threadsToDOM } from './draw.ts'
import { tableNodes } from './tables/nodes.ts'

/** Mark that holds all formats with an id in the key (comments, suggestions): `keys` is a bag. */
export const THREADS = 'threads'
/** Mark, and attribute of `line`, that holds what the table does not know. */
export const OTHER = 'other'

/** Outermost first; formats not named here, those of plugins, come after links in the order of their names. */
const MARK_ORDER = ['link', '', 'bold', 'italic', 'underline', 'strike', 'code', 'author']

const schemaFormats = new WeakMap<Schema, Formats>()

/** The table of formats a schema was made from. */
export function formatsOf(schema: Schema): Formats {
  return schemaFormats.get(schema) ?? coreFormats
}

function checked(what: string, right: (value: unknown) => boolean): AttributeSpec['validate'] {
  return (value: unknown) => {
    if (!right(value)) throw new RangeError(`Invalid ${what}`)
  }
}

const isBag = (value: unknown): boolean =>
  typeof value === 'string' && (value === '' || stableJson(jsonObject(value)) === value)
const isFullBag = (value: unknown): boolean => isBag(value) && value !== '' && value !== '{}'
const bag = (what: string): AttributeSpec => ({ default: '', validate: checked(what, isBag) })

function markSpec(format: InlineFormat): MarkSpec {
  const spec: MarkSpec = {
    inclusive: format.inclusive,
    toDOM: (mark) => {
      const value = format.flag ? true : (mark.attrs['value'] as FormatValue)
      return format.draw ? drawnMark(format, value) : markToDOM(format.name, value)
    },
  }
  if (!format.flag) spec.attrs = { value: { validate: checked(format.name, format.validate) } }
  const tags = FLAG_TAGS[format.name]
  if (tags) spec.parseDOM = tags.map((tag) => ({ tag }))
  return spec
}

/** Only what a browser itself may put into the text (soft keyboards); pasting has its own reader. */
const FLAG_TAGS: Readonly<Record<string, readonly string[]>> = {
  bold: ['b', 'strong'],
  italic: ['i', 'em'],
  underline: ['u'],
  strike: ['s', 'strike', 'del'],
  code: ['code'],
}

/** A schema for a table of formats. */
export function createSchema(formats: Formats = coreFormats): Schema {
  const lineAttrs: Record<string, AttributeSpec> = { open: { default: false, validate: 'boolean' } }
  for (const [name, format] of formats.line) {
    lineAttrs[name] = {
      default: null,
      validate: checked(name, (value) => value === null || format.validate(value)),
    }
  }
  lineAttrs[OTHER] = bag('other')

  const line: NodeSpec = {
    content: 'inline*',
    attrs: lineAttrs,
    defining: false,
    toDOM: lineDrawer(formats),
    parseDOM: [
      ...[1, 2, 3, 4, 5, 6].map((header) => ({ tag: `h${header}`, attrs: { header } })),
      { tag: 'p' },
      { tag: 'div' },
      { tag: 'li' },
    ],
  }
  const embedAttr: AttributeSpec = { validate: checked('embed', isFullBag) }
  const marks: Record<string, MarkSpec> = {}
  const names = [...formats.inline.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const name of names) {
    const format = formats.inline.get(name)
    if (format) marks[name] = markSpec(format)
    if (name === 'link') {
      marks[THREADS] = {
        inclusive: false,
        attrs: { keys: { validate: checked(THREADS, isFullBag) } },
        toDOM: (mark) => threadsToDOM(bagOf(mark.attrs['keys'])),
      }
    }
  }
  marks[OTHER] = {
    attrs: { keys: { validate: checked(OTHER, isFullBag) } },
    toDOM: () => ['span', 0],
  }

  const schema = new Schema({
    nodes: {
      doc: { content: '(line | block | table)+' },
      line,
      block: {
        atom: true,
        selectable: true,
        attrs: {
          embed: embedAttr,
          open: { default: false, validate: 'boolean' },
          inline: bag('inline formats'),
          formats: bag('line formats'),
        },
        toDOM: blockToDOM,
      },
      ...tableNodes({
        embed: embedAttr,
        open: { default: false, validate: 'boolean' },
        inline: bag('inline formats'),
        formats: bag('line formats'),
      }),
      text: { group: 'inline' },
      embed: {
        group: 'inline',
        inline: true,
        atom: true,
        attrs: { embed: embedAttr },
        toDOM: embedToDOM,
        leafText: () => '\ufffc',
      },
    },
    marks,
  })
  schemaFormats.set(schema, formats)
  return schema
}

function rank(name: string): number {
  const at = MARK_ORDER.indexOf(name)
  return at < 0 ? MARK_ORDER.indexOf('') : at
}

/** The schema of the core formats. */
export const schema: Schema = createSchema()

/** The contents of a bag. */
export function bagOf(bag: unknown): Attributes {
  return typeof bag === 'string' ? (jsonObject(bag) as Attributes) : {}
}

/** A bag of formats; '' when empty. */
export function bagFrom(attributes: Attributes): string {
  const kept = sortedAttributes(attributes)
  return isEmptyAttributes(kept) ? '' : stableJson(kept)
}

/** The marks inline attributes stand for. Every key is in exactly one of them. */
export function marksOf(schema: Schema, attributes: Attributes | undefined): readonly Mark[] {
  if (!attributes) return Mark.none
  const formats = formatsOf(schema)
  const marks: Mark[] = []
  const threads: Record<string, FormatValue> = {}
  const other: Record<string, FormatValue> = {}
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue
    const format = inlineFormat(key, formats)
    if (!format?.validate(value)) other[key] = value
    else if (format.many) threads[key] = value
    else marks.push(typeOf(schema, key).create(format.flag ? null : { value }))
  }
  addBag(marks, schema, THREADS, threads)
  addBag(marks, schema, OTHER, other)
  return Mark.setFrom(marks)
}

function addBag(marks: Mark[], schema: Schema, name: string, attributes: Attributes): void {
  const keys = bagFrom(attributes)
  if (keys !== '') marks.push(typeOf(schema, name).create({ keys }))
}

function typeOf(schema: Schema, name: string): MarkType {
  const type = schema.marks[name]
  if (!type) throw new RangeError(`No mark ${name} in this schema`)
  return type
}

/** The inline attributes marks stand for. */
export function attributesOf(marks: readonly Mark[]): Attributes {
  const out: Record<string, FormatValue> = {}
  for (const mark of marks) {
    const keys: unknown = mark.attrs['keys']
    if (typeof keys === 'string') Object.assign(out, bagOf(keys))
    else out[mark.type.name] = 'value' in mark.attrs ? (mark.attrs['value'] as FormatValue) : true
  }
  return out
}

/**
 * The attributes of a `line` node for the attributes of a newline. Inline keys on a newline are leaks (R14) and not shown;
 * a known key with a wrong value is kept in `other`.
 */
export function lineAttrs(schema: Schema, attributes: Attributes | undefined, open = false): Attrs {
  const attrs: Record<string, unknown> = { open }
  const other: Record<string, FormatValue> = {}
  const formats = formatsOf(schema)
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || isInlineKey(key, formats)) continue
    if (formats.line.get(key)?.validate(value)) attrs[key] = value
    else other[key] = value
  }
  attrs[OTHER] = bagFrom(other)
  return attrs
}

/** The attributes of the newline of a `line`, `block` or `table` node; empty when it is open. */
export function lineAttributes(node: Node): Attributes {
  if (node.attrs['open'] === true) return {}
  if (node.type.name !== 'line') return bagOf(node.attrs['formats'])
  const out: Record<string, FormatValue> = { ...bagOf(node.attrs[OTHER]) }
  for (const name of formatsOf(node.type.schema).line.keys()) {
    const value = node.attrs[name] as FormatValue | undefined
    if (value !== null && value !== undefined) out[name] = value
  }
  return out
}

/** The embed of a `block` or `embed` node. */
export function embedOf(node: Node): Embed {
  return jsonObject(String(node.attrs['embed']))
}

/** The kind of the embed of a node ('' when it has none or several). */
export function kindOf(node: Node): string {
  return embedKind(embedOf(node))
}
