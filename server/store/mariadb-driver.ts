/** MariaDB through `mysql2`: a pool of connections, transactions with time limits, errors in plain words. */
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2/promise'
import { createPool } from 'mysql2/promise'
import { AppError } from '../errors.ts'
import type { Database, Row, Session, Value } from './database.ts'
import { DuplicateKey } from './database.ts'
import { explain, isDeadlock, isDuplicate, isLost } from './mariadb-errors.ts'
import { StoreDown } from './store.ts'

/** Where MariaDB is, and as whom; `host` is a socket's path when it begins with `/`. */
export interface MariadbAddress {
  host: string
  port: number
  database: string
  user: string
  password: string
}

/** Milliseconds. */
export interface MariadbTimes {
  connect: number
  /** One statement, and waiting for a free connection. */
  query: number
}

const TIMES: MariadbTimes = { connect: 5000, query: 15_000 }
const CONNECTIONS = 8
/** Requests that may wait for a connection. */
const QUEUE = 2000
/** Tries of a transaction that met a deadlock. */
const ATTEMPTS = 6
/** Seconds to wait for another transaction's rows. */
const LOCK_WAIT = 5
/** Bytes of a statement besides its values. */
const STATEMENT_ROOM = 4096

const SESSION_SETTINGS = [
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = ${LOCK_WAIT}, autocommit = 1`,
  'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
]

export interface MariadbDatabase extends Database {
  /** Values of the server's settings, for those of `names` that it has. */
  variables(names: readonly string[]): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}

export function connectMariadb(
  address: MariadbAddress,
  warn: (message: string) => void,
  times: MariadbTimes = TIMES,
): MariadbDatabase {
  const pool = poolOf(address, times)
  const prepared = new WeakSet()
  let packetLimit = 1024 * 1024

  const query = async (connection: PoolConnection, sql: string, values: readonly Value[] = []) => {
    const [result] = await connection.query({ sql, values: values.map(bound), timeout: times.query })
    return result
  }
  const acquire = async (): Promise<PoolConnection> => {
    const connection = await withLimit(pool, times.query)
    if (prepared.has(connection.connection)) return connection
    try {
      for (const sql of SESSION_SETTINGS) await query(connection, sql)
      const found = (await query(connection, 'SELECT @@max_allowed_packet AS size')) as Row[]
      packetLimit = Number(found[0]?.['size'] ?? packetLimit)
      prepared.add(connection.connection)
      return connection
    } catch (error) {
      connection.destroy()
      throw error
    }
  }
  /** A connection on which `statement` just succeeded; one that went stale in the pool is replaced once. */
  const begun = async (statement: string): Promise<PoolConnection> => {
    for (let attempt = 1; ; attempt++) {
      const connection = await acquire()
      try {
        await query(connection, statement)
        return connection
      } catch (error) {
        connection.destroy()
        if (attempt > 1 || !isLost(error)) throw error
      }
    }
  }
  const sessionOn = (connection: PoolConnection): Session => ({
    all: async (sql, values) => (await query(connection, sql, values)) as Row[],
    run: async (sql, values) => ((await query(connection, sql, values)) as ResultSetHeader).affectedRows,
    insert: async (table, columns, rows, duplicates) => {
      const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `
      const tail = duplicates === 'keep' ? ` ON DUPLICATE KEY UPDATE ${columns[0]} = ${columns[0]}` : ''
      const one = `(${columns.map(() => '?').join(', ')})`
      for (const batch of batches(rows, packetLimit - STATEMENT_ROOM))
        if (batch.binary)
          await connection.execute({
            sql: into + one + tail,
            values: batch.rows.flat().map(bound),
            timeout: times.query,
          })
        else await query(connection, into + batch.rows.map(() => one).join(', ') + tail, batch.rows.flat())
    },
  })
  const transaction =
    (begin: string) =>
    async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
      for (let attempt = 1; ; attempt++) {
        let connection: PoolConnection | null = null
        try {
          connection = await begun(begin)
          const result = await work(sessionOn(connection))
          await query(connection, 'COMMIT')
          connection.release()
          return result
        } catch (error) {
          if (connection !== null) await rolledBack(connection, error, query)
          if (isDuplicate(error)) throw new DuplicateKey()
          if (!isDeadlock(error) || attempt === ATTEMPTS) throw explain(error, address)
          await pause(attempt)
        }
      }
    }

  return {
    dialect: 'mariadb',
    read: transaction('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY'),
    write: transaction('START TRANSACTION'),
    warn,
    variables: async (names) => {
      try {
        const connection = await begun('SELECT 1')
        const marks = names.map(() => '?').join(', ')
        const found = await query(
          connection,
          `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${marks})`,
          names,
        )
        connection.release()
        return new Map((found as Row[]).map((row) => [String(row['Variable_name']), String(row['Value'])]))
      } catch (error) {
        throw explain(error, address)
      }
    },
    close: async () => {
      const limit = new Promise<void>((resolve) => setTimeout(resolve, times.connect).unref())
      await Promise.race([pool.end().catch(() => {}), limit])
    },
  }
}

function poolOf(address: MariadbAddress, times: MariadbTimes): Pool {
  const { host, port, database, user, password } = address
  return createPool({
    ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
    database,
    user,
    password,
    charset: 'UTF8MB4_BIN',
    connectTimeout: times.connect,
    connectionLimit: CONNECTIONS,
    queueLimit: QUEUE,
    enableKeepAlive: true,
    supportBigNumbers: true,
    multipleStatements: false,
  })
}

async function withLimit(pool: Pool, limit: number): Promise<PoolConnection> {
  const getting = pool.getConnection()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limit)
  })
  try {
    const connection = await Promise.race([getting, late])
    if (connection !== null) return connection
    getting.then((unused) => unused.release()).catch(() => {})
    throw new StoreDown(`No connection to MariaDB became free within ${limit} ms.`)
  } finally {
    clearTimeout(timer)
  }
}

/** Undoes what was begun, or, when the connection is not to be trusted any more, drops it: MariaDB then undoes it. */
async function rolledBack(
  connection: PoolConnection,
  error: unknown,
  query: (connection: PoolConnection, sql: string) => Promise<unknown>,
): Promise<void> {
  if (isLost(error)) {
    connection.destroy()
    return
  }
  try {
    await query(connection, 'ROLLBACK')
    connection.release()
  } catch {
    connection.destroy()
  }
}

async function pause(attempt: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
}

/** `mysql2` writes only Buffers as bytes. */
function bound(value: Value): string | number | Buffer | null {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value
}

interface Batch {
  rows: (readonly Value[])[]
  /** Sent as a prepared statement, in which bytes keep their size; in a text they take two letters each. */
  binary: boolean
}

/** Rows in statements of at most `limit` bytes. @throws AppError `tooLarge` when one row alone exceeds it */
function batches(rows: readonly (readonly Value[])[], limit: number): Batch[] {
  const all: Batch[] = []
  let room = 0
  for (const row of rows) {
    const size = row.reduce<number>((sum, value) => sum + sizeInText(value), 8)
    const last = all.at(-1)
    if (size > limit) {
      const binarySize = row.reduce<number>((sum, value) => sum + sizeInBinary(value), 0)
      if (binarySize > limit)
        throw new AppError(
          'tooLarge',
          `A change of ${binarySize} bytes is more than the database takes at once; the administrator can raise MariaDB's max_allowed_packet.`,
        )
      all.push({ rows: [row], binary: true })
    } else if (last === undefined || last.binary || size > room) {
      all.push({ rows: [row], binary: false })
      room = limit - size
    } else {
      last.rows.push(row)
      room -= size
    }
  }
  return all
}

function sizeInText(value: Value): number {
  if (value instanceof Uint8Array) return 2 * value.length + 5
  return typeof value === 'string' ? 2 * Buffer.byteLength(value) + 4 : 24
}

function sizeInBinary(value: Value): number {
  if (value instanceof Uint8Array) return value.length + 16
  return typeof value === 'string' ? Buffer.byteLength(value) + 16 : 24
}
