import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createConverter } from '../../../server/formats/converter.ts'
import { createImporter } from '../../../server/formats/importer.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { until } from '../../support/wait.ts'

const DOC = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)])
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('inkpad-convert-'))
/** Whether a process is there and no zombie. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
function made(soffice: string | null, patience?: number) {
  const said: unknown[] = []
  const log = { warn: (_line: string, facts?: Record<string, unknown>) => void said.push(facts?.['why']) }
  return { said, converter: createConverter({ soffice, abiword: null }, log, patience) }
}

test('F48: without a program nothing is converted', async () => {
  const { converter } = made(null)
  expect(converter).toMatchObject({ names: [], writes: new Set(), kinds: new Set() })
  expect(await converter.read(DOC, 'doc')).toBeNull()
})

test('F48: a program that never ends is ended, with its folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'inkpad-endless-'))
  const program = join(home, 'office')
  writeFileSync(program, `#!/bin/sh\necho $$ > ${home}/pid\nsleep 1000 &\necho $! >> ${home}/pid\nwait\n`)
  chmodSync(program, 0o755)
  const before = folders()
  const { converter, said } = made(program, 1500)
  expect(await converter.read(DOC, 'doc')).toBeNull()
  expect(said).toEqual(['it took too long'])
  expect(folders()).toEqual(before)
  // It and what it started are gone, or on their way.
  const pids = readFileSync(join(home, 'pid'), 'utf8').trim().split('\n').map(Number)
  expect(pids).toHaveLength(2)
  await until('the processes to be gone', () => pids.every((pid) => !runs(pid)))
  rmSync(home, { recursive: true })
})

test('F48: a program that is not there, or makes nothing, is no file but words', async () => {
  const before = folders()
  const { converter, said } = made('/nowhere/soffice')
  await expect(converter.write(DOC, 'rtf')).rejects.toMatchObject({ code: 'noFormat', status: 501 })
  expect(said).toHaveLength(1)
  await expect(made('true').converter.write(DOC, 'doc')).rejects.toMatchObject({ code: 'noFormat' })
  expect(folders()).toEqual(before)
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
