/** What goes wrong with MariaDB and on the way to it (docs/SPEC-store.md ST7, ST20 to ST26, ST30 to ST32, ST50). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { RowDataPacket } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { AppError } from '../../../server/errors.ts'
import { createLog, silent } from '../../../server/log.ts'
import type { Database } from '../../../server/store/database.ts'
import { openStore, waitForStore } from '../../../server/store/index.ts'
import { connectMariadb } from '../../../server/store/mariadb-driver.ts'
import { openMariadbStore } from '../../../server/store/mariadb.ts'
import { migrate, schemaSteps } from '../../../server/store/schema.ts'
import type { LogRow, Store } from '../../../server/store/store.ts'
import { SeqConflict, StoreDown } from '../../../server/store/store.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { startMariadb } from '../../support/mariadb.ts'

let mariadb: Mariadb
beforeAll(async () => {
  mariadb = await startMariadb('--log-bin', '--server-id=1', '--max-allowed-packet=1M')
}, 60_000)
afterAll(() => mariadb?.remove())

const times = { connect: 1000, query: 1500 }
const settings = (more: Partial<Parameters<typeof openStore>[0]> = {}) => ({
  dbType: 'mariadb' as const,
  filename: '',
  host: mariadb.host,
  port: mariadb.port,
  database: mariadb.database,
  user: mariadb.user,
  password: mariadb.password,
  charset: 'utf8',
  ...more,
})
let names = 0
const newDocument = (store: Store) =>
  store.create({
    name: `p/${++names}`,
    generation: 'g',
    time: 1,
    seed: { author: 'a.s', bytes: new Uint8Array(1), clients: [] },
  })
const row = (document: number, seq: number, content = new Uint8Array([seq])): LogRow => ({
  document,
  seq,
  author: 'a.ada',
  time: seq,
  bytes: content,
})
async function opened(): Promise<Store> {
  const store = openMariadbStore(mariadb, silent, times)
  await store.open()
  return store
}
async function ask(sql: string, database = mariadb.database): Promise<Record<string, unknown>[]> {
  const { host, port, user, password } = mariadb
  const connection = await createConnection({ host, port, user, password, database })
  const [rows] = await connection.query<RowDataPacket[]>(sql)
  await connection.end()
  return rows
}

describe('the schema', () => {
  test("ST30: the guide's grants suffice, and every table is InnoDB with utf8mb4_bin whatever the database has", async () => {
    const store = await opened()
    const tables = await ask(
      "SELECT TABLE_NAME AS name, ENGINE AS engine, TABLE_COLLATION AS collation FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'inkpad%'",
    )
    // One is made by a step each, and the one that records the steps.
    const made = schemaSteps('mariadb').filter((step) => step.startsWith('CREATE TABLE'))
    expect(tables).toHaveLength(made.length + 1)
    for (const table of tables) expect(table).toMatchObject({ engine: 'InnoDB', collation: 'utf8mb4_bin' })
    const grants = (await ask('SHOW GRANTS')).flatMap((grant) => Object.values(grant)).join()
    expect(grants).toMatch(/GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER ON/)
    expect(grants).not.toMatch(/DROP|INDEX|REFERENCES|LOCK|ALL PRIVILEGES/)
    await store.close()
  })

  test('ST31: killed after any statement, the migration goes on where it stopped; an old `store` table stays', async () => {
    const database = await mariadb.freshDatabase()
    await mariadb.admin(`CREATE TABLE ${database}.store (\`key\` VARCHAR(100) PRIMARY KEY, value LONGTEXT)`)
    await mariadb.admin(`INSERT INTO ${database}.store VALUES ('pad:old', '{}')`)
    const connected = connectMariadb(
      {
        ...mariadb,
        database,
        host: mariadb.host,
        port: mariadb.port,
        user: mariadb.user,
        password: mariadb.password,
      },
      () => {},
      times,
    )
    const dying = (statements: number): Database => ({
      ...connected,
      write: (work) =>
        connected.write(async (session) => {
          const spend = () => {
            if (statements-- === 0) throw new Error('killed')
          }
          return work({
            ...session,
            run: async (sql, values) => {
              spend()
              return session.run(sql, values)
            },
            insert: async (table, columns, rows, duplicates) => {
              spend()
              await session.insert(table, columns, rows, duplicates)
            },
          })
        }),
    })
    for (let round = 0; ; round++) {
      expect(round).toBeLessThan(40)
      const outcome = await migrate(dying(2)).then(
        () => 'done',
        (error: unknown) => String(error),
      )
      if (outcome === 'done') break
      expect(outcome).toMatch(/killed/)
      await expect(migrate(dying(1))).rejects.toThrow('killed')
      const recorded = await ask('SELECT COUNT(*) AS n FROM inkpad_migration', database)
      if (Number(recorded[0]?.['n']) <= round) await migrate(dying(3)).catch(() => {})
    }
    await migrate(connected)
    expect(await ask('SELECT MAX(step) AS step FROM inkpad_migration', database)).toEqual([
      { step: schemaSteps('mariadb').length },
    ])
    expect(await ask('SELECT value FROM store', database)).toEqual([{ value: '{}' }])
    await connected.close()
  })

  test('ST31: two servers may migrate at the same moment', async () => {
    const database = await mariadb.freshDatabase()
    const stores = [1, 2, 3].map(() => openStore(settings({ database }), silent))
    await Promise.all(stores.map((store) => store.open()))
    await newDocument(stores[0] ?? (await opened()))
    await Promise.all(stores.map((store) => store.close()))
  })

  test('ST32: this version works on the schema of a newer one', async () => {
    const database = await mariadb.freshDatabase()
    const store = openStore(settings({ database }), silent)
    await store.open()
    await mariadb.admin(
      `INSERT INTO ${database}.inkpad_migration VALUES (999, 1)`,
      `ALTER TABLE ${database}.inkpad_row ADD COLUMN extra VARCHAR(9) NOT NULL DEFAULT 'new'`,
    )
    await store.open()
    const { id } = await newDocument(store)
    await store.append([row(id, 2)])
    expect(await store.rows(id, 1, 9)).toEqual([row(id, 2)])
    await store.close()
  })
})

describe('a database that is not as it should be', () => {
  test('ST20: wrong password, database, rights, host and port are told in plain words, without the password', async () => {
    await mariadb.admin("CREATE USER 'poor'@'%' identified by 'secret'", 'CREATE DATABASE elsewhere')
    const wrong: [Partial<Parameters<typeof openStore>[0]>, RegExp][] = [
      [{ password: 'wrong-secret' }, /refuses the user etherpad or the password/],
      [{ database: 'elsewhere' }, /does not let etherpad work in elsewhere; it needs CREATE/],
      [{ user: 'poor', password: 'secret' }, /does not let poor work/],
      [{ port: 1 }, /cannot be reached .*is it running/],
      [{ host: '/nowhere/mysqld.sock' }, /cannot be reached .*is it running/],
      [{ host: 'no-such-host.invalid' }, /host name no-such-host.invalid of MariaDB cannot be resolved/],
    ]
    for (const [difference, words] of wrong) {
      const store = openStore(settings(difference), silent)
      const failure = await store.open().catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(StoreDown)
      expect(String(failure)).toMatch(words)
      expect(String(failure)).not.toMatch(/secret/)
      await store.close()
    }
  })

  test('ST20: a Unix socket works as host', async () => {
    const store = openStore(settings({ host: mariadb.socket }), silent)
    await store.open()
    await store.ping()
    await store.close()
  })

  test('ST26: statements are cut to max_allowed_packet, and one row beyond it is refused in plain words', async () => {
    const store = await opened()
    const { id } = await newDocument(store)
    const quarter = new Uint8Array(200_000).fill(200)
    await store.append([2, 3, 4, 5, 6, 7].map((seq) => row(id, seq, quarter)))
    const nearly = new Uint8Array(1_000_000).fill(39)
    await store.append([row(id, 8), row(id, 9, nearly), row(id, 10)])
    const rows = await store.rows(id, 1, 99)
    expect(rows.map(({ bytes }) => bytes.length)).toEqual([...Array(6).fill(200_000), 1, 1_000_000, 1])
    const failure = await store
      .append([row(id, 11), row(id, 12, new Uint8Array(1_048_000))])
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AppError)
    expect(String(failure)).toMatch(/max_allowed_packet/)
    expect(await store.heads([id])).toEqual(new Map([[id, 10]]))
    await store.close()
  })

  test('ST50: settings that make "saved" untrue are named', async () => {
    const store = await opened()
    await mariadb.admin('SET GLOBAL innodb_flush_log_at_trx_commit = 2')
    const sentences = await store.durability()
    await mariadb.admin('SET GLOBAL innodb_flush_log_at_trx_commit = 1', 'SET GLOBAL sync_binlog = 1')
    expect(sentences.join('\n')).toMatch(
      /innodb_flush_log_at_trx_commit is 2.*\n.*sync_binlog is 0.*\n.*max_allowed_packet/,
    )
    expect(await store.durability()).toHaveLength(1)
    await store.close()
  })

  test('ST9: after a deadlock the append runs again', async () => {
    const store = await opened()
    const one = await newDocument(store)
    const two = await newDocument(store)
    const rival = await createConnection({
      socketPath: mariadb.socket,
      user: 'root',
      database: mariadb.database,
    })
    await rival.query('START TRANSACTION')
    const insert = 'INSERT INTO inkpad_row (document, seq, author, time, crc, bytes) VALUES ?'
    await rival.query(insert, [
      Array.from({ length: 50 }, (_, index) => [two.id, index + 2, 'rival', 1, 1, '']),
    ])
    const appending = store.append([row(one.id, 2), row(two.id, 2)])
    const waits = "SELECT COUNT(*) AS n FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'"
    for (let round = 0; round < 200; round++) {
      const [found] = await rival.query<RowDataPacket[]>(waits)
      if (Number(found[0]?.['n']) > 0) break
    }
    await rival.query(insert, [[[one.id, 2, 'rival', 1, 1, '']]])
    await rival.query('ROLLBACK')
    await rival.end()
    await appending
    expect(await store.heads([one.id, two.id])).toEqual(
      new Map([
        [one.id, 2],
        [two.id, 2],
      ]),
    )
    await store.close()
  })
})

describe('a connection that breaks', () => {
  let proxy: Server
  let cut: 'never' | 'before COMMIT' | 'after COMMIT' = 'never'
  beforeAll(async () => {
    proxy = createServer((client) => breaking(client))
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
  })
  afterAll(() => {
    proxy.close()
  })

  /** Passes everything on until a client commits while `cut` says so. */
  const breaking = (client: Socket) => {
    const server = connect(mariadb.port, mariadb.host)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
    let silenced = false
    client.on('data', (chunk) => {
      const commit = cut !== 'never' && chunk.includes('COMMIT')
      if (commit && cut === 'before COMMIT') client.destroy()
      else server.write(chunk)
      if (commit && cut === 'after COMMIT') {
        silenced = true
        server.once('data', () => client.destroy())
      }
    })
    server.on('data', (chunk) => {
      if (!silenced) client.write(chunk)
    })
  }

  test.each(['before COMMIT', 'after COMMIT'] as const)(
    'ST7: a connection lost %s leaves the outcome open, and appending the same rows again settles it',
    async (when) => {
      const { port } = proxy.address() as AddressInfo
      const store = openMariadbStore(
        {
          ...mariadb,
          host: '127.0.0.1',
          port,
          database: mariadb.database,
          user: mariadb.user,
          password: mariadb.password,
        },
        silent,
        times,
      )
      await store.open()
      const { id } = await newDocument(store)
      const rows = [row(id, 2), row(id, 3)]
      cut = when
      await expect(store.append(rows)).rejects.toThrow(StoreDown)
      cut = 'never'
      await store.append(rows)
      await store.append([...rows, row(id, 4)])
      expect(await store.rows(id, 1, 9)).toEqual([...rows, row(id, 4)])
      await expect(store.append([row(id, 3, new Uint8Array([99]))])).rejects.toThrow(SeqConflict)
      await store.close()
    },
  )
})

describe('a database that goes and comes', () => {
  test('ST21: a database that does not answer is StoreDown within the limit, and works again when it does', async () => {
    const store = await opened()
    const { id } = await newDocument(store)
    process.kill(mariadb.pid, 'SIGSTOP')
    try {
      const begun = performance.now()
      await Promise.all(
        [store.append([row(id, 2)]), store.load('p/1'), store.ping()].map((asked) =>
          expect(asked).rejects.toThrow(StoreDown),
        ),
      )
      expect(performance.now() - begun).toBeLessThan(15_000)
    } finally {
      process.kill(mariadb.pid, 'SIGCONT')
    }
    await store.append([row(id, 2)])
    expect(await store.heads([id])).toEqual(new Map([[id, 2]]))
    await store.close()
  })

  test('ST25: killed again and again while writing, every append that resolved is there once', async () => {
    const store = await opened()
    const documents = await Promise.all([1, 2, 3].map(() => newDocument(store)))
    const acknowledged = new Map(documents.map(({ id }) => [id, 1]))
    const lengths = new Map(documents.map(({ id }) => [id, 1]))
    const state = { over: false, commits: 0, failures: 0 }
    const writing = (async () => {
      let rows: LogRow[] = []
      while (!state.over || rows.length > 0) {
        if (rows.length === 0)
          rows = documents.map(({ id }) =>
            row(id, (lengths.get(id) ?? 0) + 1, new Uint8Array(100).fill(state.commits)),
          )
        try {
          await store.append(rows)
          state.commits++
          for (const { document, seq } of rows) {
            acknowledged.set(document, seq)
            lengths.set(document, seq)
          }
          rows = []
        } catch (error) {
          if (!(error instanceof StoreDown)) throw error
          state.failures++
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }
    })()
    for (let round = 0; round < 3; round++) {
      const goal = state.commits + 5 + Math.floor(Math.random() * 40)
      for (let look = 0; state.commits < goal && look < 2000; look++) await store.ping().catch(() => {})
      await mariadb.kill9()
      await mariadb.start()
    }
    state.over = true
    await writing
    expect(state.failures).toBeGreaterThan(0)
    for (const { id, name } of documents) {
      const loaded = await store.load(name)
      expect(loaded?.head).toBe(acknowledged.get(id))
      expect(loaded?.tail.length).toBe(acknowledged.get(id))
    }
    await store.close()
  }, 60_000)

  test('ST24: a database that starts later is waited for, and said once why', async () => {
    await mariadb.stop()
    const warnings: string[] = []
    const log = createLog('info', (_, line) => warnings.push(line))
    const store = openStore(settings(), log)
    const waiting = waitForStore(store, log, AbortSignal.timeout(20_000))
    await new Promise((resolve) => setImmediate(resolve))
    await mariadb.start()
    await waiting
    await store.ping()
    expect(warnings.filter((line) => line.includes('cannot be reached')).length).toBeLessThanOrEqual(1)
    await store.close()

    const never = openStore(settings({ port: 1 }), silent)
    const stop = new AbortController()
    const stopped = expect(waitForStore(never, silent, stop.signal)).rejects.toThrow('enough')
    stop.abort(new Error('enough'))
    await stopped
    await never.close()
  })
})
