import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import { importWboCommand } from '../../../../server/boards/import/command.ts'
import { silent } from '../../../../server/log.ts'
import { openStore } from '../../../../server/store/index.ts'
import { WBO_JSON, WBO_SVG } from './files.ts'

jest.setTimeout(120_000)

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

test('B527: a WBO server’s folder comes in whole, into pads of the same names, as often as it is asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkpad-wbo-'))
  folders.push(folder)
  const database = join(folder, 'pads.db')
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({ dbType: 'sqlite', dbSettings: { filename: database } }),
  )
  writeFileSync(join(folder, 'board-maths%20class.json'), WBO_JSON)
  writeFileSync(join(folder, 'board-anonymous.svg'), WBO_SVG)
  writeFileSync(join(folder, 'board-broken.json'), '{"half')
  writeFileSync(join(folder, 'notes.txt'), 'not a board')
  const run = async (args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> => {
    const [out, err]: [string[], string[]] = [[], []]
    const code = await importWboCommand(args, {
      env: {},
      root: folder,
      cwd: folder,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
    })
    return { code, out, err }
  }
  expect((await run([])).out.join()).toContain('npm run import-wbo')
  expect((await run(['--what'])).code).toBe(1)

  const first = await run(['.', '--settings', 'settings.json'])
  expect(first.out).toEqual([
    'board-anonymous.svg: 5 shapes on the board of anonymous',
    'board-maths%20class.json: 6 shapes on the board of maths_class; not understood: 1 line, 1 item, 1 glitter',
  ])
  expect(first.err).toEqual(['board-broken.json: This is no file a board can be made of, or a broken one.'])
  expect(first.code).toBe(1)

  const again = await run(['.', '--settings', 'settings.json'])
  expect(again.out[0]).toBe('board-anonymous.svg: 0 shapes on the board of anonymous; 5 were there')

  const store = openStore(
    {
      dbType: 'sqlite',
      filename: database,
      host: '',
      port: 0,
      database: '',
      user: '',
      password: '',
      charset: '',
    },
    silent,
  )
  await store.open()
  try {
    const stored = await store.load('b/maths_class')
    expect(await store.find('p/maths_class')).not.toBeNull()
    const doc = new Y.Doc()
    if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes)
    for (const row of stored?.tail ?? []) Y.applyUpdate(doc, row.bytes)
    expect(readShapes(boardOf(doc)).size).toBe(6)
  } finally {
    await store.close()
  }
})
