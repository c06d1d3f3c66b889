/** Small answers about ways to sign in: where their choice stands, which show there, where they may lead. */
import type { LoginFacts } from '../../shared/plugin/login.ts'
import type { AccountRow } from '../store/login-store.ts'
import { isCanonicalPath, rawPath } from './canonical.ts'
import type { Registered } from './login-types.ts'

/** The page with the choice of ways to sign in; `tried`: without asking it did not work; `popup`: a pop-up's note. */
export function choiceOf(next: string, tried: boolean, popup = ''): string {
  const query = new URLSearchParams({
    ...(next === '' ? {} : { next }),
    ...(tried ? { tried: '1' } : {}),
    ...(popup === '' ? {} : { popup }),
  })
  return query.size === 0 ? 'login' : `login?${query.toString()}`
}

/** Whether the choice of ways to sign in shows it. */
export function hasButton({ provider }: Registered): boolean {
  return provider.begin !== undefined || provider.form !== undefined
}

/** Can a browser be sent there: an address elsewhere, or one relative to our root? */
export function isAddress(to: unknown): to is string {
  if (typeof to !== 'string' || /[\s\p{Cc}]/u.test(to)) return false
  return /^https?:\/\/./i.test(to) ? URL.canParse(to) : isCanonicalPath(`/${rawPath(to)}`)
}

/** Who signed in or out, for the record. */
export function byWhom(account: AccountRow, { name }: Pick<LoginFacts, 'name'>) {
  return { who: name, id: account.author, facts: { provider: account.provider } }
}
