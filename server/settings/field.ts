/** Kinds of settings: what each accepts, and what it makes of it. The table of all settings is `schema.ts`. */

/** What became of a value: accepted, or refused with what would be allowed. */
export type Reading<T> = { value: T; warning?: string } | { refused: Refusal }

/** Why a value is refused. `at` is the rest of the key when the fault is inside the value. */
export interface Refusal {
  at?: string
  value?: unknown
  allowed?: string
}

/** One setting. */
export interface Field<T> {
  /** Value when nothing, null or (unless `keepsEmpty`) an empty text is given. */
  readonly fallback: T
  /** Environment variable that sets it where the file says nothing. */
  readonly env: string | null
  /** For the administrator: what it does. */
  readonly about: string
  /** Ends the sentence "allowed is ...". */
  readonly allowed: string
  /** Never shown in errors or logs. */
  readonly secret: boolean
  /** Values from the environment stay text: `007` is a password, not the number 7. */
  readonly text: boolean
  /** An empty text is a value. */
  readonly keepsEmpty: boolean
  /** What the template file shows as default when it differs from the fallback's own JSON. */
  readonly shown?: string
  /** Why a value other than the default has no effect here, or none yet; ends the sentence "KEY has no effect: ...". */
  readonly note?: string
  /** Gets anything but null, undefined and (unless `keepsEmpty`) an empty text. */
  read(value: unknown): Reading<T>
}

/** A setting of Etherpad's that does nothing here: any value is accepted and none is kept. */
export interface Idle extends Field<unknown> {
  readonly idle: true
  readonly note: string
  /** What the files that come with the project show in place of the default. */
  readonly written?: unknown
  /** Is nothing missing when this value has no effect? */
  quiet(value: unknown): boolean
}

type Facts<T> = Pick<Field<T>, 'fallback' | 'env' | 'about'>
type Extras = { secret?: boolean; keepsEmpty?: boolean; shown?: string }

const REFUSED = { refused: {} } as const

function facts<T>(fallback: T, env: string | null, about: string): Facts<T> {
  return { fallback, env, about }
}

/** A text. Numbers and booleans written in the file without quotes become text. */
export function text(
  fallback: string,
  env: string | null,
  about: string,
  extras: Extras = {},
): Field<string> {
  return {
    ...facts(fallback, env, about),
    allowed: 'a text',
    secret: extras.secret ?? false,
    text: true,
    keepsEmpty: extras.keepsEmpty ?? false,
    ...(extras.shown === undefined ? {} : { shown: extras.shown }),
    read: (value) => {
      const read = asText(value)
      return read === null ? REFUSED : { value: read }
    },
  }
}

/** A text or nothing. `false` is nothing too, as in old settings files. */
export function optionalText(
  env: string | null,
  about: string,
  extras: Extras & { allowed?: string; check?: (text: string) => string | null } = {},
): Field<string | null> {
  const check = extras.check ?? ((given: string) => given)
  return {
    ...facts<string | null>(null, env, about),
    allowed: extras.allowed ?? 'a text or null',
    secret: extras.secret ?? false,
    text: true,
    keepsEmpty: false,
    read: (value) => {
      if (value === false || value === 'false') return { value: null }
      const read = asText(value)
      const checked = read === null ? null : check(read)
      return checked === null ? REFUSED : { value: checked }
    },
  }
}

/** True or false. */
export function flag(fallback: boolean, env: string | null, about: string): Field<boolean> {
  return {
    ...facts(fallback, env, about),
    allowed: 'true or false',
    secret: false,
    text: false,
    keepsEmpty: false,
    read: (value) => {
      const given = typeof value === 'string' ? value.trim().toLowerCase() : value
      if (given === true || given === 'true') return { value: true }
      if (given === false || given === 'false') return { value: false }
      return REFUSED
    },
  }
}

/** A whole number from `min` to `max`, both included. */
export function number(
  fallback: number,
  min: number,
  max: number,
  env: string | null,
  about: string,
): Field<number> {
  return {
    ...facts(fallback, env, about),
    allowed: `a whole number from ${min} to ${max}`,
    secret: false,
    text: false,
    keepsEmpty: false,
    read: (value) => {
      const read = asNumber(value)
      return read === null || read < min || read > max ? REFUSED : { value: read }
    },
  }
}

/** One of several words, in any case. `others` maps further words to them. */
export function choice<const T extends string>(
  fallback: T,
  words: readonly T[],
  env: string | null,
  about: string,
  others: Readonly<Record<string, T>> = {},
): Field<T> {
  return {
    ...facts(fallback, env, about),
    allowed: words.map((word) => `"${word}"`).join(' or '),
    secret: false,
    text: true,
    keepsEmpty: false,
    read: (value) => {
      const given = asText(value)?.trim().toLowerCase()
      const word = words.find((one) => one.toLowerCase() === given)
      if (word !== undefined) return { value: word }
      const other = given !== undefined && Object.hasOwn(others, given) ? others[given] : undefined
      return other === undefined ? REFUSED : { value: other }
    },
  }
}

/** A list of texts; a single text is split at spaces and commas. */
export function words(
  fallback: readonly string[],
  env: string | null,
  about: string,
  allowed: string,
  check: (word: string) => boolean,
): Field<readonly string[]> {
  return {
    ...facts(fallback, env, about),
    allowed,
    secret: false,
    text: true,
    keepsEmpty: false,
    shown: fallback.join(' '),
    read: (value) => {
      const list: unknown =
        typeof value === 'string'
          ? unquoted(value, '"')
              .split(/[\s,]+/)
              .filter(Boolean)
          : value
      if (!Array.isArray(list) || list.length > 100) return REFUSED
      const wrong: unknown = list.find((word) => typeof word !== 'string' || !check(word))
      if (wrong !== undefined) return { refused: { value: wrong } }
      return { value: list.map(String) }
    },
  }
}

/** A field with a rule of its own. */
export function custom<T>(
  field: Facts<T> & Partial<Field<T>> & Pick<Field<T>, 'allowed' | 'read'>,
): Field<T> {
  return { secret: false, text: false, keepsEmpty: false, ...field }
}

/** A setting that will count once `note` is no longer true. */
export function later<T>(field: Field<T>, note: string): Field<T> {
  return { ...field, note }
}

/** A key of Etherpad's files without effect here. `fallback` is Etherpad's default; it and what is `quiet` need no words. */
export function idle(
  fallback: unknown,
  env: string | null,
  about: string,
  note: string,
  extras: { secret?: boolean; text?: boolean; written?: unknown; quiet?: (value: unknown) => boolean } = {},
): Idle {
  const own = JSON.stringify(fallback)
  return {
    ...facts(fallback, env, about),
    idle: true,
    note,
    allowed: 'anything',
    secret: extras.secret ?? false,
    text: extras.text ?? typeof fallback === 'string',
    keepsEmpty: true,
    ...(extras.written === undefined ? {} : { written: extras.written }),
    quiet: (value) => value === '' || JSON.stringify(value) === own || (extras.quiet?.(value) ?? false),
    read: (value) => ({ value }),
  }
}

/** Is this one of those without effect? */
export function isIdle(field: Field<unknown>): field is Idle {
  return 'idle' in field
}

/** Quotes round a value come from `.env` files that were passed on as they are. */
export function unquoted(text: string, quotes = '"\''): string {
  const inner = text.trim()
  const quote = inner[0] ?? ''
  return inner.length > 1 && quotes.includes(quote) && inner.endsWith(quote) ? inner.slice(1, -1) : text
}

/** The text of a scalar, or null. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return null
}

/** The whole number in a number or a text, or null. */
export function asNumber(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null
  const read = Number(value)
  return Number.isSafeInteger(read) ? read : null
}
