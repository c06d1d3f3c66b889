/** What a store keeps of people who sign in: their accounts and their sessions (SPEC-store ST80 to ST83). */

/** Somebody a login provider knows, and the author they are here. */
export interface AccountRow {
  /** SHA-256 (hex) of provider and subject. */
  id: string
  provider: string
  /** The provider's stable name for them. */
  subject: string
  author: string
  /** What the provider said last, as JSON. */
  profile: string
  /** Ms since 1970 of the last sign-in. */
  seen: number
}

/** A browser in which somebody is signed in. */
export interface SessionRow {
  /** SHA-256 (hex) of the secret in its cookie. */
  hash: string
  account: string
  /** SHA-256 (hex) of the provider and its own name for the session; '' for none. */
  sid: string
  created: number
  seen: number
  /** Ms since 1970 from which it counts no more. */
  ends: number
  /** What the provider keeps with it, and what browser it is, as JSON. */
  about: string
}

/** An account whose author somebody is. */
export interface LivingAccount {
  /** Sessions that have not ended. */
  sessions: number
  /** Ms since 1970 of the last sign-in: what is known of them is as new. */
  seen: number
}

/** Which sessions: one, those of an account, or those the provider calls by one name. */
export type WhichSessions = { hash: string } | { account: string } | { sid: string }

export interface LoginStore {
  account(id: string): Promise<AccountRow | null>
  /** The account whose author this is. */
  accountOfAuthor(author: string): Promise<AccountRow | null>
  /**
   * Inserts an account, or brings its profile up to date; gives it as it stands: the author is that of the first time.
   * Tokens that proved the author as a guest prove nothing any more. Null when the author belongs to another account.
   */
  saveAccount(account: AccountRow): Promise<AccountRow | null>
  /** Inserts a session, or moves its `seen` and `ends`. */
  saveSession(session: SessionRow): Promise<void>
  /** Moves a session's `seen` and `ends`; false when there is none any more: one that was ended stays ended. */
  touchSession(hash: string, seen: number, ends: number): Promise<boolean>
  session(hash: string): Promise<SessionRow | null>
  /** Sessions that have not ended, those used last first; 200 at most. */
  sessions(account: string, now: number): Promise<readonly SessionRow[]>
  /** Ends sessions; gives those that were, 1000 at most at once. */
  endSessions(which: WhichSessions): Promise<readonly SessionRow[]>
  /** Removes sessions that ended before `now`; gives their number. */
  removeOldSessions(now: number): Promise<number>
  /** What there is of these authors' accounts; those who are nobody's account are left out. */
  livingSessions(authors: readonly string[], now: number): Promise<ReadonlyMap<string, LivingAccount>>
  /** Of sessions with these hashes, those that have not ended. */
  livingHashes(hashes: readonly string[], now: number): Promise<ReadonlySet<string>>
  /** Removes an account with its sessions; its author is nobody's from then on. False when there was none. */
  removeAccount(id: string): Promise<boolean>
}
