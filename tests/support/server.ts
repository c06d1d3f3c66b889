/** A sync server on a real HTTP server with SQLite in a directory of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silent } from '../../server/log.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/store.ts'
import { createSync } from '../../server/sync/index.ts'
import type { SyncParts } from '../../server/sync/index.ts'
import { DEFAULT_LIMITS } from '../../server/sync/types.ts'
import type { Limits, Sync } from '../../server/sync/types.ts'
import { faultyStore } from './faulty-store.ts'
import type { Faults } from './faulty-store.ts'
import { TestAccess, TestPeople } from './test-people.ts'

export interface TestServer {
  sync: Sync
  /** As the server sees it. */
  store: Store
  faults: Faults
  people: TestPeople
  access: TestAccess
  http: Server
  port: number
  /** `ws://127.0.0.1:PORT/sync`, as a stock provider wants it. */
  url: string
  directory: string
  /** Ends it as a crash would: nothing is committed or said any more. Gives the directory to start another one on. */
  crash(): Promise<string>
  /** Ends it in order and removes the directory. */
  stop(): Promise<void>
}

export interface TestServerOptions extends Partial<Omit<SyncParts, 'limits'>> {
  limits?: Partial<Limits>
  /** A directory left by {@link TestServer.crash}, or shared with another server. */
  directory?: string
  people?: TestPeople
  access?: TestAccess
  /** A certain port instead of a free one. */
  port?: number
}

/** SQLite's settings for a directory. */
export function sqliteIn(directory: string): Parameters<typeof openStore>[0] {
  return {
    dbType: 'sqlite',
    filename: join(directory, 'inkpad.db'),
    host: '',
    port: 0,
    database: '',
    user: '',
    password: '',
    charset: '',
  }
}

export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'inkpad-sync-')))
  const real = options.store ?? openStore(sqliteIn(directory), silent)
  await real.open()
  const { store, faults } = faultyStore(real)
  const people = options.people ?? new TestPeople()
  const access = options.access ?? new TestAccess()
  const sync = createSync({
    log: silent,
    defaultText: () => 'Welcome\n',
    trustProxy: false,
    allowedOrigins: [],
    ...options,
    people,
    access,
    store,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  })
  const http = createServer((_, response) => {
    response.statusCode = 404
    response.end()
  })
  sync.attach(http)
  await new Promise<void>((done) => {
    http.listen(options.port ?? 0, '127.0.0.1', done)
  })
  const { port } = http.address() as AddressInfo
  const closeHttp = () =>
    new Promise<void>((done) => {
      http.close(() => done())
      http.closeAllConnections()
    })
  return {
    sync,
    store,
    faults,
    people,
    access,
    http,
    port,
    url: `ws://127.0.0.1:${port}/sync`,
    directory,
    async crash() {
      faults.down = true
      await sync.close(1)
      await closeHttp()
      await real.close()
      return directory
    },
    async stop() {
      faults.down = false
      await sync.close(1000)
      await closeHttp()
      await real.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
