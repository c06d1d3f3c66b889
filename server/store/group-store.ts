/** What a store keeps of groups as Etherpad's HTTP API has them (SPEC-store ST120 to ST124). */
import type { AuthorRow } from './author-row.ts'

/** Another system's name for a group or an author of ours. */
export type MappedKind = 'group' | 'author'

/** Lets an author into the pads of a group until a time. */
export interface GroupSession {
  /** `s.` and 32 hex digits; what the cookie holds. */
  id: string
  group: string
  author: string
  /** Seconds since 1970, as Etherpad has them. */
  validUntil: number
}

/** Whose sessions. */
export type WhoseGroupSessions = { group: string } | { author: string }

export interface GroupStore {
  addGroup(id: string, time: number): Promise<void>
  group(id: string): Promise<boolean>
  /** Removes a group with its sessions and what other systems call it; its pads are documents. False when there is none. */
  removeGroup(id: string): Promise<boolean>
  /** Ids of groups in byte order, after `after`. */
  groups(after: string, limit: number): Promise<readonly string[]>
  /** What another system's name (as SHA-256, hex) stands for, or null. */
  mapped(kind: MappedKind, hash: string): Promise<string | null>
  /** Makes the group `id` for another system's name; gives the one that stands, which somebody else may have made. */
  mapGroup(hash: string, id: string, time: number): Promise<string>
  /** Makes the author for another system's name; gives the one that stands. */
  mapAuthor(hash: string, author: AuthorRow): Promise<string>

  /** False when there is no such group any more. */
  addGroupSession(session: GroupSession): Promise<boolean>
  groupSession(id: string): Promise<GroupSession | null>
  removeGroupSession(id: string): Promise<boolean>
  /** Those that ended, too; by id, at most `limit`. */
  groupSessions(whose: WhoseGroupSessions, limit: number): Promise<readonly GroupSession[]>
  /** Whether an author has a session of a group that is valid at `now` (seconds). */
  inGroup(group: string, author: string, now: number): Promise<boolean>
  /** Which groups these authors have valid sessions of at `now` (seconds), as `author group`. */
  memberships(authors: readonly string[], now: number): Promise<ReadonlySet<string>>
  /** Removes sessions that ended before (seconds); at most `limit`. Gives their number. */
  removeOldGroupSessions(before: number, limit: number): Promise<number>
}
