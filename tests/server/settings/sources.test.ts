import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { originText } from '../../../server/settings/layers.ts'
import { inspectSettings, loadSettings } from '../../../server/settings/load.ts'
import { shown } from '../../../server/settings/secrets.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'inkpad-sources-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const load = (content: unknown, env: Record<string, string> = {}, args: string[] = []) =>
  loadSettings({ args, env, root: '/nowhere', text: JSON.stringify(content) })
const FILE = '/nowhere/settings.json'

describe('where a value comes from', () => {
  test.each<[string, unknown, Record<string, string>, unknown, unknown]>([
    ['default', {}, {}, 9001, { kind: 'default' }],
    ['file', { port: 9002 }, {}, 9002, { kind: 'file', file: FILE }],
    ['null', { port: null }, {}, 9001, { kind: 'default' }],
    ['variable', {}, { PORT: '9003' }, 9003, { kind: 'variable', variable: 'PORT' }],
    ['file before variable', { port: 9002 }, { PORT: '9003' }, 9002, { kind: 'file', file: FILE }],
    [
      'asked, set',
      { port: '${P:9002}' },
      { P: '9004' },
      9004,
      { kind: 'variable', variable: 'P', file: FILE },
    ],
    ['asked, unset', { port: '${P:9002}' }, {}, 9002, { kind: 'file', file: FILE, variable: 'P' }],
    ['EP__', { port: 9002 }, { EP__port: '9005' }, 9005, { kind: 'variable', variable: 'EP__port' }],
  ])('Settings: %s', (_case, content, env, value, from) => {
    expect(load(content, env).sources.get('port')).toEqual({ value, from })
  })

  test('Settings: credentials.json counts before settings.json', () => {
    const file = join(dir, 'credentials.json')
    writeFileSync(file, '{"dbSettings": {"user": "me"}}')
    const { sources } = load({ dbSettings: { user: 'you', host: 'h' } }, {}, ['--credentials', file])
    expect(sources.get('dbSettings.user')).toEqual({ value: 'me', from: { kind: 'file', file } })
    expect(sources.get('dbSettings.host')?.from).toEqual({ kind: 'file', file: FILE })
  })

  test('Settings: plugins and accounts have sources too', () => {
    const { sources } = load(
      { ep_x: { deep: { n: 5 } }, users: { alice: { password: 'hunter2', is_admin: true } } },
      { EP__ep_x__more: 'true', ADMIN_PASSWORD: 'hunter3' },
    )
    expect(sources.get('ep_x.deep.n')).toEqual({ value: 5, from: { kind: 'file', file: FILE } })
    expect(sources.get('ep_x.more')).toEqual({
      value: true,
      from: { kind: 'variable', variable: 'EP__ep_x__more' },
    })
    expect(sources.get('users.alice')?.value).toEqual({ password: '(hidden)', is_admin: true })
    expect(sources.get('users.admin')).toEqual({
      value: { password: '(hidden)', is_admin: true },
      from: { kind: 'variable', variable: 'ADMIN_PASSWORD' },
    })
  })

  test('Settings: the origin in words', () => {
    const name = (file: string) => file.slice(file.lastIndexOf('/') + 1)
    expect(originText({ kind: 'default' })).toBe('default')
    expect(originText({ kind: 'file', file: FILE }, name)).toBe('settings.json')
    expect(originText({ kind: 'file', file: FILE, variable: 'P' }, name)).toBe('settings.json (P is not set)')
    expect(originText({ kind: 'variable', variable: 'P', file: FILE })).toBe('environment variable P')
  })
})

describe('E5: secrets are never shown', () => {
  test('E5: passwords, keys, tokens and addresses with credentials are hidden wherever they stand', () => {
    const secret = 'hunter2'
    const loaded = load(
      {
        dbType: 'mariadb',
        dbSettings: { password: secret, url: `mysql://me:${secret}@db/pads` },
        sessionKey: secret,
        mail: { auth: { user: 'u', pass: secret } },
        users: { alice: { password: secret, hash: secret } },
        sso: { clients: [{ client_id: 'x', client_secret: secret }] },
        ep_sample: { client_id: 'etherpad', client_secret: secret },
        ep_x: {
          apiKey: secret,
          servers: [{ url: `turn:a`, credential: secret }],
          at: `https://u:${secret}@h/`,
        },
      },
      { ADMIN_PASSWORD: secret, EP__ep_y__token: secret },
    )
    const all = JSON.stringify([...loaded.sources]) + loaded.notes.join() + loaded.warnings.join()
    expect(all).not.toContain(secret)
    expect(loaded.sources.get('dbSettings.password')?.value).toBe('(hidden)')
    expect(loaded.sources.get('ep_sample.client_id')?.value).toBe('etherpad')
    expect(loaded.sources.get('ep_x.at')?.value).toBe('https://(hidden)@h/')
    expect(loaded.settings.dbSettings).toMatchObject({
      host: 'db',
      user: 'me',
      password: secret,
      database: 'pads',
    })
  })

  test('E5: that a secret is not set may be seen', () => {
    expect(load({}).sources.get('dbSettings.password')?.value).toBe('')
    expect(shown({ secret: null, password: '' }, false)).toEqual({ secret: null, password: '' })
  })

  test('E5: no fault names a secret', () => {
    const { faults } = inspectSettings({
      args: [],
      env: {},
      root: '/nowhere',
      text: JSON.stringify({
        dbSettings: { password: ['hunter2'], url: 'postgres://me:hunter2@db/pads' },
        users: { a: 'hunter2' },
      }),
    })
    expect(faults.map(({ path }) => path.join('.'))).toEqual([
      'dbSettings.password',
      'dbSettings.url',
      'users.a',
    ])
    expect(JSON.stringify(faults)).not.toContain('hunter2')
  })
})
