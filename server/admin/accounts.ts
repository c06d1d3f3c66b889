/** The administrator's list of accounts of our own, and what they do with one (SPEC-access AC32, AC33). */
import { randomInt } from 'node:crypto'
import type { AdminAccountRow } from '../../shared/admin.ts'
import { keyOf } from '../access/login-facts.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { User } from '../accounts/user.ts'
import type { AuditEvent } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { signedInName } from './gate.ts'
import type { Administrator } from './gate.ts'
import { choiceIn, flagIn, textIn, wholeIn } from './input.ts'

type Input = Readonly<Record<string, unknown>>

/** Who asks, and how it is recorded. */
export interface Asking {
  by: Administrator
  record: (event: Pick<AuditEvent, 'kind' | 'target' | 'facts'>) => void
}

export interface AdminAccountsRoom {
  page: (query: Input) => Promise<{
    enabled: boolean
    signUp: boolean
    accounts: readonly AdminAccountRow[]
    total: number
  }>
  /** Makes one; gives the password with which its person comes in once. */
  add: (body: Input, asking: Asking) => Promise<{ password: string }>
  /** Another such password. */
  password: (body: Input, asking: Asking) => Promise<{ password: string }>
  rights: (body: Input, asking: Asking) => Promise<void>
  dropFactor: (body: Input, asking: Asking) => Promise<void>
  signOut: (body: Input, asking: Asking) => Promise<{ ended: number }>
  remove: (body: Input, asking: Asking) => Promise<void>
}

const PAGE = 50
/** Letters and digits that nobody takes for another; 16 of them are 79 bits. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'

/** A password to hand over: read and typed once. */
function handedPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** @param accounts null where the settings have none */
export function adminAccounts(accounts: AccountRoom | null, settings: Settings): AdminAccountsRoom {
  function room(): AccountRoom {
    if (accounts !== null) return accounts
    throw new AppError('forbidden', 'There are no accounts here: accounts.enabled is false in the settings.')
  }

  async function named(body: Input): Promise<User> {
    const user = await room().find(textIn(body, 'id', 64))
    if (user === null) throw new AppError('notFound', 'There is no such account any more.')
    return user
  }

  /** Nobody locks themselves out, or takes their own rights by mistake. */
  function notThemselves({ id }: User, { by }: Asking): void {
    if (by.account.name === signedInName(keyOf(room().provider, id)))
      throw new AppError('badRequest', 'This is your own account; let another administrator do that.')
  }

  return {
    async page(query) {
      if (accounts === null) return { enabled: false, signUp: false, accounts: [], total: 0 }
      const size = wholeIn(query, 'size', 1, 200, PAGE)
      const { users, total } = await accounts.page({
        search: textIn(query, 'search', 200, ''),
        order: choiceIn(query, 'order', ['name', 'seen', 'created'], 'name'),
        descending: flagIn(query, 'descending', false),
        offset: wholeIn(query, 'page', 0, 1_000_000, 0) * size,
        limit: size,
      })
      return {
        enabled: true,
        signUp: settings.accounts.signUp,
        total,
        accounts: users.map(({ id, name, created, seen, admin, blocked, proof }) => ({
          id,
          name,
          created,
          seen,
          admin,
          blocked,
          factor: proof.factor !== null,
          given: proof.given,
        })),
      }
    },
    async add(body, { record }) {
      const admin = flagIn(body, 'admin', false)
      const password = handedPassword()
      const { name } = await room().add(textIn(body, 'name', 200), password, {
        given: true,
        admin,
        own: false,
      })
      record({ kind: 'account', target: name, facts: { did: 'made', admin } })
      return { password }
    },
    async password(body, { record }) {
      const user = await named(body)
      const password = handedPassword()
      await room().setPassword(user.id, password, true)
      await room().endSessions(user.id)
      record({ kind: 'account', target: user.name, facts: { did: 'new password' } })
      return { password }
    },
    async rights(body, asking) {
      const user = await named(body)
      notThemselves(user, asking)
      const admin = flagIn(body, 'admin', user.admin)
      const blocked = flagIn(body, 'blocked', user.blocked)
      await room().setRights(user.id, { admin, blocked })
      // What they were let in with says what they were before.
      await room().endSessions(user.id)
      if (admin !== user.admin)
        asking.record({
          kind: 'role',
          target: user.name,
          facts: { did: admin ? 'administrator' : 'no administrator' },
        })
      if (blocked !== user.blocked)
        asking.record({
          kind: 'account',
          target: user.name,
          facts: { did: blocked ? 'blocked' : 'unblocked' },
        })
    },
    async dropFactor(body, { record }) {
      const user = await named(body)
      await room().dropFactor(user.id)
      await room().endSessions(user.id)
      record({ kind: 'account', target: user.name, facts: { did: 'second factor off' } })
    },
    async signOut(body, { record }) {
      const user = await named(body)
      const ended = await room().endSessions(user.id)
      record({ kind: 'account', target: user.name, facts: { did: 'signed out', ended } })
      return { ended }
    },
    async remove(body, asking) {
      const user = await named(body)
      notThemselves(user, asking)
      await room().erase(user.id)
      asking.record({ kind: 'account', target: user.name, facts: { did: 'deleted' } })
    },
  }
}
