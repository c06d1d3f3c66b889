/** What a store keeps of accounts of our own: names, rights, and what proves them (SPEC-store ST110 to ST112). */

/** An account of our own. */
export interface UserRow {
  /** Random, never used again: what a sign-in says the person is. */
  id: string
  /** As it is shown and typed. */
  name: string
  /** The name as it is compared: two accounts never have the same. */
  key: string
  /** Ascends with every change; whoever changes an older one is refused. */
  version: number
  /** Ms since 1970. */
  created: number
  /** Ms since 1970 of the last sign-in; 0 for none. */
  seen: number
  admin: boolean
  blocked: boolean
  /** What proves the person, as JSON: hashes and the second factor (`server/accounts/user.ts`). */
  proof: string
}

export interface UserQuery {
  /** Part of the name, in any case; '' for all. */
  search: string
  order: 'name' | 'seen' | 'created'
  descending: boolean
  offset: number
  /** 500 at most. */
  limit: number
}

export interface UserStore {
  user(id: string): Promise<UserRow | null>
  userNamed(key: string): Promise<UserRow | null>
  /** Adds an account; false when its name is taken. */
  addUser(user: UserRow): Promise<boolean>
  /** Changes rights, proof and times of an account that still has the version before; false when it has another or is gone. */
  changeUser(user: UserRow): Promise<boolean>
  /** False when there was none. */
  removeUser(id: string): Promise<boolean>
  userPage(query: UserQuery): Promise<{ users: readonly UserRow[]; total: number }>
}
