/** Settings of what is recorded. */
import { number } from '../field.ts'

export const ACCOUNTS = {
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
