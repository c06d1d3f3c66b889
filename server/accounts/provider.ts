/** Accounts of our own as a way to sign in: password, then the second factor, then another password where one was given (SPEC-access AC24). */
import type {
  LoginField,
  LoginIdentity,
  LoginProvider,
  LoginStep,
  LoginWords,
} from '../../shared/plugin/login.ts'
import { AppError } from '../errors.ts'
import type { Accounts } from './accounts.ts'
import type { StepContent, StepNotes } from './step-notes.ts'
import type { User } from './user.ts'

/** Words of the form. */
export type AccountWord = 'label' | 'name' | 'password' | 'aboutCode' | 'code' | 'aboutNew' | 'new' | 'again'

/** The provider's id, `inkpad/accounts` as a whole. */
export const ACCOUNTS_ID = 'accounts'

export function accountsProvider(parts: {
  accounts: Accounts
  notes: StepNotes
  words: (word: AccountWord, language: string) => string
}): LoginProvider {
  const { accounts, notes } = parts
  const words =
    (word: AccountWord): LoginWords =>
    (language) =>
      parts.words(word, language)
  const secret = (name: string, label: AccountWord, autocomplete: string): LoginField => ({
    name,
    label: words(label),
    secret: true,
    autocomplete,
  })

  const CODE: LoginField = { name: 'code', label: words('code'), autocomplete: 'one-time-code' }
  const PASSWORDS = [secret('new', 'new', 'new-password'), secret('again', 'again', 'new-password')]

  function asked(kind: 'code' | 'password', note: string, { name: meant }: User): LoginStep {
    return kind === 'code'
      ? { note, meant, about: words('aboutCode'), fields: [CODE] }
      : { note, meant, about: words('aboutNew'), fields: PASSWORDS }
  }

  async function step(kind: 'code' | 'password', user: User): Promise<LoginStep> {
    const { id, version } = user
    return asked(kind, await notes.make({ kind, id, version, secret: '' }), user)
  }

  async function proved(user: User): Promise<LoginIdentity | LoginStep> {
    return user.proof.given ? step('password', user) : identityOf(accounts, user)
  }

  /** What a note says, while the account is as it was. */
  async function read(note: string): Promise<(StepContent & { user: User }) | null> {
    const content = await notes.read(note)
    const user = content === null ? null : await accounts.find(content.id)
    if (content === null || user === null || user.version !== content.version || user.blocked) return null
    return { ...content, user }
  }

  return {
    id: ACCOUNTS_ID,
    label: words('label'),
    form: {
      fields: [
        { name: 'name', label: words('name'), autocomplete: 'username' },
        secret('password', 'password', 'current-password'),
      ],
      async enter({ name = '', password = '' }) {
        const user = await accounts.enter(name, password)
        if (user === null) return null
        return user.proof.factor === null ? proved(user) : step('code', user)
      },
      steps: {
        async read(note) {
          const found = await read(note)
          return found === null || found.kind === 'factor' ? null : asked(found.kind, note, found.user)
        },
        async goOn(note, { code = '', new: password = '', again = '' }) {
          const found = await read(note)
          if (found === null) return null
          if (found.kind === 'code') return proved(await accounts.takeCode(found.id, code))
          if (password !== again) throw new AppError('badRequest', 'The two new passwords are not the same.')
          return identityOf(accounts, await accounts.setPassword(found.id, password, false))
        },
      },
      meant: ({ name = '' }) => accounts.nameOf(name),
    },
  }
}

/** Whom the provider found; notes that they came in. */
export async function identityOf(accounts: Accounts, { id, name, admin }: User): Promise<LoginIdentity> {
  await accounts.seen(id)
  return { subject: id, name, isAdmin: admin }
}
