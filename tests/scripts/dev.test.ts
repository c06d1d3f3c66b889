/** `npm run dev` in a copy of the sources, as somebody who works on them uses it. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { ask, BROWSER } from '../support/ask.ts'
import { freePort } from '../support/free-port.ts'

const root = resolve(import.meta.dirname, '../..')
const SOURCES = [
  'client',
  'plugins',
  'server',
  'shared',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
]
const PATIENCE = 90_000

test('Two commands: npm run dev builds again what changes, restarts the server, and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkpad-dev-'))
  for (const name of SOURCES)
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const port = await freePort()
  const dev = spawn(process.execPath, ['scripts/dev.mjs'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      IP: '127.0.0.1',
      PORT: String(port),
      DB_FILENAME: join(folder, 'x.db'),
    },
  })
  let output = ''
  for (const stream of [dev.stdout, dev.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<number | null>((done) => dev.on('close', (code) => done(code)))

  /** The text at a path; empty while nobody answers. */
  const text = (path: string): Promise<string> =>
    ask(port, path, { headers: BROWSER }).then(
      (answer) => answer.text,
      () => '',
    )
  /** The scripts of the start page. */
  const scripts = async (): Promise<string> => {
    const names = [...(await text('/')).matchAll(/"(assets\/[^"]+\.js)"/g)].map((match) => `/${match[1]}`)
    return (await Promise.all(names.map(text))).join('\n')
  }
  const until = async (look: () => Promise<string>, words: string): Promise<void> => {
    const end = Date.now() + PATIENCE
    while (!(await look()).includes(words)) {
      if (Date.now() > end || dev.exitCode !== null) throw new Error(`"${words}" did not come:\n${output}`)
      await wait(50)
    }
  }
  const change = (file: string, from: string, to: string): void => {
    const path = join(folder, file)
    const before = readFileSync(path, 'utf8')
    expect(before).toContain(from)
    writeFileSync(path, before.replace(from, to))
  }

  try {
    await until(() => text('/p/x'), 'Nobody has written here yet')
    await until(scripts, 'Opened on this device')
    change('server/locales/en.json', 'Nobody has written here yet', 'No word stands here yet')
    change('client/locales/en.json', 'Opened on this device', 'Opened in this place')
    await until(() => text('/p/x'), 'No word stands here yet')
    await until(scripts, 'Opened in this place')
    dev.kill('SIGTERM')
    expect(await ended).toBe(0)
    // Whoever was started has the other end of the output, which closes with the last of them.
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED')
  } finally {
    dev.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}, 300_000)
