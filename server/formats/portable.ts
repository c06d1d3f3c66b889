/**
 * A table of formats as plain data, for the thread that makes files (SPEC-formats F14): formats are functions of plugins,
 * and functions do not travel. The thread says which values a text has of formats that are not the core's, the server
 * asks the formats once for each, and the thread answers from what came.
 */
import type { Content, FormatValue } from '../../shared/text/delta.ts'
import { coreFormats, extendFormats } from '../../shared/text/formats.ts'
import type { Drawing, Formats, InlineFormat, LineFormat } from '../../shared/text/formats.ts'

/** Values of plugins' formats that are looked at in one text; further ones are not seen. */
const MOST_VALUES = 20_000

/** The formats that are not the core's, by name. */
export interface TableNames {
  inline: readonly Pick<InlineFormat, 'name' | 'many' | 'flag' | 'inclusive'>[]
  line: readonly string[]
  blocks: readonly string[]
}

/** A name of a table with a value that stands in a text. */
export type Asked = readonly [name: string, value: FormatValue]

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
  for (const { attributes } of content) {
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
  if (!format.draw) return null
  try {
    return JSON.parse(JSON.stringify(format.draw(value))) as Drawing | null
  } catch {
    return null
  }
}

/** A table that answers as the one that was asked does. */
export function tableOf(names: TableNames, told: readonly Told[]): Formats {
  const answers = new Map(told.map((one) => [idOf(one.name, one.value), one.drawing]))
  const answersOf = (name: string): Pick<InlineFormat, 'validate' | 'draw'> => ({
    validate: (value) => answers.has(idOf(name, value as FormatValue)),
    draw: (value) => answers.get(idOf(name, value)) ?? null,
  })
  return extendFormats(coreFormats, {
    inline: names.inline.map((one) => ({ ...one, ...answersOf(one.name) })),
    line: names.line.map((name) => ({ name, ...answersOf(name) })),
    blocks: names.blocks,
  })
}
