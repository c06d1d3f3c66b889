/** The two commands and what stands behind them. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const root = resolve(import.meta.dirname, '../..')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-commands-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('Two commands: npm start and npm test need nothing but Node', () => {
  const names = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs'))
  expect(names).toEqual(expect.arrayContaining(['start.mjs', 'test.mjs', 'suite.mjs']))
  for (const name of names) {
    const text = readFileSync(join(root, 'scripts', name), 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g))
      expect(target).toMatch(/^(node:|\.\/)/)
  }
})

describe('the parts of the suite', () => {
  /** Files of a part, as Jest finds them. */
  async function filesOf(part: string): Promise<string[]> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--config', 'tests/jest.config.js', '--listTests'],
      { cwd: root, env: { ...process.env, INKPAD_PART: part } },
    )
    return stdout.trim().split('\n').sort()
  }

  test('Two commands: npm test runs every file once, test:full those it leaves out and the random ones', async () => {
    const parts = ['', 'together', 'browsers', 'alone', 'full']
    const [all, together, browsers, alone, full] = await Promise.all(parts.map(filesOf))
    const later = all?.filter((file) => file.endsWith('.full.test.ts')) ?? []
    expect([together, browsers, alone, later].flatMap((files) => files ?? []).sort()).toEqual(all)
    expect(alone).toContain(import.meta.filename)
    const random = full?.filter((file) => !later.includes(file)) ?? []
    expect(random.map((file) => file.slice(root.length + 1))).toEqual([
      'tests/convergence/sync.test.ts',
      'tests/faults/kill.test.ts',
      'tests/server/sync/guard/fuzz.test.ts',
    ])
    expect(full).toEqual(expect.arrayContaining(later))
  }, 60_000)
})

test('S46: the image gives memory back as npm start does', () => {
  const [start, image] = ['scripts/allocator.mjs', 'Dockerfile'].map((name) => {
    const text = readFileSync(join(root, name), 'utf8')
    return [...text.matchAll(/(MALLOC_[A-Z_]+)(?:=|: ')(\d+)/g)].map(([, ...words]) => words)
  })
  expect(start).toHaveLength(2)
  expect(image).toEqual(start)
  expect(readFileSync(join(root, 'scripts/start.mjs'), 'utf8')).toContain('...ALLOCATOR')
})

describe('.ci/run', () => {
  /** Runs it with an `npm` that says what we want; gives its exit code and last line. */
  async function ci(says: Record<string, string>): Promise<[number, string]> {
    const bin = mkdtempSync(join(folder, 'bin-'))
    const cases = Object.entries(says).map(([name, script]) => `'${name}') ${script};;`)
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`)
    chmodSync(join(bin, 'npm'), 0o755)
    const run = await new Promise<{ code: number; output: string }>((done) => {
      execFile(
        join(root, '.ci/run'),
        { env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` } },
        (error, stdout) => done({ code: Number(error?.code ?? 0), output: stdout }),
      )
    })
    return [run.code, run.output.trimEnd().split('\n').at(-1) ?? '']
  }

  test.each([
    [
      { test: 'echo 9 passed, 0 failed, 1 skipped', 'run test:full': 'echo 3 passed, 0 failed, 0 skipped' },
      [0, '12 passed, 0 failed, 1 skipped'],
    ],
    [
      {
        test: 'echo 9 passed, 2 failed, 0 skipped; echo npm error >&2; exit 1',
        'run test:full': 'echo 3 passed, 0 failed, 0 skipped',
      },
      [1, '12 passed, 2 failed, 0 skipped'],
    ],
    [
      { test: 'echo 9 passed, 0 failed, 0 skipped', 'run test:full': 'exit 3' },
      [1, '9 passed, 1 failed, 0 skipped'],
    ],
    [
      {
        test: 'echo 9 passed, 0 failed, 0 skipped; exit 1',
        'run test:full': 'echo 1 passed, 0 failed, 0 skipped',
      },
      [1, '10 passed, 0 failed, 0 skipped'],
    ],
  ])('Two commands: %j ends with %j', async (says, wanted) => {
    expect(await ci(says)).toEqual(wanted)
  })
})

describe('programs that tests need', () => {
  interface Programs {
    missingPrograms: (folders: readonly string[]) => string[]
    isDebian: (release: string) => boolean
    installPrograms: (parts: {
      missing: () => string[]
      allowed: () => boolean
      command: (name: string, args: string[], options: { env: Record<string, string> }) => Promise<void>
      say: (text: string) => void
    }) => Promise<string[]>
  }
  let programs: Programs
  beforeAll(async () => {
    programs = (await import(new URL('../../scripts/programs.mjs', import.meta.url).href)) as Programs
  })

  /** A machine that lacks two programs until apt-get installs them. */
  async function machine(allowed: boolean, network = true) {
    let missing = ['chromium', 'redis-server']
    const calls: string[] = []
    const said: string[] = []
    const left = await programs.installPrograms({
      missing: () => missing,
      allowed: () => allowed,
      say: (text) => said.push(text),
      command: async (name, args, { env }) => {
        const words = args.filter((word, at) => !word.startsWith('-') && args[at - 1] !== '-o')
        calls.push(`${name} ${words.join(' ')} ${env['DEBIAN_FRONTEND']}`)
        if (!network) throw new Error('apt-get ended with 100')
        if (words[0] === 'install') missing = missing.filter((one) => !words.includes(one))
      },
    })
    return { left, calls, said: said.join('\n') }
  }

  test('Two commands: root of a Debian gets what is missing, after the lists are fetched, and is asked nothing', async () => {
    const { left, calls } = await machine(true)
    expect(left).toEqual([])
    expect(calls).toEqual([
      'apt-get update noninteractive',
      'apt-get install chromium redis-server noninteractive',
    ])
  })

  test('Two commands: without a network it is said what to do by hand', async () => {
    const { left, calls, said } = await machine(true, false)
    expect(left).toEqual(['chromium', 'redis-server'])
    expect(calls).toHaveLength(1)
    expect(said).toContain('Is there no network')
    expect(said).toContain('sudo apt-get install chromium redis-server')
  })

  test('Two commands: others install nothing and are told what', async () => {
    const { left, calls, said } = await machine(false)
    expect([left, calls]).toEqual([['chromium', 'redis-server'], []])
    expect(said).toContain('sudo apt-get install chromium redis-server')
  })

  test('Two commands: a program counts under any of its names', () => {
    const bin = join(folder, 'programs')
    mkdirSync(bin)
    expect(programs.missingPrograms([bin])).toEqual(['chromium', 'mariadb-server', 'redis-server'])
    for (const name of ['google-chrome', 'mysqld']) writeFileSync(join(bin, name), '')
    expect(programs.missingPrograms(['', bin])).toEqual(['redis-server'])
    expect(programs.isDebian('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')).toBe(true)
    expect(programs.isDebian('ID="fedora"\n')).toBe(false)
  })
})
