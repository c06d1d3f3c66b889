/** Accounts of our own, put together: what pages and the administration work with. */
import type { Login } from '../../shared/plugin/login.ts'
import type { Sessions } from '../access/sessions.ts'
import { factsOf, keyOf } from '../access/login-facts.ts'
import type { People } from '../access/types.ts'
import type { Person } from '../../shared/protocol.ts'
import { AppError } from '../errors.ts'
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
import { cleanName } from './user.ts'
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
  /** The name that others see of an author. */
  shownName(author: string): Promise<string>
  /** Another name for others to see; '' for that of the account. @throws AppError `badRequest` */
  setShownName(author: string, name: string): Promise<void>
  /** How many pads an author owns. */
  padsOf(author: string): Promise<number>
  /**
   * Removes an account, its sessions and what it is known by; the author stays with the words and owns what they owned, and
   * `nameless` takes their name off them.
   */
  erase(id: string, nameless?: boolean): Promise<User>
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
  people: Pick<People, 'people' | 'update' | 'forget'>
  /** Somebody has another name: open pads are told. */
  renamed: (person: Person) => void
}): AccountRoom {
  const { store, settings, sessions, desk, ours, people } = parts
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
    async shownName(author) {
      return (await people.people([author]))[0]?.name ?? ''
    },
    async setShownName(author, text) {
      const [person] = await people.people([author])
      const account = await store.accountOfAuthor(author)
      if (person === undefined || account === null) return
      const name = text.trim() === '' ? factsOf(account).name : cleanName(text)
      if (name === null) throw new AppError('badRequest', 'A name has 1 to 50 characters that can be seen.')
      parts.renamed(await people.update(author, name, person.colour))
    },
    async padsOf(author) {
      const wanted = { search: '', order: 'name', descending: false, offset: 0, limit: 1 } as const
      return (await store.myPads({ ...wanted, who: [author], kind: 'own' })).total
    },
    async erase(id, nameless = false) {
      const author = (await store.account(keyOf(provider, id)))?.author ?? null
      const user = await accounts.remove(id)
      await endSessions(id)
      await store.removeAccount(keyOf(provider, id))
      const stranger = nameless && author !== null ? await people.forget(author) : null
      if (stranger !== null) parts.renamed(stranger)
      return user
    },
  }
}
