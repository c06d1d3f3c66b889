import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { AppError } from '../../../server/errors.ts'
import { loadSettings } from '../../../server/settings/load.ts'
import { isIdle } from '../../../server/settings/field.ts'
import { fields } from '../../../server/settings/schema.ts'
import type { Settings } from '../../../server/settings/schema.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'inkpad-settings-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function load(content: unknown, env: Record<string, string> = {}) {
  const file = join(dir, 'settings.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return loadSettings({ args: ['--settings', file], env, root: dir })
}

function fault(content: unknown, env: Record<string, string> = {}): string {
  try {
    load(content, env)
  } catch (error) {
    if (error instanceof AppError && error.code === 'badSettings') return error.message
    throw error
  }
  throw new Error('the settings were accepted')
}

function at(settings: Settings, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], settings)
}

describe('defaults', () => {
  test('Settings: no file and no environment give the defaults of the table', () => {
    const { settings, warnings, notes } = loadSettings({ args: [], env: {}, root: '/nowhere' })
    for (const [path, field] of fields())
      if (isIdle(field)) expect(at(settings, path)).toBeUndefined()
      else
        expect(at(settings, path)).toEqual(
          path.join('.') === 'dbSettings.filename' ? '/nowhere/var/inkpad.db' : field.fallback,
        )
    expect(warnings).toEqual([])
    expect(notes).toEqual([])
  })

  test('Settings: an empty file is as good as none', () => {
    expect(load('').settings.port).toBe(9001)
    expect(load('{}').settings.port).toBe(9001)
  })

  test('Settings: a named file that is missing is warned about', () => {
    const { settings, warnings } = loadSettings({
      args: ['-s', '/nowhere/x.json'],
      env: { PORT: '9003' },
      root: dir,
    })
    expect(settings.port).toBe(9003)
    expect(warnings).toEqual(['/nowhere/x.json is not there; environment variables and defaults are used'])
  })

  test('Settings: an option without its file, and a file that cannot be read, stop the start', () => {
    expect(() => loadSettings({ args: ['--settings'], env: {}, root: dir })).toThrow(
      'needs the name of a file',
    )
    expect(() => loadSettings({ args: ['-s', dir], env: {}, root: dir })).toThrow('cannot be read (EISDIR)')
  })

  test('Settings: --settings=FILE is understood', () => {
    const file = join(dir, 'other.json')
    writeFileSync(file, '{"port": 9002}')
    expect(loadSettings({ args: [`--settings=${file}`], env: {}, root: dir }).settings.port).toBe(9002)
  })
})

describe('the file', () => {
  test('Settings: comments, trailing commas and a byte order mark are allowed', () => {
    const text = '\uFEFF/* a */ { // b\n "port": 9100, "padOptions": { "lang": "de", }, }'
    expect(load(text).settings.port).toBe(9100)
    expect(load(text).settings.padOptions.lang).toBe('de')
  })

  test('Settings: bad JSON is one line with its place', () => {
    expect(fault('{\n  "port" 9001\n}')).toMatch(/settings\.json, line 2, column 10: colon expected/)
    expect(fault('[1]')).toContain('must hold a JSON object')
  })

  test('Settings: credentials.json is laid over it', () => {
    writeFileSync(
      join(dir, 'credentials.json'),
      '{"dbSettings": {"password": "007"}, "users": {"admin": {"password": "x"}}}',
    )
    const { settings } = load({ dbSettings: { user: 'me' }, users: { admin: { is_admin: true } } })
    rmSync(join(dir, 'credentials.json'))
    expect(settings.dbSettings).toMatchObject({ user: 'me', password: '007' })
    expect(settings.users).toMatchObject({ admin: { password: 'x', isAdmin: true } })
  })

  test('Settings: prototype names are only unknown keys', () => {
    const { settings, warnings } = load('{"__proto__": {"port": 1}, "constructor": 1, "toString": 2}')
    expect(settings.port).toBe(9001)
    expect(warnings).toEqual([
      'unknown setting constructor; it has no effect',
      'unknown setting toString; it has no effect',
    ])
  })
})

describe('placeholders', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['${X:9002}', {}, 9002],
    ['${X:9002}', { X: '9003' }, 9003],
    ['${X:9002}', { X: ' 9004 ' }, 9004],
    ['${X:1e3}', {}, 1000],
    ['${X:0x10}', {}, 16],
    ['${X:null}', {}, 9001],
    ['${X:undefined}', {}, 9001],
    ['${X}', {}, 9001],
    ['${X:9002}', { X: '' }, 9001],
  ])('Settings: port %s with %j is %j', (value, env, port) => {
    expect(load({ port: value }, env).settings.port).toBe(port)
  })

  test.each<[string, Record<string, string>, string]>([
    ['${X:a:b\nc}', {}, 'a:b\nc'],
    ['${X:007}', {}, '007'],
    ['${X:}', { X: '007' }, '007'],
    ['${X:}', { X: 'true' }, 'true'],
    ['${X:}', { X: '1e3' }, '1e3'],
    ['${X:}', {}, ''],
    ['pre${X:a}', {}, 'pre${X:a}'],
    ['${X:a} ', {}, '${X:a} '],
  ])('Settings: password %j with %j stays text', (value, env, password) => {
    expect(load({ dbSettings: { password: value } }, env).settings.dbSettings.password).toBe(password)
  })

  test('Settings: a variable that is not set and has no default gives a warning', () => {
    expect(load({ title: '${NO_SUCH}' }).warnings).toEqual([
      'title: the environment variable NO_SUCH is not set and the file gives no default; null is used',
    ])
  })

  test('Settings: plugins get coerced values, in lists and objects too', () => {
    const content = {
      ep_x: { a: '${A:true}', b: ['${B:1}', '${C:undefined}'], c: '${D:undefined}', d: '007' },
    }
    expect(load(content).plugins).toEqual({ ep_x: { a: true, b: [1, null], d: '007' } })
  })
})

describe('environment', () => {
  test('Settings: every variable of the table works without a file', () => {
    const values: Record<string, string> = {
      'a whole number': '1000000',
      'true or false': 'true',
    }
    const special: Record<string, string> = {
      port: '3307',
      'dbSettings.port': '3307',
      'commitRateLimiting.duration': '60',
      'audit.days': '90',
    }
    let tried = 0
    for (const [path, field] of fields()) {
      if (field.env === null || isIdle(field)) continue
      const key = path.join('.')
      const kind = Object.entries(values).find(([start]) => field.allowed.startsWith(start))?.[1]
      const sensible = special[key] ?? kind
      if (sensible === undefined) continue
      const loaded = loadSettings({ args: [], env: { [field.env]: sensible }, root: dir })
      expect([key, String(at(loaded.settings, path))]).toEqual([key, sensible])
      expect(loaded.sources.get(key)).toEqual({
        value: at(loaded.settings, path),
        from: { kind: 'variable', variable: field.env },
      })
      tried++
    }
    expect(tried).toBeGreaterThan(80)
  })

  test('Settings: the file counts before the variable, EP__ variables before both', () => {
    const env = {
      PORT: '1',
      EP__port: '3',
      EP__padOptions__lang: 'fr',
      EP__ep_x__key: '5',
      EP__ep_x__deep__er: 'true',
    }
    expect(load({ port: 2 }, { PORT: '1' }).settings.port).toBe(2)
    const loaded = load({ port: 2, ep_x: { other: 1 } }, env)
    expect(loaded.settings.port).toBe(3)
    expect(loaded.settings.padOptions.lang).toBe('fr')
    expect(loaded.plugins).toEqual({ ep_x: { other: 1, key: 5, deep: { er: true } } })
  })

  test('Settings: EP__ keeps passwords as text and does not read EP_HOME', () => {
    const loaded = load({}, { EP__dbSettings__password: '007', EP_HOME: '/x', EP__users__a__password: '08' })
    expect(loaded.settings.dbSettings.password).toBe('007')
    expect(loaded.settings.users).toMatchObject({ a: { password: '08', isAdmin: false } })
    expect(loaded.warnings).toEqual([])
  })

  test('Settings: a variable passed on empty by docker-compose is as if not set', () => {
    const env = { TITLE: '', DB_TYPE: '', PORT: '', TRUST_PROXY: '', ADMIN_PASSWORD: '', FRAME_ANCESTORS: '' }
    const { settings } = loadSettings({ args: [], env, root: dir })
    expect(settings).toEqual(loadSettings({ args: [], env: {}, root: dir }).settings)
  })

  test('Settings: DEFAULT_PAD_TEXT loses quotes and gets its line breaks', () => {
    const text = (value: string) =>
      loadSettings({ args: [], env: { DEFAULT_PAD_TEXT: value }, root: dir }).settings.defaultPadText
    expect(text('"Write here!\\n\\n"')).toBe('Write here!\n\n')
    expect(text('a\r\nb')).toBe('a\nb')
    expect(text('')).toBe('')
    expect(text('123')).toBe('123')
  })

  test("Settings: the deployment guide's MariaDB variables", () => {
    const env = {
      DB_TYPE: 'mysql',
      DB_HOST: '172.20.0.1',
      DB_PORT: '3306',
      DB_NAME: 'etherpad_db',
      DB_USER: 'etherpad',
      DB_PASS: 'EPPASSWD',
      DB_CHARSET: 'utf8',
    }
    const { settings } = loadSettings({ args: [], env, root: dir })
    expect(settings.dbType).toBe('mariadb')
    expect(settings.dbSettings).toMatchObject({
      host: '172.20.0.1',
      port: 3306,
      database: 'etherpad_db',
      charset: 'utf8',
    })
  })

  test('Settings: ADMIN_PASSWORD makes the account admin', () => {
    expect(
      loadSettings({ args: [], env: { ADMIN_PASSWORD: '0042' }, root: dir }).settings.users,
    ).toMatchObject({
      admin: { password: '0042', isAdmin: true },
    })
    expect(load({ users: { admin: { password: null } } }, { ADMIN_PASSWORD: 'x' }).settings.users).toEqual({})
  })
})

describe('checks', () => {
  test.each<[unknown, string]>([
    [
      { port: 'http' },
      'port is "http"; allowed is a whole number from 0 to 65535, or a path beginning with /',
    ],
    [{ port: 70000 }, 'port is 70000;'],
    [{ port: 1.5 }, 'port is 1.5;'],
    [{ title: { a: 1 } }, 'title is {"a":1}; allowed is a text'],
    [{ padOptions: true }, 'padOptions is true; allowed is an object'],
    [{ padOptions: { rtl: 'maybe' } }, 'padOptions.rtl is "maybe"; allowed is true or false'],
    [{ padOptions: { userColor: 'red' } }, 'padOptions.userColor is "red"; allowed is a colour'],
    [{ padOptions: { lang: '../x' } }, 'padOptions.lang is "../x"; allowed is a language code'],
    [{ loglevel: 'loud' }, 'loglevel is "loud"; allowed is "debug" or "info" or "warn" or "error"'],
    [{ cookie: { sameSite: 'Never' } }, 'cookie.sameSite is "Never"; allowed is "Lax" or "Strict" or "None"'],
    [{ cookie: { prefix: 'a;b' } }, 'cookie.prefix is "a;b"; allowed is letters, digits, - and _'],
    [{ dbType: 'postgres' }, 'dbType is "postgres"; allowed is "sqlite", "mariadb" or "mysql"'],
    [{ dbSettings: { port: 0 } }, 'dbSettings.port is 0; allowed is a whole number from 1 to 65535'],
    [
      { trustProxy: 'all of them' },
      'trustProxy is "all of them"; allowed is true, false, a number of proxies',
    ],
    [{ publicURL: 'ftp://x' }, 'publicURL is "ftp://x"; allowed is an http or https address'],
    [{ publicURL: 'https://u:p@x/' }, 'publicURL is "https://u:p@x/"; allowed is'],
    [{ basePath: '/a/../b' }, 'basePath is "/a/../b"; allowed is a path such as /pad, or null'],
    [
      { embedding: { frameAncestors: ["'self'; script-src *"] } },
      `embedding.frameAncestors is "'self'; script-src *";`,
    ],
    [{ embedding: { frameAncestors: "'self' *;" } }, 'embedding.frameAncestors is "*;"; allowed is'],
    [
      { socketIo: { allowedOrigins: 'example.org' } },
      'socketIo.allowedOrigins is "example.org"; allowed is origins',
    ],
    [{ limits: { message: 1e12 } }, 'limits.message is 1000000000000; allowed is a whole number from 1 to'],
    [{ limits: { linger: -1 } }, 'limits.linger is -1; allowed is'],
    [{ users: [] }, 'users is not what it should be; allowed is {"NAME"'],
    [{ users: { a: 'secret' } }, 'users.a is not what it should be; allowed is {"password"'],
    [
      { users: { a: { password: ['secret'] } } },
      'users.a.password is not what it should be; allowed is a text',
    ],
    [
      { users: { a: { password: 'x', is_admin: 'perhaps' } } },
      'users.a.is_admin is "perhaps"; allowed is true or false',
    ],
    [{ ssl: { key: 'x' } }, 'ssl.cert is null; allowed is the name of a file, because'],
  ])('Settings: %j stops the start with one line', (content, line) => {
    expect(fault(content)).toContain(line)
    expect(fault(content)).not.toContain('\n')
  })

  test('Settings: a wrong variable is named', () => {
    const load = () => loadSettings({ args: [], env: { PORT: 'x' }, root: dir })
    expect(load).toThrow('port (environment variable PORT) is "x"; allowed is')
  })

  test('E5: a wrong secret is never shown', () => {
    const line = fault({ dbSettings: { password: { secret: 'hunter2' } } })
    expect(line).toBe('dbSettings.password is not what it should be; allowed is a text')
  })

  test.each<[unknown, unknown]>([
    [true, true],
    ['true', true],
    ['false', false],
    [1, 1],
    ['2', 2],
    ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
    ['::1', '::1'],
  ])('Settings: trustProxy %j is %j', (given, read) => {
    expect(load({ trustProxy: given }).settings.trustProxy).toBe(read)
  })

  test('Settings: values written in other ways are understood', () => {
    const { settings } = load({
      port: '9005',
      requireAuthentication: 'false',
      loglevel: 'WARN',
      cookie: { sameSite: 'none' },
      padOptions: { userName: false, userColor: 'F90', lang: 'de-DE' },
      publicURL: 'https://Example.org/pad/',
      embedding: { frameAncestors: "'self' https://meet.example.org" },
      basePath: '/pad/',
    })
    expect(settings.port).toBe(9005)
    expect(settings.loglevel).toBe('warn')
    expect(settings.cookie.sameSite).toBe('None')
    expect(settings.padOptions).toMatchObject({ userName: null, userColor: '#ff9900', lang: 'de-de' })
    expect(settings.publicURL).toBe('https://example.org/pad')
    expect(settings.embedding.frameAncestors).toEqual(["'self'", 'https://meet.example.org'])
    expect(settings.basePath).toBe('/pad')
  })

  test('Settings: dirty is SQLite beside it, with a warning', () => {
    const { settings, warnings } = load({ dbType: 'dirty', dbSettings: { filename: 'var/dirty.db' } })
    expect(settings.dbType).toBe('sqlite')
    expect(settings.dbSettings.filename).toBe(join(dir, 'var/inkpad.db'))
    expect(warnings).toHaveLength(1)
    expect(load({}, { DB_FILENAME: '/data/x.db' }).settings.dbSettings.filename).toBe('/data/x.db')
  })

  test('Settings: unknown keys are warned about, plugins are kept', () => {
    const { warnings, notes, plugins } = load({ tiitle: 'x', padOptions: { colours: 1 }, ep_a: null })
    expect(warnings).toEqual([
      'unknown setting tiitle; it has no effect',
      'unknown setting padOptions.colours; it has no effect',
    ])
    expect(notes).toEqual([])
    expect(plugins).toEqual({ ep_a: null })
  })
})
