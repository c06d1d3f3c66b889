/**
 * Settings of plugins, declared once: from a declaration come the form of the admin page, the check, the keys in
 * `settings.json`, the variables of the environment, and what is never shown.
 */

/** Who decides: the administrator, a pad's owner (else the administrator), each person (else the owner, else the administrator). */
export type Scope = 'server' | 'pad' | 'user'

/** One setting. */
export type Field = {
  scope: Scope
  /** Key of a translation. */
  label: string
  /** Key of a translation with a sentence of help. */
  help?: string
  /** May the browsers of pads know the value? Settings of pads and people always may; a `secret` never. */
  public?: boolean
  /** A variable of the environment that says it where neither the administrator nor the settings file does. */
  variable?: string
} &
  /**
   * With `time` a moment, kept as ISO 8601 in UTC; with `list` words with spaces between, which a file may also give as
   * a list; with `json` a text in JSON, which a file may also give as it is. Empty for none.
   */
  (
    | {
        type: 'text'
        default: string
        longest?: number
        time?: boolean
        list?: boolean
        json?: boolean
      }
    | { type: 'secret'; default: string }
    | { type: 'url'; default: string }
    | { type: 'colour'; default: string }
    | { type: 'number'; default: number; min?: number; max?: number }
    | { type: 'switch'; default: boolean }
    | { type: 'choice'; default: string; of: readonly string[] }
  )

export type Fields = Readonly<Record<string, Field>>

/** A value of a setting. */
export type FieldValue = string | number | boolean

type Widen<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : never

/** The values of declared settings. */
export type Values<F extends Fields> = { readonly [K in keyof F]: Widen<F[K]['default']> }

/** The longest text a setting takes where it does not say, in UTF-16 units. */
const LONGEST = 2000

/**
 * Reads a value for a setting; words such as `"true"` and `"5"` count as what they say, as environment variables can
 * only be words.
 * @throws RangeError that says what is allowed
 */
export function readField(field: Field, value: unknown): FieldValue {
  switch (field.type) {
    case 'switch': {
      if (value === true || value === 'true') return true
      if (value === false || value === 'false') return false
      throw new RangeError('true or false')
    }
    case 'number': {
      const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field
      if (typeof read === 'number' && Number.isFinite(read) && read >= min && read <= max) return read
      throw new RangeError(`a number from ${min} to ${max}`)
    }
    case 'choice': {
      const word = field.of.find((one) => one === String(value))
      if (word !== undefined) return word
      throw new RangeError(field.of.map((one) => `"${one}"`).join(' or '))
    }
    case 'colour': {
      if (typeof value === 'string' && (value === '' || /^#[0-9a-f]{6}$/i.test(value)))
        return value.toLowerCase()
      throw new RangeError('a colour such as #1a2b3c')
    }
    case 'url': {
      if (value === '') return ''
      if (
        typeof value === 'string' &&
        value.length <= LONGEST &&
        /^https?:\/\//i.test(value) &&
        URL.canParse(value)
      )
        return value
      throw new RangeError('an address that begins with http:// or https://')
    }
    case 'text':
    case 'secret': {
      if (field.type === 'text' && field.time === true) return readTime(value)
      if (field.type === 'text' && field.json === true) return readJson(value)
      const longest = field.type === 'text' ? (field.longest ?? LONGEST) : LONGEST
      const text =
        typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : field.type === 'text' && field.list === true && isWords(value)
            ? value.join(' ')
            : value
      if (typeof text === 'string' && text.length <= longest) return text
      throw new RangeError(`a text of at most ${longest} characters`)
    }
  }
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && !/\s/.test(word))
}

/** The longest setting in JSON, in UTF-16 units. */
const LONGEST_JSON = 20_000

function readJson(value: unknown): string {
  if (value === '') return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  try {
    JSON.parse(text)
  } catch {
    throw new RangeError('JSON')
  }
  if (text.length <= LONGEST_JSON) return text
  throw new RangeError(`JSON of at most ${LONGEST_JSON} characters`)
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(Z|[+-]\d{2}:\d{2})?)?$/

/** A moment; without a zone it is meant where this runs: on the server, or in front of who writes it. */
function readTime(value: unknown): string {
  if (value === '') return ''
  const parts = typeof value === 'string' ? TIME.exec(value.trim()) : null
  const time = new Date(parts ? `${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ''}` : Number.NaN)
  if (Number.isNaN(time.getTime())) throw new RangeError('a time such as 2026-03-14 18:00')
  return time.toISOString()
}

/** The defaults of all settings. */
export function defaultsOf<F extends Fields>(fields: F): Values<F> {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default])) as Values<F>
}

/** Which settings a browser may know. */
export function isPublic(field: Field): boolean {
  return field.type !== 'secret' && (field.scope !== 'server' || field.public === true)
}

/** Whether a layer of settings may hold this one: a person's never decides for the pad, a pad's never for the server. */
export function mayDecide(layer: Scope, field: Field): boolean {
  if (layer === 'server') return true
  return layer === 'pad' ? field.scope !== 'server' : field.scope === 'user'
}
