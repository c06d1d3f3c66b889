/** Signing in: whose account somebody is, which author that makes them, and the session that proves it (SPEC-access L1 to L5). */
import type { Person } from '../../shared/protocol.ts'
import type { AccountRow, LoginStore } from '../store/login-store.ts'
import type { CheckedIdentity } from './login-facts.ts'
import { factsOf, keyOf, padsWith } from './login-facts.ts'
import type { Sessions } from './sessions.ts'
import { newAuthorId } from './tokens.ts'
import type { People } from './types.ts'

export interface LoginsParts {
  store: Pick<LoginStore, 'account' | 'accountOfAuthor' | 'saveAccount'>
  people: Pick<People, 'people' | 'update' | 'unbind'>
  sessions: Sessions
  /** Somebody has another name: open pads are told. */
  renamed(person: Person): void
  /** Another may be known of an author than before: what they may do is asked again. */
  known(author: string): void
  now?: () => number
}

export interface SignedIn {
  account: AccountRow
  /** For the cookie. */
  secret: string
}

/** How often another author is tried when somebody else is faster. */
const TRIES = 3

export interface Logins {
  /**
   * Signs somebody in; `guest` is who the browser was until now, whose words stay theirs when the account is new.
   * `browser` says which browser it is.
   */
  signIn(provider: string, who: CheckedIdentity, guest: Person | null, browser: string): Promise<SignedIn>
  /** The account of somebody who proves themselves with each request, without a session. */
  once(provider: string, who: CheckedIdentity): Promise<AccountRow>
}

export function createLogins(parts: LoginsParts): Logins {
  const { store, people, sessions } = parts
  const now = parts.now ?? Date.now

  /** The account as it stands now, with the profile it has from now on; and the one before. */
  async function accountOf(
    provider: string,
    who: CheckedIdentity,
    guest: Person | null,
  ): Promise<{ account: AccountRow; before: AccountRow | null }> {
    const id = keyOf(provider, who.subject)
    const before = await store.account(id)
    const pads = padsWith(before === null ? undefined : factsOf(before).pads, who.profile.pads, now())
    let author = before?.author ?? null
    if (author === null && guest !== null && (await store.accountOfAuthor(guest.author)) === null)
      author = guest.author
    for (let tries = 0; tries < TRIES; tries++) {
      const account = await store.saveAccount({
        id,
        provider,
        subject: who.subject,
        author: author ?? newAuthorId(),
        profile: JSON.stringify({ ...who.profile, pads }),
        seen: now(),
      })
      if (account !== null) return { account, before }
      author = null
    }
    throw new Error('no author could be found for an account')
  }

  /** The provider's name, until the person has chosen one of their own. */
  async function nameThem(account: AccountRow, before: AccountRow | null): Promise<void> {
    const { name } = factsOf(account)
    const [person] = await people.people([account.author])
    if (person === undefined || name === '' || name === person.name) return
    const chosen = before !== null && person.name !== '' && person.name !== factsOf(before).name
    if (chosen) return
    parts.renamed(await people.update(account.author, name, person.colour))
  }

  return {
    async signIn(provider, who, guest, browser) {
      const { account, before } = await accountOf(provider, who, guest)
      people.unbind(account.author)
      sessions.changed(account)
      if (before !== null) parts.known(account.author)
      await nameThem(account, before)
      const sid = who.sid === '' ? '' : keyOf(provider, who.sid)
      const secret = await sessions.begin(account, sid, { keep: who.keep, browser })
      return { account, secret }
    },
    async once(provider, who) {
      const { account, before } = await accountOf(provider, who, null)
      sessions.changed(account)
      await nameThem(account, before)
      return account
    },
  }
}
