/**
 * What the operations need of a database: transactions and three ways to run SQL. Two drivers provide it,
 * `sqlite-driver.ts` (in the worker) and `mariadb-driver.ts`; the operations above know nothing else.
 */

export type Dialect = 'sqlite' | 'mariadb'

/** What may be bound to a `?`. */
export type Value = string | number | Uint8Array | null

/** A row as the driver gives it; read it with {@link text}, {@link integer} and {@link blob}. */
export type Row = Readonly<Record<string, unknown>>

/** Statements of one transaction, on one connection, one after the other. */
export interface Session {
  all(sql: string, values?: readonly Value[]): Promise<readonly Row[]>
  /** Gives the number of rows changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>
  /**
   * Inserts many rows. `duplicates` says what happens to a row whose key is taken: `fail` rejects with
   * {@link DuplicateKey}, `keep` leaves the row that is there.
   */
  insert(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
    duplicates: 'fail' | 'keep',
  ): Promise<void>
}

export interface Database {
  readonly dialect: Dialect
  /** Runs `work` on one consistent view of the data. `work` may run again, so it must only read. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T>
  /**
   * Runs `work` in one transaction, durable when it resolves and without a trace when it rejects. After a deadlock
   * `work` runs again from its beginning.
   */
  write<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Tells the administrator. */
  warn(message: string): void
}

/** A row's primary or unique key is taken. */
export class DuplicateKey extends Error {
  constructor(options?: ErrorOptions) {
    super('the key is taken', options)
    this.name = 'DuplicateKey'
  }
}

/** A text column. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`)
  return value
}

/** An integer column; 64-bit numbers up to 2^53. */
export function integer(row: Row, column: string): number {
  const value = row[column]
  const number = typeof value === 'bigint' || typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new TypeError(`column ${column} holds no integer`)
  return number
}

/** A column of bytes. */
export function blob(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  throw new TypeError(`column ${column} holds no bytes`)
}

/** `n` question marks for an `IN (...)`. */
export function marks(n: number): string {
  return Array.from({ length: n }, () => '?').join(', ')
}

/** `items` in pieces of at most `size`. */
export function pieces<T>(items: readonly T[], size: number): T[][] {
  const all: T[][] = []
  for (let from = 0; from < items.length; from += size) all.push(items.slice(from, from + size))
  return all
}
