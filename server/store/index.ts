/** Opens the store the settings ask for. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { openMariadbStore } from './mariadb.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'
import { StoreDown } from './store.ts'

/** Where the database is. `filename` is SQLite's, the others are MariaDB's. */
export interface StoreSettings {
  dbType: 'sqlite' | 'mariadb'
  filename: string
  /** A host name, or the path of a Unix socket when it begins with `/`. */
  host: string
  port: number
  database: string
  user: string
  password: string
  /** `utf8` means utf8mb4, which the tables are in whatever stands here. */
  charset: string
}

/** Milliseconds between tries to open. */
const FIRST_PAUSE = 250
const LONGEST_PAUSE = 10_000

/** The store, not yet opened: see {@link Store.open} and {@link waitForStore}. */
export function openStore(settings: StoreSettings, log: Log): Store {
  if (settings.dbType === 'sqlite') return openSqliteStore(settings.filename, log)
  if (!/^utf8(mb[34])?$/i.test(settings.charset) && settings.charset !== '')
    log.warn(`The database's character set ${settings.charset} is not used: our tables are always utf8mb4.`)
  const { host, port, database, user, password } = settings
  return openMariadbStore({ host, port, database, user, password }, log)
}

/** Says what makes "saved" untrue. A database that goes away before it is asked is what the rooms meet too, and wait for. */
export async function tellDurability(store: Pick<Store, 'durability'>, log: Log): Promise<void> {
  try {
    for (const sentence of await store.durability()) log.warn(sentence)
  } catch (error) {
    if (!(error instanceof StoreDown)) throw error
    log.warn(`${error.message} Whether its settings keep what is saved is not known.`)
  }
}

/**
 * Opens the store, as often as it takes: a database may start later than we do. Ends early only by `signal`, whose
 * reason it rejects with, or by an error that is not a {@link StoreDown}.
 */
export async function waitForStore(store: Store, log: Log, signal: AbortSignal): Promise<void> {
  let said = ''
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    signal.throwIfAborted()
    try {
      await store.open()
      if (said !== '') log.info('The database is there.')
      return
    } catch (error) {
      if (!(error instanceof StoreDown)) throw error
      if (error.message !== said) log.warn(`${error.message} Waiting for it.`)
      said = error.message
    }
    try {
      await wait(pause * (0.75 + Math.random() / 2), undefined, { signal })
    } catch {
      throw signal.reason
    }
  }
}
