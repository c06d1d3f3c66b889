/** Accounts of the settings file (`users`) as a way to sign in (SPEC-access L40). */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { LoginProvider } from '../../shared/plugin/login.ts'
import type { Settings } from '../settings/schema.ts'

/** The words of the form, in the reader's language. */
export type UserWords = (word: 'name' | 'password' | 'account', language: string) => string

/**
 * The way in for accounts with a password; null where it makes no sense: when nobody has to sign in, an administrator's
 * account alone is for the administration.
 */
export function settingsUsers(settings: Settings, words: UserWords): LoginProvider | null {
  const users = Object.entries(settings.users).filter(([, { password }]) => password !== '')
  const wanted = settings.requireAuthentication ? users : users.filter(([, { isAdmin }]) => !isAdmin)
  if (wanted.length === 0) return null
  const byName = new Map(users)
  return {
    id: 'users',
    label: (language) => words('account', language),
    form: {
      fields: [
        { name: 'name', label: (language) => words('name', language), autocomplete: 'username' },
        {
          name: 'password',
          label: (language) => words('password', language),
          secret: true,
          autocomplete: 'current-password',
        },
      ],
      async enter({ name = '', password = '' }) {
        const user = byName.get(name)
        // The comparison is made for names that do not exist too.
        if (!same(password, user?.password ?? '') || user === undefined) return null
        const { displayName, isAdmin, readOnly, canCreate } = user
        return { subject: name, name: displayName ?? name, isAdmin, readOnly, canCreate }
      },
    },
  }
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
function same(one: string, two: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(two)) && one !== ''
}
