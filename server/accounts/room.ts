/** Accounts of our own, put together: what pages and the administration work with. */
import type { Login } from '../../shared/plugin/login.ts'
import type { Sessions } from '../access/sessions.ts'
import { keyOf } from '../access/login-facts.ts'
import type { LoginDesk } from '../http/login-types.ts'
import type { Settings } from '../settings/schema.ts'
import type { Store } from '../store/store.ts'
import { createAccounts } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import type { PasswordHashes } from './passwords.ts'
import { ACCOUNTS_ID, accountsProvider, identityOf } from './provider.ts'
import type { AccountWord } from './provider.ts'
import { createStepNotes } from './step-notes.ts'
import type { StepNotes } from './step-notes.ts'
import type { User } from './user.ts'

/** Names that nobody takes for themselves, as others would take them for somebody in charge. */
const RESERVED = ['admin', 'administrator', 'root', 'system', 'inkpad', 'etherpad', 'moderator', 'support']

export interface AccountRoom extends Accounts {
  readonly notes: StepNotes
  /** `PLUGIN/ID` of the way to sign in. */
  readonly provider: string
  /** Ends all sessions of an account; gives their number. */
  endSessions(id: string): Promise<number>
  /** Ends all but the one with this hash. */
  endOthers(id: string, hash: string): Promise<void>
  /** What a sign-in says of an account, that has just come in. */
  identity(user: User): ReturnType<typeof identityOf>
  /** Removes an account, its sessions and what it is known by; the author stays with the words. */
  erase(id: string): Promise<User>
}

export function createAccountRoom(parts: {
  store: Store
  settings: Settings
  sessions: Sessions
  desk: Pick<LoginDesk, 'add'>
  /** The name that stands for us before the ids of our own ways to sign in. */
  ours: string
  hashes: PasswordHashes
  key: () => Promise<string>
  words: (word: AccountWord, language: string) => string
  /** An author's sessions ended. */
  signedOut: (author: string) => void
}): AccountRoom {
  const { store, settings, sessions, desk, ours } = parts
  const provider = `${ours}/${ACCOUNTS_ID}`
  const accounts = createAccounts({
    store,
    hashes: parts.hashes,
    reserved: [...RESERVED, ...Object.keys(settings.users)],
  })
  const notes = createStepNotes(parts.key)
  const login: Login = desk.add(
    ours,
    accountsProvider({ accounts, notes, words: parts.words }),
    async (work) => work(),
  )
  const endSessions = (id: string): Promise<number> => login.end({ subject: id })
  return {
    ...accounts,
    notes,
    provider,
    endSessions,
    async endOthers(id, hash) {
      for (const row of await sessions.of(keyOf(provider, id))) {
        if (row.hash === hash) continue
        const { authors } = await sessions.end({ hash: row.hash })
        authors.forEach((author) => parts.signedOut(author))
      }
    },
    identity: (user) => identityOf(accounts, user),
    async erase(id) {
      const user = await accounts.remove(id)
      await endSessions(id)
      await store.removeAccount(keyOf(provider, id))
      return user
    },
  }
}
