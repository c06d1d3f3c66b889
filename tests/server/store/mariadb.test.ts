import { createConnection } from 'mysql2/promise'
import { silent } from '../../../server/log.ts'
import { openMariadbStore } from '../../../server/store/mariadb.ts'
import { startMariadb } from '../../support/mariadb.ts'
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
  const mariadb = await startMariadb()
  return {
    another: () => openMariadbStore(mariadb, silent),
    sql: async (statement, values = []) => {
      const { port, host, user, password, database } = mariadb
      const connection = await createConnection({ port, host, user, password, database })
      await connection.query(
        statement,
        values.map((value) => (typeof value === 'object' ? Buffer.from(value) : value)),
      )
      await connection.end()
    },
    dispose: () => mariadb.remove(),
  }
}

storeContract('MariaDB', begin)
listingContract('MariaDB', begin)
pluginValuesContract('MariaDB', begin)
padsContract('MariaDB', begin)
picturesContract('MariaDB', begin)
picturesInFilesContract('MariaDB', begin)
grantsContract('MariaDB', begin)
groupsContract('MariaDB', begin)
loginsContract('MariaDB', begin)
accountsContract('MariaDB', begin)
