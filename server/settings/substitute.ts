/** `${NAME}` and `${NAME:default}` in a settings file, and the `EP__` variables, by Etherpad's rules. */

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Does the setting at this path keep its value as text? */
export type KeepsText = (path: readonly string[]) => boolean

/** A text that asks for a variable: name, and the default behind the colon. */
export const PLACEHOLDER = /^\$\{([^:]*)(:((.|\n)*))?\}$/

/** What a text from the environment means: boolean, null, undefined (as if not given), number or itself. */
export function coerce(text: string): unknown {
  switch (text) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    case 'undefined':
      return undefined
  }
  const numeric = !Number.isNaN(Number(text)) && !Number.isNaN(Number.parseFloat(text))
  return numeric ? Number(text) : text
}

/** As {@link coerce}, for a setting that is text: only null and undefined mean something else. */
export function coerceText(text: string): unknown {
  return text === 'null' ? null : text === 'undefined' ? undefined : text
}

/**
 * A copy of `value` with its placeholders filled in. Only a text that is a placeholder as a whole is one. A variable
 * that is set counts even when empty; unset without a default gives null and a warning.
 */
export function substitute(
  value: unknown,
  env: Environment,
  keepsText: KeepsText,
  warn: (warning: string) => void,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(value)) return value.map((item) => substitute(item, env, keepsText, warn, path) ?? null)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Record<string, unknown>)
      .map(([key, item]) => [key, substitute(item, env, keepsText, warn, [...path, key])] as const)
      .filter(([, item]) => item !== undefined)
    return Object.fromEntries(entries)
  }
  const match = typeof value === 'string' ? PLACEHOLDER.exec(value) : null
  if (match === null) return value
  const name = match[1] ?? ''
  const text = env[name] ?? match[3]
  if (text === undefined) {
    warn(
      `${path.join('.')}: the environment variable ${name} is not set and the file gives no default; null is used`,
    )
    return null
  }
  return keepsText(path) ? coerceText(text) : coerce(text)
}

/** The tree that variables such as `EP__ep_x__key=5` make: `{ ep_x: { key: 5 } }`. */
export function environmentTree(env: Environment, keepsText: KeepsText): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(env)) {
    const [first, ...path] = name.split('__')
    if (first !== 'EP' || path.length === 0 || path.includes('') || text === undefined) continue
    const value = keepsText(path) ? coerceText(text) : coerce(text)
    if (value === undefined) continue
    let branch = tree
    for (const key of path.slice(0, -1)) {
      const next = Object.hasOwn(branch, key) ? branch[key] : undefined
      const child = isTree(next) ? next : {}
      branch[key] = child
      branch = child
    }
    branch[path.at(-1) ?? ''] = value
  }
  return tree
}

/** `over` laid on `base`: objects are joined, everything else is replaced. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over))
    merged[key] = Object.hasOwn(merged, key) ? merge(merged[key], value) : value
  return merged
}

/** Is this a JSON object? */
export function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
