/** What happened, as the administrator's page gets it (docs/SPEC-access.md AU1 to AU6). */

/** Kinds of what is recorded. */
export const AUDIT_KINDS = [
  'login',
  'failed',
  'logout',
  'account',
  'role',
  'permission',
  'delete',
  'export',
  'import',
  'admin',
  'plugin',
] as const

export type AuditKind = (typeof AUDIT_KINDS)[number]

/** Something that happened. */
export interface AuditLine {
  /** Ascends with time. */
  number: number
  /** Ms since 1970. */
  time: number
  kind: string
  /** Name of whoever did it; '' where nobody is known. */
  who: string
  /** Their author or account; '' for none. */
  id: string
  /** As the settings let addresses be kept; '' for none. */
  address: string
  /** What it was done to: a pad, an account, a plugin. */
  target: string
  /** JSON of flat facts; `{}` for nothing. */
  facts: string
}
