/** ST94: pictures as files of a directory. */
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createPictureFiles } from '../../../server/pictures/files.ts'

const HASH = 'abcDEF_-0123456789abcDEF_-0123456789abcDEF_'
const BYTES = new Uint8Array([1, 2, 3, 250])
const DAY = 24 * 3_600_000

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'inkpad-pictures-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** All files below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
}

test('ST94: a file is whole, private, there once, and found by its hash alone; letters of either case are two hashes', async () => {
  const folder = path.join(home, 'deep', 'pictures')
  const files = createPictureFiles(folder)
  await Promise.all([files.write(HASH, BYTES), files.write(HASH, BYTES)])
  await files.write(HASH.toLowerCase(), BYTES.subarray(1))
  const names = await filesIn(folder)
  expect(names).toHaveLength(2)
  for (const name of names) {
    expect((await stat(name)).mode & 0o777).toBe(0o600)
    expect((await stat(path.dirname(name))).mode & 0o777).toBe(0o700)
    expect(path.basename(name)).toMatch(/^[\da-f]+$/)
  }
  expect(await files.read(HASH, 4)).toEqual(Buffer.from(BYTES))
  expect(await files.read(HASH.toLowerCase(), 3)).toEqual(Buffer.from(BYTES.subarray(1)))
  expect(await files.read(HASH, 5)).toBeNull()
  expect(await files.read('other', 4)).toBeNull()
  for (const wrong of ['../../etc/passwd', '', 'a/b', 'x'.repeat(65), '.'])
    await expect(files.write(wrong, BYTES)).rejects.toThrow(RangeError)
})

test('ST94: a file that another run left half is written again; what cannot be written leaves nothing', async () => {
  const files = createPictureFiles(home)
  await files.write(HASH, BYTES)
  const [name = ''] = await filesIn(home)
  await writeFile(name, 'ab')
  await files.write(HASH, BYTES)
  expect(await readFile(name)).toEqual(Buffer.from(BYTES))
  const blocked = path.join(home, 'blocked')
  await writeFile(blocked, '')
  await expect(createPictureFiles(blocked).write(HASH, BYTES)).rejects.toThrow()
  expect((await filesIn(home)).sort()).toEqual([blocked, name].sort())
})

test('ST94: what no pad has had for a day goes, and what was begun and never finished; what is needed or new stays', async () => {
  let now = Date.now()
  const files = createPictureFiles(home, () => now)
  for (const hash of ['kept', 'gone', 'again']) await files.write(hash, BYTES)
  const stray = path.join(home, '00')
  await mkdir(stray, { recursive: true })
  await chmod(stray, 0o700)
  await writeFile(path.join(stray, '6162.0123'), 'begun')
  await utimes(path.join(stray, '6162.0123'), 0, 0)
  const asked: string[] = []
  const sweepAll = async (): Promise<number> => {
    let removed = 0
    for (let round = 0; round < 16; round += 1)
      removed += await files.sweep(async (hashes) => {
        asked.push(...hashes)
        return new Set(['kept'])
      })
    return removed
  }
  expect([await sweepAll(), asked]).toEqual([1, []])
  now += 2 * DAY
  // Somebody brings it again a moment before.
  await files.write('again', BYTES)
  expect([await sweepAll(), asked.sort()]).toEqual([1, ['gone', 'kept']])
  expect([await files.read('kept', 4), await files.read('gone', 4), await files.read('again', 4)]).toEqual([
    Buffer.from(BYTES),
    null,
    Buffer.from(BYTES),
  ])
})
