/**
 * A table of formats as plain data, for the thread that makes files (SPEC-formats F14): formats are functions of plugins,
 * and functions do not travel. The thread says which values a text has of formats that are not the core's, the server
 * asks the formats once for each, and the thread answers from what came.
 */
import type { Attributes, Content, FormatValue } from '../../shared/text/delta.ts'
import { coreFormats, embedKind, extendFormats } from '../../shared/text/formats.ts'
import type {
  Drawing,
  ExportRule,
  Formats,
  InlineFormat,
  LineFormat,
  ShownPicture,
} from '../../shared/text/formats.ts'
import { readShownBoard } from '../../shared/text/shown-board.ts'
import type { ShownBoard } from '../../shared/text/shown-board.ts'
import { readNote, readShownPicture } from '../../shared/text/shown-picture.ts'
import { readStandIn } from '../../shared/text/exported.ts'
import { isEmbed } from '../../shared/text/lines.ts'
import { withCells } from '../../shared/text/table/value.ts'

/** Values of plugins' formats that are looked at in one text; further ones are not seen. */
const MOST_VALUES = 20_000

/** The formats that are not the core's, by name. */
export interface TableNames {
  inline: readonly Pick<InlineFormat, 'name' | 'many' | 'flag' | 'inclusive'>[]
  line: readonly string[]
  blocks: readonly string[]
  /** What has a rule for files, by kind of embed or name of format. */
  exports: readonly {
    key: string
    embed: boolean
    format: boolean
    picture: boolean
    note: boolean
    board: boolean
    contents: boolean
  }[]
}

/** UTF-16 units of an embed's value as JSON; of a larger one no rule is asked. */
const MOST_EMBED = 64_000

/** A name of a table with a value that stands in a text. */
export type Asked = readonly [name: string, value: FormatValue]

/** A kind of embed or a format with a value for which there is a rule for files. */
export type AskedRule = readonly [
  key: string,
  of: 'embed' | 'format' | 'picture' | 'note' | 'board',
  value: unknown,
]

/** What a rule said, as data; null for nothing. */
export interface ToldRule {
  key: string
  of: AskedRule[1]
  value: unknown
  content: Content | null
  attributes: Attributes | null
  picture: ShownPicture | null
  note: string | null
  board: ShownBoard | null
}

/** What a format says of a value: nothing for a wrong one. */
export interface Told {
  name: string
  value: FormatValue
  drawing: Drawing | null
}

/** What the thread has to know of a table before it has read the text. */
export function tableNames(formats: Formats): TableNames {
  const foreign = [...formats.inline.values(), ...formats.many.values()].filter((one) => !isCore(one))
  return {
    inline: foreign.map(({ name, many, flag, inclusive }) => ({ name, many, flag, inclusive })),
    line: [...formats.line.values()]
      .filter((one) => coreFormats.line.get(one.name) !== one)
      .map(({ name }) => name),
    blocks: [...formats.blocks],
    exports: [...formats.exports].map(([key, { embed, format, picture, note, board, contents }]) => ({
      key,
      embed: embed !== undefined,
      format: format !== undefined,
      picture: picture !== undefined,
      note: note !== undefined,
      board: board !== undefined,
      contents: contents === true,
    })),
  }
}

function isCore(format: InlineFormat): boolean {
  return (format.many ? coreFormats.many : coreFormats.inline).get(format.name) === format
}

/** The values a content has of these formats, each once. */
export function askedOf(content: Content, names: TableNames): Asked[] {
  const single = new Set([...names.line, ...names.inline.filter(({ many }) => !many).map(({ name }) => name)])
  const many = names.inline.filter((one) => one.many).map(({ name }) => name)
  if (single.size === 0 && many.length === 0) return []
  const found = new Map<string, Asked>()
  for (const { attributes } of withCells(content)) {
    for (const key in attributes) {
      const name = single.has(key) ? key : many.find((prefix) => key.startsWith(prefix))
      const value = attributes[key] ?? null
      if (name === undefined || value === null) continue
      const id = idOf(name, value)
      if (!found.has(id) && found.size < MOST_VALUES) found.set(id, [name, value])
    }
  }
  return [...found.values()]
}

/** The embeds and values a content has for which there are rules, each once. */
export function rulesAskedOf(content: Content, { exports }: TableNames): AskedRule[] {
  if (exports.length === 0) return []
  const embeds = new Map(exports.map((rule) => [rule.key, rule]))
  const formats = exports.filter(({ format }) => format).map(({ key }) => key)
  const found = new Map<string, AskedRule>()
  const add = (key: string, of: AskedRule[1], value: unknown): void => {
    const id = ruleId(key, of, value)
    if (id.length <= MOST_EMBED && !found.has(id) && found.size < MOST_VALUES) found.set(id, [key, of, value])
  }
  for (const { insert, attributes } of withCells(content)) {
    const kind = isEmbed(insert) ? embedKind(insert) : ''
    if (isEmbed(insert))
      for (const what of ['embed', 'picture', 'note', 'board'] as const)
        if (embeds.get(kind)?.[what]) add(kind, what, insert[kind])
    for (const key of formats) {
      const value = attributes?.[key] ?? null
      if (value !== null) add(key, 'format', value)
    }
  }
  return [...found.values()]
}

/** Asks a table's rules. */
export function rulesToldBy(formats: Formats, asked: readonly AskedRule[]): ToldRule[] {
  return asked.map(([key, of, value]) => {
    const rule = formats.exports.get(key)
    const content = of === 'embed' ? readStandIn(asData(() => rule?.embed?.(value))) : null
    const given = of === 'format' ? asData(() => rule?.format?.(value as FormatValue)) : null
    const attributes = typeof given === 'object' && given !== null ? (given as Attributes) : null
    const picture = of === 'picture' ? readShownPicture(asData(() => rule?.picture?.(value))) : null
    const note = of === 'note' ? readNote(asData(() => rule?.note?.(value))) : null
    const board = of === 'board' ? readShownBoard(asData(() => rule?.board?.(value))) : null
    return { key, of, value, content, attributes, picture, note, board }
  })
}

const ruleId = (key: string, of: AskedRule[1], value: unknown): string =>
  `${of} ${key} ${JSON.stringify(value)}`

const idOf = (name: string, value: FormatValue): string => `${name} ${JSON.stringify(value)}`

/** Asks a table's formats. */
export function toldBy(formats: Formats, asked: readonly Asked[]): Told[] {
  return asked.flatMap(([name, value]) => {
    const format = formats.inline.get(name) ?? formats.many.get(name) ?? formats.line.get(name)
    if (!format || !validates(format, value)) return []
    return [{ name, value, drawing: drawn(format, value) }]
  })
}

function validates(format: InlineFormat | LineFormat, value: FormatValue): boolean {
  try {
    return format.validate(value)
  } catch {
    return false
  }
}

/** As data: whatever else a plugin may have put into its answer stays here. */
function drawn(format: InlineFormat | LineFormat, value: FormatValue): Drawing | null {
  return asData(() => format.draw?.(value)) as Drawing | null
}

function asData(work: () => unknown): unknown {
  try {
    const text = JSON.stringify(work())
    return text === undefined ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** A table that answers as the one that was asked does. */
export function tableOf(names: TableNames, told: readonly Told[], rules: readonly ToldRule[] = []): Formats {
  const answers = new Map(told.map((one) => [idOf(one.name, one.value), one.drawing]))
  const answersOf = (name: string): Pick<InlineFormat, 'validate' | 'draw'> => ({
    validate: (value) => answers.has(idOf(name, value as FormatValue)),
    draw: (value) => answers.get(idOf(name, value)) ?? null,
  })
  return extendFormats(coreFormats, {
    inline: names.inline.map((one) => ({ ...one, ...answersOf(one.name) })),
    line: names.line.map((name) => ({ name, ...answersOf(name) })),
    blocks: names.blocks,
    exports: rulesOf(names, rules),
  })
}

function rulesOf(names: TableNames, told: readonly ToldRule[]): Record<string, ExportRule> {
  const answers = new Map(told.map((one) => [ruleId(one.key, one.of, one.value), one]))
  return Object.fromEntries(
    names.exports.map(({ key, embed, format, picture, note, board, contents }): [string, ExportRule] => [
      key,
      {
        ...(embed ? { embed: (value) => answers.get(ruleId(key, 'embed', value))?.content ?? null } : {}),
        ...(format
          ? { format: (value) => answers.get(ruleId(key, 'format', value))?.attributes ?? null }
          : {}),
        ...(picture
          ? { picture: (value) => answers.get(ruleId(key, 'picture', value))?.picture ?? null }
          : {}),
        ...(note ? { note: (value) => answers.get(ruleId(key, 'note', value))?.note ?? null } : {}),
        ...(board ? { board: (value) => answers.get(ruleId(key, 'board', value))?.board ?? null } : {}),
        ...(contents ? { contents } : {}),
      },
    ]),
  )
}
