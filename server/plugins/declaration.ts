/** Loads a plugin's halves and checks what they declare, so that nobody meets a wrong value later. */
import { pathToFileURL } from 'node:url'
import type { Declaration, Fields, ServerHalf } from '../../shared/plugin.ts'
import { readField } from '../../shared/plugin/fields.ts'
import type { Field } from '../../shared/plugin/fields.ts'
import type { FormatAdditions } from '../../shared/text/formats.ts'
import { isTree } from '../settings/substitute.ts'
import { show } from './facts.ts'
import type { FoundPlugin } from './find.ts'

/** Ms a half may take to load. */
export const LOAD_LIMIT = 10_000

const TYPES = ['text', 'secret', 'url', 'colour', 'number', 'switch', 'choice']
const SCOPES = ['server', 'pad', 'user']
const KEY = /^[a-zA-Z][a-zA-Z0-9-]*(_[a-zA-Z0-9-]+)*$/
const MESSAGE = /^[\w.-]{1,64}$/
const FORMAT = /^[\p{L}\p{N}._-]{1,64}$/u
/** Settings and messages of one plugin. */
const MOST = 100

/** Loads the shared half. @throws whatever it throws, and RangeError with what is wrong with the declaration */
export async function loadDeclaration(found: FoundPlugin): Promise<Declaration> {
  const { declaration } = await load(found.shared, found.mark)
  return readDeclaration(found.facts.name, declaration)
}

/** Loads the server half; null when the plugin has none. */
export async function loadServerHalf(found: FoundPlugin): Promise<ServerHalf | null> {
  if (found.server === null) return null
  const { server } = await load(found.server, found.mark)
  if (typeof server !== 'function') throw new RangeError('its server half exports no function "server"')
  return server as ServerHalf
}

async function load(path: string, mark: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path).href
  return within(
    import(mark === '' ? url : `${url}?${mark}`) as Promise<Record<string, unknown>>,
    LOAD_LIMIT,
    'it took too long to load',
  )
}

/** What `work` gives within `limit` ms. @throws RangeError with `late` */
export async function within<T>(work: Promise<T>, limit: number, late: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RangeError(late)), limit)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}

/** Checks a declaration. @throws RangeError with what is wrong */
export function readDeclaration(name: string, value: unknown): Declaration {
  if (!isTree(value)) throw new RangeError('its shared half exports no object "declaration"')
  if (value.name !== name)
    throw new RangeError(`its declaration's name is ${show(value.name)}, not "${name}"`)
  const settings = entries(value.settings, 'settings')
  for (const [key, field] of settings) checkField(key, field)
  const messages = entries(value.messages, 'messages')
  for (const [key, check] of messages)
    if (!MESSAGE.test(key) || typeof check !== 'function')
      throw new RangeError(`its message ${show(key)} is no check of what comes in`)
  if (value.formats !== undefined) checkFormats(value.formats)
  checkRules(value.exports, value.imports)
  return value as unknown as Declaration
}

function entries(value: unknown, what: string): [string, unknown][] {
  if (value === undefined) return []
  if (!isTree(value)) throw new RangeError(`its ${what} are ${show(value)}, not an object`)
  const all = Object.entries(value)
  if (all.length > MOST) throw new RangeError(`it declares more than ${MOST} ${what}`)
  return all
}

function checkField(key: string, field: unknown): void {
  const wrong = (what: string) => new RangeError(`its setting ${key} ${what}`)
  if (!KEY.test(key) || key.length > 64) throw new RangeError(`its setting ${show(key)} has no proper name`)
  if (!isTree(field)) throw wrong('is no object')
  if (!TYPES.includes(String(field.type)))
    throw wrong(`has type ${show(field.type)}; allowed are ${TYPES.join(', ')}`)
  if (!SCOPES.includes(String(field.scope)))
    throw wrong(`has scope ${show(field.scope)}; allowed are ${SCOPES.join(', ')}`)
  if (field.type === 'secret' && field.scope !== 'server')
    throw wrong('is a secret, which has scope "server" only')
  if (typeof field.label !== 'string' || field.label === '') throw wrong('has no label')
  if (field.help !== undefined && typeof field.help !== 'string') throw wrong('has a help that is no text')
  if (
    field.type === 'choice' &&
    !(Array.isArray(field.of) && field.of.every((one) => typeof one === 'string'))
  )
    throw wrong('has no list "of" of words to choose from')
  for (const bound of ['min', 'max', 'longest'])
    if (field[bound] !== undefined && typeof field[bound] !== 'number')
      throw wrong(`has a ${bound} that is no number`)
  try {
    if (readField(field as unknown as Field, field.default) !== field.default)
      throw new RangeError('another value')
  } catch (error) {
    throw wrong(`has the default ${show(field.default)}; allowed is ${(error as Error).message}`)
  }
}

function checkFormats(formats: unknown): void {
  if (!isTree(formats)) throw new RangeError('its formats are no object')
  for (const kind of ['inline', 'line'] as const) {
    const list = formats[kind] ?? []
    if (!Array.isArray(list)) throw new RangeError(`its formats.${kind} is no list`)
    for (const format of list as unknown[]) {
      if (!isTree(format) || typeof format.name !== 'string' || !FORMAT.test(format.name))
        throw new RangeError(`a format of formats.${kind} has no proper name`)
      if (typeof format.validate !== 'function')
        throw new RangeError(`its format ${format.name} has no check "validate"`)
      for (const part of ['draw', 'read'])
        if (format[part] !== undefined && typeof format[part] !== 'function')
          throw new RangeError(`its format ${format.name} has a ${part} that is no function`)
    }
  }
  const blocks = formats.blocks ?? []
  if (!Array.isArray(blocks) || !blocks.every((kind) => typeof kind === 'string' && FORMAT.test(kind)))
    throw new RangeError('its formats.blocks is no list of names')
}

const RULE_PARTS = ['board', 'embed', 'format', 'note', 'picture']

function checkRules(exported: unknown, imported: unknown): void {
  for (const [key, rule] of entries(exported, 'exports')) {
    const parts = isTree(rule) ? Object.entries(rule) : []
    const proper = parts.every(
      ([part, work]) =>
        work === undefined ||
        (part === 'contents' ? work === true : RULE_PARTS.includes(part) && typeof work === 'function'),
    )
    if (!FORMAT.test(key) || parts.length === 0 || !proper)
      throw new RangeError(
        `its export rule ${show(key)} has no function "embed", "picture", "note", "board" or "format", and no "contents"`,
      )
  }
  for (const [kind, read] of entries(imported, 'imports'))
    if (!FORMAT.test(kind) || typeof read !== 'function')
      throw new RangeError(`its import rule ${show(kind)} is no function`)
}

/** Settings a plugin declares; none when it declares none. */
export function fieldsOf(declaration: Declaration): Fields {
  return declaration.settings ?? {}
}

/**
 * The formats of a plugin so that an error in them stays an error of the plugin: what throws counts as "does not
 * apply", and `failed` is told.
 */
export function guardedFormats(formats: FormatAdditions, failed: (error: unknown) => void): FormatAdditions {
  const guard =
    <A extends unknown[], R>(work: (...given: A) => R, otherwise: R) =>
    (...given: A): R => {
      try {
        return work(...given)
      } catch (error) {
        failed(error)
        return otherwise
      }
    }
  const safe = <F extends NonNullable<FormatAdditions['line']>[number]>(format: F): F => ({
    ...format,
    validate: guard(format.validate, false),
    ...(format.draw === undefined ? {} : { draw: guard(format.draw, null) }),
    ...(format.read === undefined ? {} : { read: guard(format.read, undefined) }),
  })
  return {
    ...formats,
    inline: (formats.inline ?? []).map((format) => safe(format)),
    line: (formats.line ?? []).map((format) => safe(format)),
    exports: Object.fromEntries(
      Object.entries(formats.exports ?? {}).map(
        ([key, { board, contents, embed, format, note, picture }]) => [
          key,
          {
            ...(board === undefined ? {} : { board: guard(board, null) }),
            ...(contents === undefined ? {} : { contents }),
            ...(embed === undefined ? {} : { embed: guard(embed, null) }),
            ...(format === undefined ? {} : { format: guard(format, null) }),
            ...(note === undefined ? {} : { note: guard(note, null) }),
            ...(picture === undefined ? {} : { picture: guard(picture, null) }),
          },
        ],
      ),
    ),
    imports: Object.fromEntries(
      Object.entries(formats.imports ?? {}).map(([kind, read]) => [kind, guard(read, undefined)]),
    ),
  }
}
