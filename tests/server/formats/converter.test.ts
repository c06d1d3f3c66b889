import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createConverter } from '../../../server/formats/converter.ts'
import type { ConverterLimits } from '../../../server/formats/converter.ts'
import { createImporter } from '../../../server/formats/importer.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { until } from '../../support/wait.ts'

const DOC = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)])
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('inkpad-convert-'))
/** Others on this machine have theirs, which come and go. */
const nothingLeftSince = (before: readonly string[]): Promise<void> =>
  until('no folder to be left', () => folders().every((name) => before.includes(name)))
/** Whether a process is there and no zombie. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
function made(soffice: string | null, limits: Partial<ConverterLimits> = {}) {
  const said: unknown[] = []
  const log = { warn: (_line: string, facts?: Record<string, unknown>) => void said.push(facts?.['why']) }
  return { said, converter: createConverter({ soffice, abiword: null }, log, limits) }
}

test('F48: without a program nothing is converted', async () => {
  const { converter } = made(null)
  expect(converter).toMatchObject({ names: [], writes: new Set(), kinds: new Set() })
  expect(await converter.read(DOC, 'doc')).toBeNull()
})

/** A program that stands for a converter, gone with its folder when the test is over. */
async function withProgram(
  script: string,
  limits: Partial<ConverterLimits>,
  run: (parts: ReturnType<typeof made> & { home: string }) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'inkpad-program-'))
  try {
    const program = join(home, 'office')
    writeFileSync(program, `#!/bin/sh\n${script.replaceAll('HOME', home)}\n`)
    chmodSync(program, 0o755)
    const before = folders()
    await run({ ...made(program, limits), home })
    await nothingLeftSince(before)
  } finally {
    rmSync(home, { recursive: true })
  }
}
/** What programs of this system may be kept from. */
const apart = (...args: string[]): boolean =>
  spawnSync('unshare', [...args, 'true'], { stdio: 'ignore' }).status === 0
/** The file that LibreOffice would make is the last argument's neighbour. */
const OUT = 'out="$(dirname "$(eval echo \\${$#})")/in.docx"'

test('F48: a program that never ends is ended, with all it started and its folder', async () => {
  // One of them leaves the group; where the system has houses for processes it ends all the same.
  const long = `${1000 + process.pid}`
  const script = `sleep ${long}.25 &\nsetsid sleep ${long}.5 &\nwait`
  const asleep = new RegExp(`sleep ${long}\\.(?:25|5)`)
  const sleeping = (): string[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && runs(Number(name)))
      .flatMap((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').match(asleep) ?? []
        } catch {
          return []
        }
      })
  await withProgram(script, { patience: 5000 }, async ({ converter, said }) => {
    const reading = converter.read(DOC, 'doc')
    await until('both to sleep', () => sleeping().length === 2)
    expect(await reading).toBeNull()
    expect(said).toEqual(['it took too long'])
    const escaped = apart('-rn', '--pid', '--fork', '--kill-child') ? 0 : 1
    await until('the processes to be gone', () => sleeping().length === escaped)
  })
})

test('F48: a program gets nothing of our environment', async () => {
  process.env['INKPAD_TEST_SECRET'] = 'xyzzy'
  await withProgram(`${OUT}\nenv > "$out"`, {}, async ({ converter }) => {
    const names = Buffer.from((await converter.read(DOC, 'doc')) ?? [])
      .toString()
      .match(/^\w+(?==)/gm)
    expect(names?.filter((name) => !/^(?:PWD|OLDPWD|SHLVL|_)$/.test(name)).sort()).toEqual([
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
    ])
  })
  delete process.env['INKPAD_TEST_SECRET']
})

test('F48: a program reaches nobody where the system lets us keep it from the network', async () => {
  let asked = 0
  const server = createServer((socket) => {
    asked += 1
    socket.end('here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const script = `${OUT}\n(bash -c 'cat < /dev/tcp/127.0.0.1/${port}' || echo nobody) > "$out" 2>/dev/null`
  await withProgram(script, {}, async ({ converter }) => {
    const found = Buffer.from((await converter.read(DOC, 'doc')) ?? [])
      .toString()
      .trim()
    expect([found, asked]).toEqual(apart('-rn') ? ['nobody', 0] : ['here', 1])
  })
  server.close()
})

test('F48: a system that has no time to say what it can keep a program from runs none, and is asked again', async () => {
  const fenced = spawnSync('unshare', ['--version']).error === undefined
  await withProgram(`${OUT}\necho made > "$out"`, { probe: 1 }, async ({ converter, said }) => {
    for (let time = 0; time < 2; time++) {
      const outcome = await converter.read(DOC, 'doc').catch((error: unknown) => error)
      if (fenced) expect(outcome).toMatchObject({ code: 'busy' })
      else expect(Buffer.from(outcome as Uint8Array).toString()).toBe('made\n')
    }
    expect(said).toEqual([])
  })
})

test.each([
  ['memory', 'tail /dev/zero || exit 7\necho done > "$out"', 'it ended with 7'],
  ['files', 'head -c 1500000 /dev/zero > "$out" || exit 7', 'it ended with'],
])('F48: a program has only so much of %s', async (_, script, why) => {
  await withProgram(
    `${OUT}\n${script}`,
    { memory: 200_000_000, most: 1_000_000 },
    async ({ converter, said }) => {
      expect(await converter.read(DOC, 'doc')).toBeNull()
      expect(said).toEqual([expect.stringContaining(why)])
    },
  )
})

test('F48: a program that is not there, or makes nothing, is no file but words', async () => {
  const before = folders()
  const { converter, said } = made('/nowhere/soffice')
  await expect(converter.write(DOC, 'rtf')).rejects.toMatchObject({ code: 'noFormat', status: 501 })
  expect(said).toHaveLength(1)
  await expect(made('true').converter.write(DOC, 'doc')).rejects.toMatchObject({ code: 'noFormat' })
  await nothingLeftSince(before)
})

test('F48, F60: an old document is refused as broken when the program could not read it, and as old without one', async () => {
  const { converter } = made('true')
  for (const [parts, reason] of [
    [{ converter }, 'damaged'],
    [{}, 'converter'],
  ] as const) {
    const importer = createImporter({ formats: () => coreFormats, ...parts })
    await expect(importer.read(DOC, 'x.doc', true)).rejects.toMatchObject({ reason })
    await importer.close()
  }
})
