/** What a store keeps of what happened (SPEC-store ST113, ST114). */

/** Something that happened, as it is kept. */
export interface AuditEntry {
  /** Ms since 1970. */
  time: number
  /** One of `shared/audit.ts`. */
  kind: string
  /** Name of whoever did it; '' where nobody is known. */
  who: string
  /** Their author or account; '' for none. */
  id: string
  /** As the settings let addresses be kept; '' for none. */
  address: string
  /** What it was done to: a pad, an account, a plugin. */
  target: string
  /** More, as JSON of flat facts; `{}` for nothing. */
  facts: string
}

/** An entry with its number, which ascends with time. */
export interface AuditRow extends AuditEntry {
  number: number
}

export interface AuditQuery {
  /** Only these kinds; empty for all. */
  kinds: readonly string[]
  /** Part of who, target or address, in any case; '' for all. */
  search: string
  /** Ms since 1970; 0 for from the beginning. */
  since: number
  /** Only entries with a smaller number; 0 for from the newest. */
  before: number
  /** 1000 at most. */
  limit: number
}

export interface AuditStore {
  addAudit(entries: readonly AuditEntry[]): Promise<void>
  /** Newest first. */
  auditPage(query: AuditQuery): Promise<readonly AuditRow[]>
  /** Removes entries older than a time, and the oldest of more than `most`; gives their number. */
  trimAudit(before: number, most: number): Promise<number>
}
