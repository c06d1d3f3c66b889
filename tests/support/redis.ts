/**
 * A real Redis of one's own for a test file, on a port of loopback, which keeps nothing.
 *
 *     const redis = await startRedis()
 *     ... redis.url, redis.kill9(), redis.start(), redis.freeze() ...
 *     await redis.remove()
 */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const START_LIMIT = 30_000

export interface Redis {
  readonly port: number
  /** With its password. */
  readonly url: string
  readonly password: string
  /** Ends it without warning and waits until it is gone. */
  kill9(): Promise<void>
  /** Starts it (again) on the same port. */
  start(): Promise<void>
  /** It stops answering without closing anything, until {@link Redis.thaw}. */
  freeze(): void
  thaw(): void
  /** Stops it and deletes its folder. */
  remove(): Promise<void>
}

/** Starts one. `options` are further options of `redis-server`. */
export async function startRedis(...options: string[]): Promise<Redis> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/bin']
  const program = folders.map((folder) => join(folder, 'redis-server')).find((file) => existsSync(file))
  if (program === undefined)
    throw new Error('The tests need redis-server: install it, on Debian with `apt-get install redis-server`.')
  const folder = await mkdtemp(join(tmpdir(), 'inkpad-redis-'))
  const port = await freePort()
  const password = 'a test of redis'
  let child: ChildProcess | null = null
  let guard: ChildProcess | null = null

  const kill9 = async (): Promise<void> => {
    guard?.kill()
    const last = child
    if (last === null) return
    child = null
    const gone = last.exitCode === null && last.signalCode === null ? once(last, 'exit') : null
    last.kill('SIGKILL')
    await gone
  }
  const redis: Redis = {
    port,
    password,
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    kill9,
    async start() {
      const started = spawn(
        program,
        [
          ...settingsOf({ port: String(port), bind: '127.0.0.1', dir: folder, requirepass: password }),
          ...settingsOf({ save: '', appendonly: 'no' }),
          ...options,
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      )
      child = started
      guard = guardOf(started.pid ?? 0, folder)
      await ready(started)
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async remove() {
      await kill9()
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    await redis.start()
  } catch (error) {
    await redis.remove()
    throw error
  }
  return redis
}

function settingsOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

async function ready(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`redis-server did not start within ${START_LIMIT} ms: ${said.slice(-2000)}`)),
      START_LIMIT,
    )
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error(`redis-server ended while starting: ${said.slice(-2000)}`))
    })
    child.stdout?.on('data', (text) => {
      said = (said + String(text)).slice(-10_000)
      if (!/ready to accept connections/i.test(said)) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Ends it and removes its folder when the test's process dies without doing so. */
function guardOf(pid: number, folder: string): ChildProcess {
  const script = 'read _; kill -9 "$0" && rm -rf "$1"'
  return spawn('sh', ['-c', script, String(pid), folder], { stdio: ['pipe', 'ignore', 'ignore'] })
}
