/** Secrets (SPEC-access SE1, SE2). */
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { silent } from '../../../server/log.ts'
import { loadSettings } from '../../../server/settings/load.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-secrets-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = (env: Record<string, string>) => loadSettings({ args: [], env, root: folder })
const production = { NODE_ENV: 'production' }

test.each(['admin', 'changeme1', 'Password', ' CHANGEME ', '12345678'])(
  'SE2: production does not start with the password %s, and says so in one line',
  (password) => {
    expect(() => load({ ...production, ADMIN_PASSWORD: password })).toThrow(
      /^users\.admin\.password is a placeholder that everybody knows; allowed is a password of your own$/,
    )
    expect(load({ ADMIN_PASSWORD: password }).warnings.join()).toMatch(
      /users\.admin\.password is a placeholder/,
    )
  },
)

test('SE2: an account whose password is its own name is refused, too; others start without a word', () => {
  expect(() => load({ ...production, USER_PASSWORD: 'user' })).toThrow(/users\.user\.password/)
  const loaded = load({ ...production, ADMIN_PASSWORD: 'my_secret_admin_pass', USER_PASSWORD: 'right horse' })
  expect(loaded.warnings).toEqual([])
})

test('SE2: the password of a database that everybody knows is a warning', () => {
  const env = { ...production, DB_TYPE: 'mysql', DB_PASS: 'changeme' }
  expect(load(env).warnings).toEqual([
    'dbSettings.password is a placeholder that everybody knows; give the database a password of its own',
  ])
})

test('SE1: keys are made at the first start, are random and stay; the file they are in is no business of others', async () => {
  const filename = join(folder, 'keys.db')
  const first = openSqliteStore(filename, silent)
  await first.open()
  const key = await first.setting('login-key', () => 'made once')
  await first.close()
  expect(statSync(filename).mode & 0o007).toBe(0)
  chmodSync(filename, 0o644)
  const again = openSqliteStore(filename, silent)
  await again.open()
  expect(await again.setting('login-key', () => 'made twice')).toBe(key)
  expect(statSync(filename).mode & 0o007).toBe(0)
  expect(statSync(`${filename}-wal`).mode & 0o007).toBe(0)
  await again.close()
})
