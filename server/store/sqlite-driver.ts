/** SQLite through `libsql`: one connection, used by one operation at a time. Runs inside the worker. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Statement } from 'libsql'
import Sqlite from 'libsql'
import type { Database, Row, Session } from './database.ts'
import { DuplicateKey } from './database.ts'
import { migrate } from './schema.ts'
import { StoreDown } from './store.ts'

/** Milliseconds to wait for another process that is writing. */
const BUSY_TIMEOUT = 5000
/** Milliseconds between two tries where SQLite itself does not wait. */
const TRY_AGAIN = 20
/** Owner and group only: an image may run as another user of the same group. */
const PRIVATE = 0o660
/** Prepared statements kept. */
const STATEMENTS = 200

export interface SqliteDatabase extends Database {
  close(): void
  pragma(name: string): unknown
}

/**
 * Opens the file and migrates. A file that is not there is made beside its place and put there whole, so that a file
 * that is there is always a database: an empty one has lost its content, and is refused (SPEC-store ST23).
 * @throws StoreDown with a sentence for the administrator
 */
export async function openSqlite(filename: string, warn: (message: string) => void): Promise<SqliteDatabase> {
  try {
    if (!existsSync(filename)) await createFile(filename, warn)
    if (statSync(filename).size === 0)
      throw new StoreDown(
        `The database ${filename} is an empty file: its content is lost. Put a backup in its place, or delete the file to begin anew.`,
      )
    keepPrivate(filename)
    const database = await connect(filename, warn, 'WAL')
    await migrate(database)
    return database
  } catch (error) {
    throw storeDown(error, filename)
  }
}

async function createFile(filename: string, warn: (message: string) => void): Promise<void> {
  const folder = dirname(filename)
  mkdirSync(folder, { recursive: true })
  const draft = `${filename}.${process.pid}.${Math.random().toString(36).slice(2)}.new`
  try {
    closeSync(openSync(draft, 'wx', PRIVATE))
    // Not yet with a log beside it: the driver lets a file go some time after it was told to.
    const database = await connect(draft, warn, 'DELETE')
    await migrate(database)
    database.close()
    fsyncPath(draft)
    try {
      linkSync(draft, filename)
    } catch (error) {
      if (!existsSync(filename)) throw error
    }
    fsyncPath(folder)
  } finally {
    for (const suffix of ['', '-journal']) rmSync(draft + suffix, { force: true })
  }
}

/** Takes from all others what they may do with the file, which holds keys; its owner and group are left as they are. */
function keepPrivate(filename: string): void {
  const { mode } = statSync(filename)
  if ((mode & 0o007) === 0) return
  try {
    chmodSync(filename, mode & 0o770)
  } catch {
    // It is somebody else's, who decides.
  }
}

function fsyncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

async function connect(
  filename: string,
  warn: (message: string) => void,
  journal: 'WAL' | 'DELETE',
): Promise<SqliteDatabase> {
  const connection = opened(filename)
  const statements = new Map<string, Statement>()

  const prepare = (sql: string): Statement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    if (statements.size >= STATEMENTS) statements.clear()
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const session: Session = {
    all: async (sql, values = []) => prepare(sql).all(values) as Row[],
    run: async (sql, values = []) => prepare(sql).run(values).changes,
    insert: async (table, columns, rows, duplicates) => {
      const statement = prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})` +
          (duplicates === 'keep' ? ' ON CONFLICT DO NOTHING' : ''),
      )
      try {
        for (const row of rows) statement.run(row)
      } catch (error) {
        const code = codeOf(error)
        if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE')
          throw new DuplicateKey({ cause: error })
        throw error
      }
    },
  }
  const transaction =
    (begin: string) =>
    async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
      try {
        connection.exec(begin)
        const result = await work(session)
        connection.exec('COMMIT')
        return result
      } catch (error) {
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw storeDown(error, filename)
      }
    }

  await setJournal(connection, journal)
  connection.pragma('synchronous = FULL')
  return {
    dialect: 'sqlite',
    read: transaction('BEGIN'),
    write: transaction('BEGIN IMMEDIATE'),
    warn,
    pragma: (name) => Object.values((connection.pragma(name) as Row[])[0] ?? {})[0],
    close: () => {
      statements.clear()
      connection.close()
    },
  }
}

/**
 * Says how the file keeps its journal. While another process opens the same file SQLite refuses that at once, however
 * long it was told to wait, so the waiting is done here (SPEC-store ST27).
 */
async function setJournal(connection: Sqlite.Database, journal: 'WAL' | 'DELETE'): Promise<void> {
  const end = Date.now() + BUSY_TIMEOUT
  for (;;)
    try {
      connection.pragma(`journal_mode = ${journal}`)
      return
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_BUSY' || Date.now() >= end) {
        connection.close()
        throw error
      }
      await wait(TRY_AGAIN)
    }
}

/** The connection, whose failures while opening carry no code. */
function opened(filename: string): Sqlite.Database {
  try {
    return new Sqlite(filename, { timeout: BUSY_TIMEOUT })
  } catch (error) {
    throw new StoreDown(
      `The database ${filename} cannot be opened; is it a file, and may Inkpad write to it? (${String(error)})`,
      { cause: error },
    )
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : ''
}

const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, 'is damaged or is no SQLite database. Nothing was changed; restore a backup'],
  [/^SQLITE_(BUSY|LOCKED)/, 'was kept busy by another program for too long'],
  [/^(SQLITE_FULL|ENOSPC)/, 'has no room left on its disk'],
  [/^SQLITE_IOERR/, 'cannot be read or written: its disk reports an error'],
  [/^(SQLITE_READONLY|EROFS)/, 'may not be written'],
  [
    /^(SQLITE_CANTOPEN|EACCES|EPERM|ENOENT|ENOTDIR)/,
    'cannot be opened; is its folder there, and may Inkpad write to it?',
  ],
]

/** Errors of SQLite and of the file system as StoreDown; everything else as it is. */
function storeDown(error: unknown, filename: string): unknown {
  const code = codeOf(error)
  if (!/^(SQLITE_|E[A-Z]+$)/.test(code)) return error
  const [, what] = EXPLANATIONS.find(([pattern]) => pattern.test(code)) ?? [null, 'refused']
  return new StoreDown(
    `The database ${filename} ${what} (${code}: ${String(error instanceof Error && error.message)}).`,
    {
      cause: error,
    },
  )
}
