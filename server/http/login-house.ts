/** Puts signing in together: sessions, accounts, the desk, and the accounts of the settings file as a way to sign in. */
import { randomBytes } from 'node:crypto'
import type { SignedInAdmins } from '../admin/gate.ts'
import { createLogins } from '../access/logins.ts'
import { createSessions } from '../access/sessions.ts'
import type { Sessions } from '../access/sessions.ts'
import { watchSessions } from '../access/ended-sessions.ts'
import type { EndedSessions } from '../access/ended-sessions.ts'
import { createHashes } from '../access/hashes.ts'
import { createPassNotes } from '../access/pass-notes.ts'
import type { PassNotes } from '../access/pass-notes.ts'
import { hasHashedAdmin, settingsUsers, unknownHashes, USERS_ID } from '../access/settings-users.ts'
import type { People } from '../access/types.ts'
import { createPasswordHashes } from '../accounts/passwords.ts'
import type { PasswordHashes } from '../accounts/passwords.ts'
import { createAccountRoom } from '../accounts/room.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { createLoginDesk } from './login-desk.ts'
import type { LoginDesk } from './login-desk.ts'
import { say } from './words.ts'

/** Plugins' names begin with `ep_`, so no plugin is called this. */
const OURS = 'inkpad'

/** Ms between two looks for sessions that ended, where other servers may be and where there is none. */
const LOOK = { together: 1000, alone: 15_000 }

type LoginSync = Pick<
  Sync,
  'signedOut' | 'sessionEnded' | 'sessionsHere' | 'authorsHere' | 'personChanged' | 'recheckAuthor'
>

export interface LoginHouse {
  readonly sessions: Sessions
  /** Accounts of our own, once the desk is open; null where the settings have none. */
  readonly accounts: AccountRoom | null
  /** Opens the desk; once the rooms are there. */
  open(parts: { people: People; sync: LoginSync }): LoginDesk
  /** Another server says that sessions ended, or that somebody is known otherwise. */
  look(): void
  /** Ends all sessions of an author's account; gives their number. */
  endSessionsOf(author: string): Promise<number>
  /** The providers there are at the start are known now. */
  begin(): void
  /** Looks for sessions that ended no more. */
  close(): void
  /** Is there a way to sign in? */
  hasWays(): boolean
  /** Notes of who gave the password of a pad. */
  readonly notes: PassNotes
  /** Who of those that are signed in may administer. */
  readonly admins: SignedInAdmins
}

export function createLoginHouse(parts: {
  store: Store
  settings: Settings
  log: Log
  audit: Pick<Audit, 'record'>
  /** How passwords are hashed; tests do it with less work. */
  passwords?: PasswordHashes
}): LoginHouse {
  const { store, settings, log, audit } = parts
  const key = (): Promise<string> => store.setting('login-key', () => randomBytes(32).toString('base64'))
  let desk: LoginDesk | null = null
  let accounts: AccountRoom | null = null
  let watch: EndedSessions | null = null
  let signedOut = (_author: string): void => {}
  let begin = (): void => {}
  const ready = new Promise<void>((resolve) => {
    begin = resolve
  })
  const sessions = createSessions({
    store,
    cookiePrefix: settings.cookie.prefix,
    idle: settings.cookie.sessionLifetime,
    longest: settings.cookie.sessionLongest,
    refresh: settings.cookie.sessionRefreshInterval,
    counts: (provider) => desk?.get(provider) !== undefined,
    ready,
  })
  return {
    sessions,
    notes: createPassNotes(key),
    hasWays: () => (desk?.list().length ?? 0) > 0,
    get accounts() {
      return accounts
    },
    begin: () => begin(),
    close: () => watch?.close(),
    look: () => watch?.hint(),
    async endSessionsOf(author) {
      const account = await store.accountOfAuthor(author)
      if (account === null) return 0
      const { ended, authors } = await sessions.end({ account: account.id })
      authors.forEach((one) => signedOut(one))
      return ended
    },
    admins: {
      possible: () =>
        desk !== null &&
        (settings.accounts.enabled ||
          hasHashedAdmin(settings) ||
          desk.list().some(({ id }) => !id.startsWith(`${OURS}/`))),
      async of(request) {
        const held = (await desk?.holder(request)) ?? null
        if (held === null || !held.facts.isAdmin) return null
        return { shown: held.facts.name, id: held.account.id }
      },
      still: async (id) => (await sessions.of(id)).length > 0,
    },
    open({ people, sync }) {
      signedOut = (author) => sync.signedOut(author)
      const every = store.kind === 'mariadb' ? LOOK.together : LOOK.alone
      watch = watchSessions({ store, sessions, sync, log, every })
      const renamed: Parameters<typeof createLogins>[0]['renamed'] = (person) => sync.personChanged(person)
      desk = createLoginDesk({
        settings,
        log,
        people,
        users: `${OURS}/${USERS_ID}`,
        sessions,
        audit,
        logins: createLogins({
          store,
          people,
          sessions,
          renamed,
          known: (author) => void sync.recheckAuthor(author),
        }),
        key,
        signedOut,
        authorsHere: () => sync.authorsHere(),
      })
      const words = (word: 'name' | 'password' | 'account', language: string): string =>
        say(language, `login.${word}`)
      const users = settingsUsers(settings, words, createHashes())
      for (const user of unknownHashes(settings))
        log.warn('nobody can sign in by this account: its hash is none of bcrypt', { user })
      if (users !== null) desk.add(OURS, users, async (work) => work())
      if (settings.accounts.enabled)
        accounts = createAccountRoom({
          store,
          settings,
          sessions,
          desk,
          key,
          ours: OURS,
          hashes: parts.passwords ?? createPasswordHashes(),
          words: (word, language) => say(language, `account.form.${word}`),
          signedOut,
          people,
          renamed,
        })
      return desk
    },
  }
}
