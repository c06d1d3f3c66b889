import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSettingsEditor, replaceFile } from '../../../server/settings/edit.ts'
import { coverSecrets, uncoverSecrets } from '../../../server/settings/hidden-text.ts'
import { loadSettings } from '../../../server/settings/load.ts'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'inkpad-edit-'))
  file = join(dir, 'settings.json')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const FILE = `{
  // The name over everything
  "title": "Ours",
  "dbSettings": { "password": "hunter2", "url": "\${DB_URL:mysql://me:hunter2@db/pads}" },
  "users": { "admin": { "password": "hunter2", "is_admin": true }, "pin": { "password": 4711 } },
  "ep_x": { "clientSecret": "hunter2", "list": [{ "token": "hunter2" }], "at": "https://me:hunter2@host/" },
}
`

function editor(content: string | null, env: Record<string, string> = {}) {
  if (content !== null) writeFileSync(file, content)
  const sources = { args: ['-s', file], env, root: dir }
  const made = createSettingsEditor(loadSettings(sources), sources)
  if (made === null) throw new Error('not editable')
  return made
}

describe('checking a text', () => {
  test.each<[string, string, object]>([
    ['bad JSON', '{\n  "port" 9001\n}', { line: 2, column: 10, key: '', message: 'colon expected' }],
    ['no object', '[1]', { line: 1, column: 1, key: '', message: 'it must hold a JSON object: { ... }' }],
    [
      'a wrong value',
      '{\n  // here\n  "padOptions": { "rtl": "maybe" }\n}',
      {
        line: 3,
        column: 19,
        key: 'padOptions.rtl',
        message: 'padOptions.rtl is "maybe"; allowed is true or false',
      },
    ],
    [
      'the last of two',
      '{ "port": 1,\n "port": "x" }',
      { line: 2, column: 2, key: 'port', message: expect.stringContaining('port is "x"') },
    ],
    [
      'a value inside an account',
      '{ "users": {\n "a": { "is_admin": "no" } } }',
      { line: 2, column: 9, key: 'users.a.is_admin' },
    ],
    ['a key that is missing', '{\n"ssl": { "cert": "x" } }', { line: 2, column: 1, key: 'ssl.key' }],
  ])('Settings: %s has line, column and key', async (_case, text, fault) => {
    const { faults, sources } = await editor('{}').inspect(text)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject(fault)
    expect(sources).toBeNull()
  })

  test('Settings: all faults are told at once', async () => {
    const { faults } = await editor('{}').inspect('{ "port": "x", "title": [],\n "padOptions": 5 }')
    expect(faults.map(({ key, line }) => [key, line])).toEqual([
      ['padOptions', 2],
      ['title', 1],
      ['port', 1],
    ])
  })

  test('Settings: what a right text comes to, with environment and warnings; nothing is written', async () => {
    const edit = editor('{}', { PORT: '9009' })
    const { faults, warnings, notes, sources } = await edit.inspect(
      '{ "title": "New", "nope": 1, "minify": false }',
    )
    expect(faults).toEqual([])
    expect(warnings).toEqual(['unknown setting nope; it has no effect'])
    expect(notes).toHaveLength(1)
    expect(sources?.get('title')).toEqual({ value: 'New', from: { kind: 'file', file } })
    expect(sources?.get('port')?.value).toBe(9009)
    expect(readFileSync(file, 'utf8')).toBe('{}')
  })
})

describe('E5: secrets in the text', () => {
  test('E5: are covered, comments and everything else stay', async () => {
    const text = await editor(FILE).text()
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('4711')
    expect(text).toContain('// The name over everything\n  "title": "Ours"')
    expect(text).toContain('"url": "${DB_URL:(hidden)}"')
    expect(text).toContain('"at": "https://(hidden)@host/"')
  })

  test('E5: covers that are still there become the secrets again; others may be replaced', async () => {
    const edit = editor(FILE)
    const before = await edit.text()
    const after = before.replace('"Ours"', '"Yours"').replace('"token": "(hidden)"', '"token": "new"')
    await edit.save(after, before)
    expect(readFileSync(file, 'utf8')).toBe(
      FILE.replace('"Ours"', '"Yours"').replace('"token": "hunter2"', '"token": "new"'),
    )
  })

  test('E5: a cover where the file has no secret is refused, never written', async () => {
    const edit = editor(FILE)
    const before = await edit.text()
    const moved = before.replace('"title": "Ours"', '"title": "(hidden)"')
    expect((await edit.inspect(moved)).faults).toMatchObject([{ line: 3, column: 12 }])
    await expect(edit.save(moved, before)).rejects.toMatchObject({ code: 'badRequest' })
    expect(readFileSync(file, 'utf8')).toBe(FILE)
  })

  test('E5: covering and uncovering gives the same text, whatever stands in it', () => {
    const key = fc.oneof(
      fc.constantFrom('password', 'token', 'users', 'ep_x', 'dbSettings', 'url', 'sso', 'clients', 'title'),
      fc.string({ maxLength: 5 }).filter((name) => name !== '__proto__'),
    )
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom('(hidden)', '${A:(hidden)}', '${A:s3cret}', '${A}', 'https://u:p@h/x', ''),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, tree, { maxKeys: 5 }), (content) => {
        const text = JSON.stringify(content, null, 1).replace(/,\n/g, ', // "password": "x"\n')
        expect(uncoverSecrets(coverSecrets(text), text)).toEqual({ text })
      }),
    )
  })
})

describe('writing', () => {
  test('Settings: a wrong text is refused with its first fault, and the file stays', async () => {
    const edit = editor(FILE)
    await expect(edit.save('{ "port": "x" }', await edit.text())).rejects.toMatchObject({
      code: 'badRequest',
      message: expect.stringContaining('Line 1, column 3: port is "x"') as unknown,
    })
    expect(readFileSync(file, 'utf8')).toBe(FILE)
  })

  test('Settings: a file that changed meanwhile is not written over', async () => {
    const edit = editor('{ "title": "a" }')
    const before = await edit.text()
    writeFileSync(file, '{ "title": "b" }')
    await expect(edit.save('{ "title": "c" }', before)).rejects.toMatchObject({ code: 'badRequest' })
    expect(readFileSync(file, 'utf8')).toBe('{ "title": "b" }')
  })

  test('Settings: the mode stays, a link stays a link, and no other file is left behind', async () => {
    const home = join(dir, 'real')
    mkdirSync(home)
    writeFileSync(join(home, 'ours.json'), '{}')
    chmodSync(join(home, 'ours.json'), 0o640)
    symlinkSync(join(home, 'ours.json'), file)
    const edit = editor(null)
    await edit.save('{ "title": "linked" }', await edit.text())
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(home, 'ours.json'), 'utf8')).toBe('{ "title": "linked" }')
    expect(statSync(join(home, 'ours.json')).mode & 0o777).toBe(0o640)
    expect(readdirSync(home)).toEqual(['ours.json'])
  })

  test('Settings: a file that was not there is made for its owner alone', async () => {
    const edit = editor(null)
    expect(await edit.text()).toBe('')
    await edit.save('{ "title": "first" }', '')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('Settings: when it cannot be written, the old file is whole and nothing is left behind', () => {
    writeFileSync(file, 'old')
    mkdirSync(join(dir, 'folder'))
    expect(() => replaceFile(join(dir, 'folder'), 'new')).toThrow('cannot be written (')
    expect(() => replaceFile(join(dir, 'nowhere/settings.json'), 'new')).toThrow('cannot be written (ENOENT)')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(dir).sort()).toEqual(['folder', 'settings.json'])
  })

  test('Settings: showSettingsInAdminPage false allows nothing; neither does a folder that is not there', () => {
    writeFileSync(file, '{ "showSettingsInAdminPage": false }')
    const sources = { args: ['-s', file], env: {}, root: dir }
    expect(createSettingsEditor(loadSettings(sources), sources)).toBeNull()
    const nowhere = { args: [], env: {}, root: join(dir, 'nowhere') }
    expect(existsSync(nowhere.root)).toBe(false)
    expect(createSettingsEditor(loadSettings(nowhere), nowhere)).toBeNull()
  })

  test('Settings: a file broken by hand meanwhile says so and is not shown', async () => {
    const edit = editor('{}')
    writeFileSync(file, '{ "dbSettings": { "password": "hunter2" ')
    await expect(edit.text()).rejects.toMatchObject({ code: 'badRequest' })
    await expect(edit.text()).rejects.not.toThrow('hunter2')
  })
})
