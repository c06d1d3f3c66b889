/** The setting `users`: accounts of the settings file. */
import { asText, custom, flag } from './field.ts'
import type { Field, Reading } from './field.ts'

/** An account of the settings file. Accounts without a password do not exist. */
export interface SettingsUser {
  password: string
  isAdmin: boolean
}

/** Accounts by name. */
export type SettingsUsers = Readonly<Record<string, SettingsUser>>

/** Environment variables that make an account where the file names none. */
export const USER_VARIABLES = [
  { env: 'ADMIN_PASSWORD', name: 'admin', isAdmin: true },
  { env: 'USER_PASSWORD', name: 'user', isAdmin: false },
] as const

const isAdmin = flag(false, null, '')

function read(value: unknown): Reading<SettingsUsers> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { refused: {} }
  const users: [string, SettingsUser][] = []
  for (const [name, entry] of Object.entries(value as Record<string, unknown>)) {
    if (entry === null || entry === undefined) continue
    if (typeof entry !== 'object')
      return { refused: { at: name, allowed: '{"password": ..., "is_admin": ...}' } }
    const given = entry as Record<string, unknown>
    const password = given.password === null || given.password === undefined ? '' : asText(given.password)
    if (password === null) return { refused: { at: `${name}.password`, allowed: 'a text' } }
    const admin =
      given.is_admin === undefined || given.is_admin === null
        ? { value: false }
        : isAdmin.read(given.is_admin)
    if ('refused' in admin)
      return { refused: { at: `${name}.is_admin`, value: given.is_admin, allowed: isAdmin.allowed } }
    if (password !== '') users.push([name, { password, isAdmin: admin.value }])
  }
  return { value: Object.fromEntries(users) }
}

/** `users.NAME.{password,is_admin}`. */
export const usersField: Field<SettingsUsers> = custom<SettingsUsers>({
  fallback: {},
  env: null,
  about: 'Accounts; one without a password does not exist',
  allowed: '{"NAME": {"password": "...", "is_admin": true}}',
  secret: true,
  read,
})
