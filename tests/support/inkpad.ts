/**
 * The built Inkpad as a process of its own, as an administrator runs it: for journeys in a browser and for killing.
 * `npm test` builds before it tests; alone, run `npm run build` first.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const MAIN = path.resolve('dist/server/main.js')
/** Two seconds are usual; on two processors that thirty others want 25 were seen. */
const START_LIMIT = 45_000
const STOP_LIMIT = 15_000

/** A running server. Port and folder stay the same over kills and starts. */
export interface InkpadProcess {
  readonly port: number
  /** `http://127.0.0.1:PORT/` */
  readonly url: string
  readonly folder: string
  readonly pid: number
  /** Its process runs: false after a kill or a stop. */
  readonly alive: boolean
  /** What it wrote to its outputs since the last start. */
  output(): string
  /** Starts it again after a kill or a stop and waits until it is healthy. */
  start(): Promise<void>
  /** SIGKILL; resolves when the process is gone. */
  kill9(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>
  /** Kills it and removes its folder. */
  remove(): Promise<void>
}

async function healthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}health`, { signal: AbortSignal.timeout(1000) })
    return response.ok
  } catch {
    return false
  }
}

function exited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function gone(child: ChildProcess): Promise<void> {
  if (exited(child)) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/**
 * Starts the built server in a folder of its own. `env` adds to its environment, over which nothing of ours leaks in;
 * `settings` is the text of its settings file, which is not there otherwise.
 */
export async function startInkpad(
  env: Record<string, string> = {},
  settings?: string,
): Promise<InkpadProcess> {
  if (!existsSync(MAIN)) throw new Error('dist/server/main.js is missing: run `npm run build` first')
  const port = env.PORT === undefined ? await freePort() : Number(env.PORT)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-process-'))
  if (settings !== undefined) await writeFile(path.join(folder, 'settings.json'), settings)
  const url = `http://127.0.0.1:${port}/`
  let child: ChildProcess | undefined
  let output = ''

  async function start(): Promise<void> {
    output = ''
    const started = spawn(process.execPath, [MAIN, '--settings', path.join(folder, 'settings.json')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        IP: '127.0.0.1',
        PORT: String(port),
        DB_FILENAME: path.join(folder, 'inkpad.db'),
        ...env,
      },
    })
    child = started
    started.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    started.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const begun = Date.now()
    while (!(await healthy(url))) {
      if (exited(started)) throw new Error(`Inkpad exited with ${started.exitCode}:\n${output}`)
      if (Date.now() - begun > START_LIMIT) {
        started.kill('SIGKILL')
        throw new Error(`Inkpad is not healthy after ${START_LIMIT} ms:\n${output}`)
      }
      await wait(10)
    }
  }

  async function kill9(): Promise<void> {
    if (!child) return
    child.kill('SIGKILL')
    await gone(child)
  }

  await start()
  return {
    port,
    url,
    folder,
    get pid() {
      return child?.pid ?? 0
    },
    get alive() {
      return child !== undefined && !exited(child)
    },
    output: () => output,
    start,
    kill9,
    async terminate() {
      if (!child) return null
      const running = child
      running.kill('SIGTERM')
      await Promise.race([gone(running), wait(STOP_LIMIT, undefined, { ref: false })])
      if (!exited(running)) throw new Error(`Inkpad did not stop within ${STOP_LIMIT} ms:\n${output}`)
      return running.exitCode
    },
    async remove() {
      await kill9()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
