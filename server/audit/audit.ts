/** What happened, for the administrator: who, when, from where, on what (docs/SPEC-access.md AU1 to AU6). */
import type { IncomingMessage } from 'node:http'
import { AUDIT_KINDS } from '../../shared/audit.ts'
import type { AuditKind } from '../../shared/audit.ts'
import type { AddressLog } from '../address-log.ts'
import type { Log } from '../log.ts'
import type { AuditEntry, AuditQuery, AuditRow, AuditStore } from '../store/audit-store.ts'

/** Something that happened. It holds no secrets: no password, code, token, cookie, or text of a pad. */
export interface AuditEvent {
  kind: AuditKind
  /** Name of whoever did it; left out where nobody is known. */
  who?: string
  /** Their author or account. */
  id?: string
  /** Where it came from. */
  request?: IncomingMessage
  /** What it was done to. */
  target?: string
  facts?: Readonly<Record<string, string | number | boolean>>
}

export interface Audit {
  /** Keeps an event. Never waits and never throws. */
  record(event: AuditEvent): void
  /** Newest first, with what was recorded up to now. */
  page(query: AuditQuery): Promise<readonly AuditRow[]>
  /** Writes what is left, two seconds at most. */
  close(): Promise<void>
}

export interface AuditParts {
  store: AuditStore
  log: Log
  /** The part of an address that may be kept. */
  addressLog: AddressLog
  /** Days an event is kept. */
  days: number
  /** Events kept at most. */
  entries: number
  now?: () => number
}

const DAY = 86_400_000
/** Events that wait for the database; the oldest of more are lost, which the log says. */
const WAITING = 5000
/** Events written at once. */
const AT_ONCE = 200
/** Ms until the database is tried again. */
const AGAIN = 2000
/** Ms between two times that what is too old or too much goes. */
const TRIM_EVERY = 10 * 60_000
const CLOSE_WITHIN = 2000
/** Characters kept of names and targets, and of a fact. */
const NAME = 190
const FACT = 300
const FACTS = 20

export function createAudit(parts: AuditParts): Audit {
  const { store, log } = parts
  const now = parts.now ?? Date.now
  const waiting: AuditEntry[] = []
  let writing: Promise<void> | null = null
  let lost = 0
  let trimmed = Number.NEGATIVE_INFINITY
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function trim(): Promise<void> {
    if (now() - trimmed < TRIM_EVERY) return
    trimmed = now()
    await store.trimAudit(now() - parts.days * DAY, parts.entries)
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const some = waiting.slice(0, AT_ONCE)
      await store.addAudit(some)
      waiting.splice(0, some.length)
    }
    await trim()
  }

  function begin(): Promise<void> {
    writing ??= write()
      .catch((error: unknown) => {
        log.warn('what happened is not kept yet; it is tried again', { error: String(error) })
        if (!closed) retry ??= setTimeout(again, AGAIN).unref()
      })
      .finally(() => {
        writing = null
        if (waiting.length > 0 && retry === undefined && !closed) void begin()
      })
    return writing
  }

  function again(): void {
    retry = undefined
    void begin()
  }

  return {
    record(event) {
      waiting.push(entryOf(event, now(), parts.addressLog))
      if (waiting.length > WAITING) {
        // Not those that are being written just now.
        waiting.splice(AT_ONCE, 1)
        lost += 1
        if (lost % 100 === 1) log.error('what happened is lost: the database took too little', { lost })
      }
      if (retry === undefined) void begin()
    },
    async page(query) {
      await begin()
      // What was under way may have begun before the last of it, or while the database was away.
      if (waiting.length > 0) await begin()
      return store.auditPage(query)
    },
    async close() {
      closed = true
      clearTimeout(retry)
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_WITHIN)
      })
      await Promise.race([(writing ?? Promise.resolve()).then(begin), late])
      clearTimeout(timer)
    },
  }
}

function entryOf(
  { kind, who, id, request, target, facts }: AuditEvent,
  time: number,
  addressLog: AddressLog,
) {
  const kept = Object.entries(facts ?? {})
    .slice(0, FACTS)
    .map(([key, value]) => [key, typeof value === 'string' ? plain(value, FACT) : value])
  return {
    time,
    kind,
    who: plain(who ?? '', NAME),
    id: plain(id ?? '', NAME),
    address: request === undefined ? '' : (addressLog(request).address ?? '').slice(0, 64),
    target: plain(target ?? '', NAME),
    facts: JSON.stringify(Object.fromEntries(kept)),
  }
}

/** A text cut to `most`, without control characters and halves of letters. */
function plain(text: string, most: number): string {
  return text.slice(0, most).replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
}

/** Is it a kind of what is recorded? */
export function isAuditKind(word: string): word is AuditKind {
  return (AUDIT_KINDS as readonly string[]).includes(word)
}

/** Records nothing, for parts that need no audit. */
export const noAudit: Pick<Audit, 'record'> = { record: () => {} }
