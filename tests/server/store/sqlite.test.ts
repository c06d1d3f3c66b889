import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { silent } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { storeContract } from './contract.ts'
import type { Subject } from './contract.ts'
import { listingContract } from './listing.ts'
import { grantsContract } from './grants.ts'
import { groupsContract } from './groups.ts'
import { accountsContract } from './accounts.ts'
import { loginsContract } from './logins.ts'
import { padsContract } from './pads.ts'
import { picturesContract, picturesInFilesContract } from './pictures.ts'
import { pluginValuesContract } from './plugin-values.ts'

const begin = async (): Promise<Subject> => {
  const folder = mkdtempSync(join(tmpdir(), 'inkpad-sqlite-'))
  const filename = join(folder, 'deeper', 'inkpad.db')
  return {
    another: () => openSqliteStore(filename, silent),
    sql: async (statement, values = []) => {
      const connection = new Sqlite(filename, { timeout: 5000 })
      connection.prepare(statement).run(values)
      connection.close()
    },
    dispose: async () => rmSync(folder, { recursive: true }),
  }
}

storeContract('SQLite', begin)
listingContract('SQLite', begin)
pluginValuesContract('SQLite', begin)
padsContract('SQLite', begin)
picturesContract('SQLite', begin)
picturesInFilesContract('SQLite', begin)
grantsContract('SQLite', begin)
groupsContract('SQLite', begin)
loginsContract('SQLite', begin)
accountsContract('SQLite', begin)
