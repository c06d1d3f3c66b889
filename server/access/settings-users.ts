/** Accounts of the settings file (`users`) as a way to sign in (SPEC-access L40, L42). */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { LoginProvider } from '../../shared/plugin/login.ts'
import type { Settings } from '../settings/schema.ts'
import type { SettingsUser } from '../settings/users.ts'
import { isHash } from './hashes.ts'
import type { CompareHash } from './hashes.ts'

/** The provider's id, `inkpad/users` as a whole. */
export const USERS_ID = 'users'

/** The words of the form, in the reader's language. */
export type UserWords = (word: 'name' | 'password' | 'account', language: string) => string

/** Is the account's password a hash? A password in clear text counts more. */
function hasHash({ password, hash }: SettingsUser): boolean {
  return password === '' && isHash(hash)
}

/** Whether an administrator can sign in by the form only: the administration's own takes no hashes. */
export function hasHashedAdmin({ users }: Pick<Settings, 'users'>): boolean {
  return Object.values(users).some((user) => user.isAdmin && hasHash(user))
}

/** Names of accounts whose hash is none we know, and that nobody can use therefore. */
export function unknownHashes({ users }: Pick<Settings, 'users'>): readonly string[] {
  return Object.entries(users)
    .filter(([, { password, hash }]) => password === '' && hash !== '' && !isHash(hash))
    .map(([name]) => name)
}

/**
 * The way in for accounts with a password or a hash; null where it makes no sense: when nobody has to sign in, or there are
 * accounts of our own, an administrator's account with a password is for the administration.
 */
export function settingsUsers(
  settings: Pick<Settings, 'users' | 'requireAuthentication'> & { accounts?: Settings['accounts'] },
  words: UserWords,
  compare: CompareHash,
): LoginProvider | null {
  const users = Object.entries(settings.users).filter(([, user]) => user.password !== '' || hasHash(user))
  const others = settings.accounts?.enabled === true
  const wanted = users.filter(
    ([, user]) => (settings.requireAuthentication && !others) || !user.isAdmin || hasHash(user),
  )
  if (wanted.length === 0) return null
  const byName = new Map(users)
  const someHash = users.map(([, user]) => user).find(hasHash)?.hash

  async function isRight(password: string, user: SettingsUser | undefined): Promise<boolean> {
    if (user !== undefined && !hasHash(user)) return same(password, user.password)
    // The comparison is made for names that do not exist too.
    const hash = user?.hash ?? someHash
    if (hash === undefined) return same(password, '')
    return (await compare(password, hash)) && user !== undefined
  }

  return {
    id: USERS_ID,
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
      meant: ({ name = '' }) => (byName.has(name) ? name : ''),
      async enter({ name = '', password = '' }) {
        const user = byName.get(name)
        if (!(await isRight(password, user)) || user === undefined) return null
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
