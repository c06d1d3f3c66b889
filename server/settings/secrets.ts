/** What is never shown of settings: passwords, keys, addresses with credentials. */
import { isTree } from './substitute.ts'

/** Stands in place of a secret. */
export const HIDDEN = '(hidden)'

const SECRET_NAME = /passw|passphrase|secret|token|hash|credential|private|api_?key|^key$|^auth$/i

/** Does a key of settings that we have no declaration of look like a secret's? */
export function looksSecret(key: string): boolean {
  return SECRET_NAME.test(key)
}

/** A value to show. `secret` says that all of it is one; nothing and emptiness may be seen. */
export function shown(value: unknown, secret: boolean): unknown {
  if (value === null || value === undefined || value === '' || value === false) return value
  if (Array.isArray(value)) return secret && value.length > 0 ? HIDDEN : value.map((one) => shown(one, false))
  if (secret) return HIDDEN
  if (isTree(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, shown(inner, looksSecret(key))]),
    )
  return typeof value === 'string' ? withoutCredentials(value) : value
}

/** `https://user:password@host` → `https://(hidden)@host`. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi, `$1${HIDDEN}@`)
}
