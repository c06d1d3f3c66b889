import { describe, expect, test } from '@jest/globals'
import { loadSettings } from '../../../server/settings/load.ts'
import { DEFAULT_LIMITS } from '../../../server/sync/types.ts'

const load = (content: unknown, env: Record<string, string> = {}) =>
  loadSettings({ args: [], env, root: '/home', text: JSON.stringify(content) })

describe('the database as one address', () => {
  test('Settings: dbSettings.url fills in what it names', () => {
    const dbSettings = { url: 'mysql://me%40home:a%2Fb@db.example:3307/pads', user: 'you', database: 'other' }
    expect(load({ dbType: 'mysql', dbSettings }).settings.dbSettings).toMatchObject({
      host: 'db.example',
      port: 3307,
      user: 'me@home',
      password: 'a/b',
      database: 'pads',
    })
    expect(load({ dbSettings: { url: 'mariadb://[::1]', database: 'x' } }).settings.dbSettings).toMatchObject(
      {
        host: '::1',
        port: 3306,
        database: 'x',
        user: 'inkpad',
      },
    )
  })

  test.each(['dirty', 'rustydb'])('Settings: %s is our SQLite file, with a warning', (dbType) => {
    const { settings, warnings } = load({ dbType, dbSettings: { filename: 'var/rusty.db' } })
    expect(settings.dbType).toBe('sqlite')
    expect(settings.dbSettings.filename).toBe('/home/var/inkpad.db')
    expect(warnings).toHaveLength(1)
  })
})

describe('limits', () => {
  test("Settings: commitRateLimiting makes limits.messageRate, says so, and stays out of the way of one's own", () => {
    expect(load({ commitRateLimiting: { duration: 1, points: 10 } })).toMatchObject({
      notes: [],
      settings: { limits: { messageRate: DEFAULT_LIMITS.messageRate } },
    })
    const { settings, notes } = load({}, { COMMIT_RATE_LIMIT_DURATION: '2', COMMIT_RATE_LIMIT_POINTS: '100' })
    expect(settings.limits).toMatchObject({ messageRate: 500, messageBurst: 1500 })
    expect(notes).toEqual([expect.stringContaining('it makes limits.messageRate 500')])
    const own = load({ commitRateLimiting: { points: 100 }, limits: { messageRate: 77 } })
    expect(own.settings.limits.messageRate).toBe(77)
    expect(own.notes).toEqual([])
    expect(load({ commitRateLimiting: { points: 1 } }).settings.limits.messageRate).toBeGreaterThanOrEqual(30)
  })

  test('Settings: loadTest lifts limits of rates and connections, and warns', () => {
    const { settings, warnings } = load({ loadTest: true })
    expect(settings.limits.messageRate).toBeGreaterThan(100_000)
    expect(settings.limits.connectionsPerAddress).toBeGreaterThan(100_000)
    expect(settings.limits.document).toBe(DEFAULT_LIMITS.document)
    expect(warnings).toEqual([expect.stringContaining('never on a public server')])
  })

  test("Settings: socket.io's buffer is never smaller than our pages need", () => {
    for (const [size, notes] of [
      [60_000, 1],
      [50_000, 0],
    ] as const) {
      const small = load({ socketIo: { maxHttpBufferSize: size } })
      expect(small.settings.socketIo.maxHttpBufferSize).toBe(1_000_000)
      expect(small.notes).toHaveLength(notes)
    }
    expect(load({ socketIo: { maxHttpBufferSize: 3_000_000 } }).settings.socketIo.maxHttpBufferSize).toBe(
      3_000_000,
    )
  })
})

describe('others', () => {
  test("Settings: a favicon that is not there is warned about; Etherpad's own is ours", () => {
    const none = load({ favicon: 'img/none.png' })
    expect(none.settings.favicon).toBe('img/none.png')
    expect(none.warnings).toEqual([
      'favicon: /home/img/none.png is not there; pages have no mark until it is',
    ])
    expect(load({ favicon: 'favicon.ico' })).toMatchObject({ warnings: [], settings: { favicon: null } })
    expect(load({ favicon: 'https://x.example/i.png' }).settings.favicon).toBe('https://x.example/i.png')
    expect(load({ favicon: import.meta.filename })).toMatchObject({
      warnings: [],
      settings: { favicon: import.meta.filename },
    })
  })

  test('Settings: disableIPlogging counts before ipLogging', () => {
    expect(load({ ipLogging: 'full' }).settings.ipLogging).toBe('full')
    expect(load({ ipLogging: 'full', disableIPlogging: true }).settings.ipLogging).toBe('anonymous')
  })

  test('Settings: a certificate needs its key, and the other way round', () => {
    expect(() => load({ ssl: { cert: 'a.pem' } })).toThrow('ssl.key is null; allowed is the name of a file')
    expect(() => load({ ssl: { key: 'a.pem' } })).toThrow('ssl.cert is null; allowed is the name of a file')
    expect(load({ ssl: { key: 'k.pem', cert: '/c.pem', ca: ['ca.pem'] } }).settings.ssl).toEqual({
      key: '/home/k.pem',
      cert: '/c.pem',
      ca: ['/home/ca.pem'],
    })
  })

  test.each([
    ['super-light-toolbar super-light-editor light-background', 0],
    ['"super-light-toolbar super-light-editor light-background full-width-editor"', 0],
    ['super-dark-toolbar super-dark-editor dark-background', 0],
    ['dark-toolbar light-editor', 1],
    ['no-such-thing', 1],
  ])('Settings: skinVariants %s has %d notes', (skinVariants, count) => {
    expect(load({}, { SKIN_VARIANTS: skinVariants }).notes).toHaveLength(count)
  })

  test('Settings: plugins by variable or list, quotes of .env files taken off', () => {
    const names = ['ep_one', 'ep_two']
    expect(load({}, { ETHERPAD_PLUGINS: '"ep_one ep_two"' }).settings.plugins).toEqual(names)
    expect(load({ plugins: names }).settings.plugins).toEqual(names)
    expect(() => load({ plugins: ['<b>'] })).toThrow('plugins is "<b>"; allowed is names of plugins')
  })

  test('Settings: tools in groups; one flat group is one', () => {
    const { toolbar } = load({
      toolbar: { left: [['bold', 'italic'], ['undo']], right: ['settings'] },
    }).settings
    expect(toolbar).toMatchObject({ left: [['bold', 'italic'], ['undo']], right: [['settings']] })
    expect(() => load({ toolbar: { left: 'bold' } })).toThrow(
      'toolbar.left is "bold"; allowed is groups of tools',
    )
    expect(() => load({ toolbar: { left: [['<b>']] } })).toThrow('toolbar.left is [["<b>"]]; allowed is')
  })

  test('Settings: own words are checked', () => {
    expect(
      load({ customLocaleStrings: { de: { 'home.open': 'Los' } } }).settings.customLocaleStrings,
    ).toEqual({
      de: { 'home.open': 'Los' },
    })
    expect(() => load({ customLocaleStrings: { de: { a: 1 } } })).toThrow('customLocaleStrings is')
  })

  test('Settings: accounts keep what signing in will ask for', () => {
    const { users } = load({
      users: {
        alice: { hash: 'abc', readOnly: true, canCreate: false, displayname: 'Alice' },
        someone: { is_admin: true },
        gone: { password: null, is_admin: true },
      },
    }).settings
    expect(users).toEqual({
      alice: {
        password: '',
        hash: 'abc',
        isAdmin: false,
        readOnly: true,
        canCreate: false,
        displayName: 'Alice',
      },
      someone: { password: '', hash: '', isAdmin: true, readOnly: false, canCreate: true, displayName: null },
    })
    expect(() => load({ users: { a: { readOnly: 'x' } } })).toThrow(
      'users.a.readOnly is "x"; allowed is true or false',
    )
  })
})
