/**
 * A real MariaDB of one's own for a test file: own folder, socket and port, prepared with exactly the statements of
 * the deployment guide that administrators follow for Etherpad.
 *
 *     const mariadb = await startMariadb()
 *     ... mariadb.port, mariadb.kill9(), mariadb.start() ...
 *     await mariadb.remove()
 */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { freePort } from './free-port.ts'

const START_LIMIT = 30_000

/** `startMariadb` gives one; `host`, `port`, `database`, `user` and `password` fit the store's settings. */
export interface Mariadb {
  readonly host: string
  readonly port: number
  readonly socket: string
  readonly database: string
  readonly user: string
  readonly password: string
  /** Of the running process; 0 when it is down. */
  readonly pid: number
  /** Ends it without warning and waits until it is gone. */
  kill9(): Promise<void>
  /** Starts it (again) on the same port and data. */
  start(): Promise<void>
  /** Shuts it down cleanly; the data stays. */
  stop(): Promise<void>
  /** Statements as the database's root. */
  admin(...statements: string[]): Promise<void>
  /** Makes a further, empty database with the guide's grants and gives its name. */
  freshDatabase(): Promise<string>
  /** Stops it and deletes its folder. */
  remove(): Promise<void>
}

/** Installs and starts one (about two seconds). `options` are further options of `mariadbd`. */
export async function startMariadb(...options: string[]): Promise<Mariadb> {
  const program = find('mariadbd')
  const folder = await mkdtemp(join(tmpdir(), 'inkpad-mariadb-'))
  const data = join(folder, 'data')
  const socket = join(folder, 's')
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : []
  await run(find('mariadb-install-db'), [
    '--no-defaults',
    ...asUser,
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--innodb-log-file-size=4M',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-use-native-aio=0',
  ])
  const port = await freePort()
  let child: ChildProcess | null = null
  let databases = 0

  let guard: ChildProcess | null = null

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const last = child
    if (last === null) return
    guard?.kill()
    const gone = last.exitCode === null && last.signalCode === null ? once(last, 'exit') : null
    last.kill(signal)
    await gone
    child = null
  }
  const server: Mariadb = {
    host: '127.0.0.1',
    port,
    socket,
    database: 'etherpad_db',
    user: 'etherpad',
    password: 'EPPASSWD',
    get pid() {
      return child?.pid ?? 0
    },
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start: async () => {
      child = spawn(
        program,
        [
          '--no-defaults',
          ...asUser,
          `--datadir=${data}`,
          `--socket=${socket}`,
          `--pid-file=${join(folder, 'pid')}`,
          `--tmpdir=${folder}`,
          `--port=${port}`,
          '--bind-address=127.0.0.1',
          '--skip-name-resolve',
          '--innodb-flush-log-at-trx-commit=1',
          '--innodb-log-file-size=4M',
          '--innodb-buffer-pool-size=16M',
          '--innodb-use-native-aio=0',
          '--performance-schema=0',
          '--table-open-cache=64',
          ...options,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      )
      guard = guardOf(child.pid ?? 0, folder)
      await ready(child)
    },
    admin: async (...statements) => {
      const connection = await createConnection({ socketPath: socket, user: 'root' })
      for (const statement of statements) await connection.query(statement)
      await connection.end()
    },
    freshDatabase: async () => {
      const name = `etherpad_db_${++databases}`
      await server.admin(...guide(name, server.user))
      return name
    },
    remove: async () => {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    await server.start()
    await server.admin(
      `CREATE USER '${server.user}'@'localhost' identified by '${server.password}'`,
      `CREATE USER '${server.user}'@'%' identified by '${server.password}'`,
      ...guide(server.database, server.user),
    )
  } catch (error) {
    await server.remove()
    throw error
  }
  return server
}

/** The guide's statements for one database. */
function guide(database: string, user: string): string[] {
  const grant = `GRANT CREATE,ALTER,SELECT,INSERT,UPDATE,DELETE on \`${database}\`.* to`
  return [
    `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8 COLLATE utf8_unicode_ci`,
    `${grant} '${user}'@'localhost'`,
    `${grant} '${user}'@'%'`,
    'FLUSH PRIVILEGES',
  ]
}

function find(program: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin', '/usr/libexec']
  const path = folders.map((folder) => join(folder, program)).find((candidate) => existsSync(candidate))
  if (path === undefined)
    throw new Error(
      `The tests need ${program}: install MariaDB, on Debian with \`apt-get install mariadb-server\`.`,
    )
  return path
}

async function run(program: string, options: string[]): Promise<void> {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (text) => (said += String(text)))
  child.stderr.on('data', (text) => (said += String(text)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program} failed: ${said.slice(-2000)}`)
}

async function ready(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`mariadbd did not start within ${START_LIMIT} ms: ${said.slice(-2000)}`)),
      START_LIMIT,
    )
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error(`mariadbd ended while starting: ${said.slice(-2000)}`))
    })
    child.stderr?.on('data', (text) => {
      said = (said + String(text)).slice(-10_000)
      if (!said.includes('ready for connections')) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Ends the database and removes its folder when the test's process dies without doing so. */
function guardOf(pid: number, folder: string): ChildProcess {
  const script = 'read _; kill -9 "$0" && rm -rf "$1"'
  return spawn('sh', ['-c', script, String(pid), folder], { stdio: ['pipe', 'ignore', 'ignore'] })
}
