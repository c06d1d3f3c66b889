/** Accounts of our own: making, proving, changing them (SPEC-access AC1 to AC25). What people see stands in `server/http`. */
import { randomBytes } from 'node:crypto'
import { createTries } from '../admin/tries.ts'
import { AppError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { UserQuery } from '../store/user-store.ts'
import { checkNew } from './passwords.ts'
import type { PasswordHashes } from './passwords.ts'
import { keptOf, newCodes } from './recovery.ts'
import { newSecret, stepOf } from './totp.ts'
import { cleanName, keyOfName, rowOf, userOf } from './user.ts'
import type { User } from './user.ts'

export interface AccountsParts {
  store: Pick<Store, 'user' | 'userNamed' | 'addUser' | 'changeUser' | 'removeUser' | 'userPage'>
  hashes: PasswordHashes
  /** Names that nobody takes for themselves. */
  reserved: readonly string[]
  now?: () => number
}

/** How often a change is tried again when somebody else was faster. */
const TRIES = 5
/** Wrong tries of one account from anywhere, before each further one waits, a minute at most. */
const SLOW = { free: 20, longest: 60_000 }
/** Wrong codes of one account, likewise; who types them knows the password already. */
const CODES = { free: 5, longest: 5 * 60_000 }

const WRONG = 'What was typed is not right.'

export interface Accounts {
  find(id: string): Promise<User | null>
  /** Makes an account. `given`: somebody else chose the password. @throws AppError `badRequest` */
  add(name: string, password: string, how: { given: boolean; admin: boolean; own: boolean }): Promise<User>
  /** Whose name and password these are, in the same time whoever they are; null for nobody's. @throws AppError `tooFast`, `forbidden` (blocked) */
  enter(name: string, password: string): Promise<User | null>
  /** Is it the password of this account? Counted as {@link Accounts.enter}. @throws AppError `tooFast`, `unauthenticated` */
  prove(id: string, password: string): Promise<void>
  /** Takes a code of the second factor, or a recovery code, once. @throws AppError `tooFast`, `unauthenticated` */
  takeCode(id: string, code: string): Promise<User>
  /** Another password. @throws AppError `badRequest` */
  setPassword(id: string, password: string, given: boolean): Promise<User>
  /** A new secret that does nothing yet. */
  newFactor(): string
  /** Sets up a second factor for which a code was typed; gives the recovery codes. @throws AppError `unauthenticated`, `tooFast` */
  setFactor(id: string, secret: string, code: string): Promise<readonly string[]>
  /** New recovery codes in place of all before. */
  newRecovery(id: string): Promise<readonly string[]>
  /** No second factor any more. */
  dropFactor(id: string): Promise<void>
  /** Somebody came in. */
  seen(id: string): Promise<void>
  setRights(id: string, rights: { admin?: boolean; blocked?: boolean }): Promise<User>
  remove(id: string): Promise<User>
  page(query: UserQuery): Promise<{ users: readonly User[]; total: number }>
  /** The account of this name, as it is shown; '' for none. */
  nameOf(name: string): Promise<string>
}

export function createAccounts(parts: AccountsParts): Accounts {
  const { store, hashes } = parts
  const now = parts.now ?? Date.now
  const slow = createTries(now, SLOW)
  const codes = createTries(now, CODES)
  const reserved = new Set(parts.reserved.map(keyOfName))

  const gone = (): AppError => new AppError('notFound', 'There is no such account any more.')

  async function find(id: string): Promise<User | null> {
    const row = await store.user(id)
    return row === null ? null : userOf(row)
  }

  /** Changes an account as it stands; `how` may run again, and may refuse by an error. */
  async function change(id: string, how: (user: User) => Partial<User>): Promise<User> {
    for (let tries = 0; tries < TRIES; tries++) {
      const user = await find(id)
      if (user === null) throw gone()
      const next = { ...user, ...how(user), version: user.version + 1 }
      if (await store.changeUser(rowOf(next))) return next
    }
    throw new AppError('busy', 'This account is being changed elsewhere; please try again.')
  }

  function waited(tries: typeof slow, key: string): void {
    const wait = tries.wait([key])
    if (wait > 0)
      throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
  }

  async function proved(user: User | null, key: string, password: string): Promise<boolean> {
    waited(slow, key)
    // Counted before it is known, so that many at once are many tries.
    slow.wrong([key])
    const { right, outdated } = await hashes.check(password, user?.proof.password ?? null)
    if (!right || user === null) return false
    slow.right([key])
    if (outdated) {
      const hash = await hashes.make(password)
      // Who changed the password meanwhile is right.
      await change(user.id, ({ proof }) => ({
        proof: proof.password === user.proof.password ? { ...proof, password: hash } : proof,
      }))
    }
    return true
  }

  async function codesOf(id: string): Promise<readonly string[]> {
    const { shown, kept } = newCodes()
    await change(id, ({ proof }) => ({ proof: { ...proof, recovery: kept } }))
    return shown
  }

  return {
    find,

    async add(text, password, { given, admin, own }) {
      const name = cleanName(text)
      if (name === null) throw new AppError('badRequest', 'A name has 1 to 50 characters that can be seen.')
      const key = keyOfName(name)
      checkNew(password, name)
      const taken = new AppError('badRequest', 'This name is taken; please choose another.')
      if ((own && reserved.has(key)) || (await store.userNamed(key)) !== null) throw taken
      const user: User = {
        id: `u.${randomBytes(12).toString('hex')}`,
        name,
        key,
        version: 1,
        created: now(),
        seen: 0,
        admin,
        blocked: false,
        proof: { password: await hashes.make(password), given, factor: null, recovery: [] },
      }
      if (!(await store.addUser(rowOf(user)))) throw taken
      return user
    },

    async enter(name, password) {
      const key = keyOfName(name)
      const row = await store.userNamed(key)
      const user = row === null ? null : userOf(row)
      if (!(await proved(user, key, password)) || user === null) return null
      if (user.blocked)
        throw new AppError('forbidden', 'This account is blocked; please ask your administrator.')
      return find(user.id)
    },

    async prove(id, password) {
      const user = await find(id)
      if (user === null) throw gone()
      if (!(await proved(user, user.key, password))) throw new AppError('unauthenticated', WRONG)
    },

    async takeCode(id, code) {
      waited(codes, id)
      codes.wrong([id])
      const kept = keptOf(code)
      const user = await change(id, ({ proof }) => {
        if (proof.factor === null) throw new AppError('unauthenticated', WRONG)
        if (kept !== null && proof.recovery.includes(kept))
          return { proof: { ...proof, recovery: proof.recovery.filter((one) => one !== kept) } }
        const step = stepOf(proof.factor.secret, code, now(), proof.factor.last)
        if (step === null) throw new AppError('unauthenticated', WRONG)
        return { proof: { ...proof, factor: { ...proof.factor, last: step } } }
      })
      codes.right([id])
      return user
    },

    async setPassword(id, password, given) {
      const user = await find(id)
      if (user === null) throw gone()
      checkNew(password, user.name)
      if (!given && (await hashes.check(password, user.proof.password)).right)
        throw new AppError('badRequest', 'This is the password you have; please choose another.')
      const hash = await hashes.make(password)
      return change(id, ({ proof }) => ({ proof: { ...proof, password: hash, given } }))
    },

    newFactor: newSecret,

    async setFactor(id, secret, code) {
      waited(codes, id)
      codes.wrong([id])
      const step = stepOf(secret, code, now(), 0)
      if (step === null)
        throw new AppError('unauthenticated', 'This code is not right. Is the clock of your phone right?')
      codes.right([id])
      await change(id, ({ proof }) => ({ proof: { ...proof, factor: { secret, last: step } } }))
      return codesOf(id)
    },

    newRecovery: codesOf,

    async dropFactor(id) {
      await change(id, ({ proof }) => ({ proof: { ...proof, factor: null, recovery: [] } }))
    },

    async seen(id) {
      await change(id, () => ({ seen: now() }))
    },

    setRights: (id, rights) => change(id, () => rights),

    async remove(id) {
      const user = await find(id)
      if (user === null || !(await store.removeUser(id))) throw gone()
      return user
    },

    async page(query) {
      const { users, total } = await store.userPage(query)
      return { users: users.map(userOf), total }
    },

    nameOf: async (name) => (await store.userNamed(keyOfName(name)))?.name ?? '',
  }
}
