/** Settings of accounts of our own, and of what is recorded. */
import { flag, number } from '../field.ts'

export const ACCOUNTS = {
  accounts: {
    enabled: flag(
      false,
      'ACCOUNTS_ENABLED',
      'Accounts of our own: people sign in with a name and a password, an administrator makes them',
    ),
    signUp: flag(false, 'ACCOUNTS_SIGN_UP', 'Everybody may make an account for themselves'),
  },
  audit: {
    days: number(
      180,
      1,
      3650,
      'AUDIT_DAYS',
      'Days that it is kept who signed in, exported, deleted, changed rights',
    ),
    entries: number(100_000, 100, 10_000_000, 'AUDIT_ENTRIES', 'Entries of that kept at most'),
  },
}
