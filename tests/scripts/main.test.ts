import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { ask, BROWSER } from '../support/ask.ts'
import { freePort } from '../support/free-port.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { until } from '../support/wait.ts'

const MAIN = resolve('dist/server/main.js')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkpad-main-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  pid: number
  /** Waits until the output holds `text`. */
  says(text: string): Promise<void>
  output(): string
  signal(name: NodeJS.Signals): void
  /** Exit code, or null after a signal that was not handled. */
  ended: Promise<number | null>
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', IP: '127.0.0.1', DB_FILENAME: join(folder, 'x.db'), ...env },
  })
  let output = ''
  const listeners = new Set<() => void>()
  const take = (chunk: Buffer) => {
    output += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)))
  return {
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => void child.kill(name),
    ended,
    says: (text) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`"${text}" was not said: ${output}`)), 30_000)
        const look = () => {
          if (!output.includes(text)) return
          clearTimeout(timer)
          listeners.delete(look)
          done()
        }
        listeners.add(look)
        look()
      }),
  }
}

/** Seconds a process has computed so far; unlike a clock, it does not count what others do on this machine. */
function processorSeconds(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, '').split(' ')
  return (Number(words[12]) + Number(words[13])) / 100
}

describe('a running server', () => {
  let inkpad: InkpadProcess
  let seconds: number
  beforeAll(async () => {
    inkpad = await startInkpad()
    seconds = processorSeconds(inkpad.pid)
  })
  afterAll(() => inkpad.remove())

  test('House: from start to /health takes little processor time, and the address is said', () => {
    // 0.2 s by the clock on an idle machine; computing takes several times longer beside a busy neighbour.
    expect(seconds).toBeLessThan(2)
    expect(inkpad.output()).toContain(`Inkpad is at http://localhost:${inkpad.port}/\n`)
  })

  test('House: an idle server takes at most 120 MB', async () => {
    const megabytes = (): number => {
      const status = readFileSync(`/proc/${inkpad.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    }
    // What starting took is given back in the seconds after it.
    await until('the server to be idle', () => megabytes() < 120, 30_000, megabytes)
  })

  test('House: the built client is served, compressed, for good', async () => {
    const page = await ask(inkpad.port, '/p/hello', { headers: BROWSER })
    const script = /src="\.\.\/(assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? ''
    const answer = await ask(inkpad.port, `/${script}`, { headers: { 'accept-encoding': 'br' } })
    expect([answer.status, answer.headers['content-encoding'], answer.headers['cache-control']]).toEqual([
      200,
      'br',
      'public, max-age=31536000, immutable',
    ])
  })

  test('T11: SIGTERM ends it within ten seconds with code 0 while people are connected, who are told to come back', async () => {
    // Its own: what is tried again after it needs one that runs.
    const ended = await startInkpad()
    try {
      const socket = new WebSocket(`ws://127.0.0.1:${ended.port}/sync/p/hello`)
      await new Promise<void>((done, fail) => socket.once('open', () => done()).once('error', fail))
      const closed = new Promise<number>((done) => socket.once('close', (code) => done(code)))
      const asked = performance.now()
      expect(await ended.terminate()).toBe(0)
      expect(performance.now() - asked).toBeLessThan(10_000)
      expect(await closed).toBe(1012)
      expect(ended.output()).toContain('"message":"stopped"')
    } finally {
      await ended.remove()
    }
  })
})

describe('starting', () => {
  test('House: a port in use is one line', async () => {
    const inkpad = await startInkpad()
    const second = run({ PORT: String(inkpad.port) })
    const code = await second.ended
    await inkpad.remove()
    expect(code).toBe(1)
    expect(second.output()).toBe(
      `Inkpad cannot start: port ${inkpad.port} at 127.0.0.1 is in use; set PORT (or "port" in settings.json) to another one\n`,
    )
  })

  test('House: a wrong setting is one line', async () => {
    const wrong = run({ COOKIE_SAME_SITE: 'sometimes' })
    expect(await wrong.ended).toBe(1)
    expect(wrong.output()).toMatch(
      /^Inkpad cannot start: cookie\.sameSite \(environment variable COOKIE_SAME_SITE\) is "sometimes"; allowed is [^\n]*\n$/,
    )
  })

  test('Health: while the database is not there yet, the server listens, says so, and stops when asked', async () => {
    const port = await freePort()
    const nobody = await freePort()
    const server = run({
      PORT: String(port),
      DB_TYPE: 'mysql',
      DB_HOST: '127.0.0.1',
      DB_PORT: String(nobody),
      DB_PASS: 'hunter2',
    })
    await server.says('Waiting for it')
    const health = await ask(port, '/health')
    expect([health.status, JSON.parse(health.text)]).toEqual([
      503,
      { status: 'fail', output: 'waiting for the database' },
    ])
    const page = await ask(port, '/p/x', { headers: BROWSER })
    expect(page.status).toBe(200)
    expect(page.text).toContain('cannot be shown right now')
    server.signal('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(server.output()).not.toContain('hunter2')
    expect(server.output()).not.toContain('Inkpad is at')
  })

  test('House: it ends with npm, although npm can only end the shell between them', async () => {
    const port = await freePort()
    const shell = spawn('sh', ['-c', `"${process.execPath}" scripts/start.mjs; exit 0`], {
      env: {
        PATH: process.env.PATH ?? '',
        IP: '127.0.0.1',
        PORT: String(port),
        DB_FILENAME: join(folder, 'npm.db'),
        npm_lifecycle_event: 'start',
      },
    })
    let output = ''
    await new Promise<void>((done) => {
      shell.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Inkpad is at')) done()
      })
    })
    // The output ends with the last process that has it.
    const last = new Promise<void>((done) => shell.stdout.once('end', () => done()))
    shell.kill('SIGTERM')
    await last
    expect(output).toContain('"message":"stopped"')
    await expect(ask(port, '/health')).rejects.toThrow('ECONNREFUSED')
  }, 60_000)

  test('House: it listens on a Unix socket when the port is a path', async () => {
    const server = run({ PORT: join(folder, 'inkpad.sock') })
    await server.says('Inkpad is at')
    expect(server.output()).toContain(join(folder, 'inkpad.sock'))
    server.signal('SIGINT')
    expect(await server.ended).toBe(0)
  })
})
