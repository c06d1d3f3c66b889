/** What MariaDB's and the network's errors mean for us. */
import { AppError } from '../errors.ts'
import { StoreDown } from './store.ts'

interface Coded {
  code: string
  message: string
  errno: number
  fatal: boolean
  sqlState: string
}

/** What the database or the way to it says; null for errors of our own. */
function coded(error: unknown): Coded | null {
  if (typeof error !== 'object' || error === null || error instanceof AppError) return null
  const { code, message, errno, fatal, sqlState } = error as Partial<Coded>
  if (typeof code !== 'string' || code.startsWith('ERR_')) return null
  return { code, message: message ?? '', errno: errno ?? 0, fatal: fatal === true, sqlState: sqlState ?? '' }
}

/** A primary or unique key is taken (ER_DUP_ENTRY). */
export function isDuplicate(error: unknown): boolean {
  return coded(error)?.errno === 1062
}

/** Deadlock, lock wait timeout, record changed since it was read: nothing was written, the same again may succeed. */
export function isDeadlock(error: unknown): boolean {
  return [1020, 1205, 1213].includes(coded(error)?.errno ?? 0)
}

/** The connection is gone or out of step: no answer from the server itself. */
export function isLost(error: unknown): boolean {
  const known = coded(error)
  return known !== null && (known.fatal || known.sqlState === '')
}

/**
 * A StoreDown with a sentence for the administrator; errors that are not the database's as they are. The original is
 * left out on purpose: it carries the statement with its content, which must not reach a log.
 */
export function explain(
  error: unknown,
  address: { host: string; port: number; database: string; user: string },
) {
  const known = coded(error)
  if (known === null) return error
  const place = address.host.startsWith('/') ? address.host : `${address.host}:${address.port}`
  const server = `MariaDB at ${place}`
  switch (known.code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return new StoreDown(`${server} cannot be reached (${known.code}); is it running?`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StoreDown(`The host name ${address.host} of MariaDB cannot be resolved (${known.code}).`)
    case 'ETIMEDOUT':
    case 'PROTOCOL_SEQUENCE_TIMEOUT':
      return new StoreDown(`${server} did not answer in time (${known.code}).`)
    case 'ER_ACCESS_DENIED_ERROR':
      return new StoreDown(`${server} refuses the user ${address.user} or the password (${known.code}).`)
    case 'ER_BAD_DB_ERROR':
      return new StoreDown(`${server} has no database ${address.database}: create it (${known.code}).`)
    case 'ER_DBACCESS_DENIED_ERROR':
    case 'ER_TABLEACCESS_DENIED_ERROR':
      return new StoreDown(
        `${server} does not let ${address.user} work in ${address.database}; it needs CREATE, ALTER, SELECT, INSERT, UPDATE and DELETE there (${known.code}).`,
      )
    default:
      return new StoreDown(`${server} failed: ${known.message} (${known.code}).`)
  }
}
