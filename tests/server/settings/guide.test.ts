/** Files and variables of installations that come from Etherpad, as deployment guides write them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { loadSettings } from '../../../server/settings/load.ts'
import { GUIDE_BLOCKS, GUIDE_VARIABLES as GUIDE, OUR_BLOCKS } from '../../support/deployment-guide.ts'

const ROOT = join(import.meta.dirname, '../../..')
const load = (text: string, env: Record<string, string> = {}) =>
  loadSettings({ args: [], env, root: '/nowhere', text })

/** Blocks with the guide's values in the place of its variables. */
const withValues = (blocks: Record<string, Record<string, string>>) =>
  JSON.parse(
    JSON.stringify(blocks).replaceAll(
      /\$\{(\w+):undefined\}/g,
      (_all, name: string) => new Map(Object.entries(GUIDE)).get(name) ?? 'no variable of the guide',
    ),
  ) as unknown

describe("the deployment guide, with the container's file", () => {
  const ours = readFileSync(join(ROOT, 'settings.json.docker'), 'utf8')
  /** What the guide has administrators add by hand, which stands in our file already. */
  const byHand = ours
    .replace(
      /\n}\n$/,
      `,${GUIDE_BLOCKS}}
`,
    )
    .replace('"abiword": "${ABIWORD:null}"', '"abiword": "${ABIWORD:/usr/bin/abiword}"')

  test.each([
    ['as it is', ours, 0],
    ["with the guide's edits", byHand, 0],
  ])('Guide: %s it takes all variables without a warning', (_case, file, notes) => {
    const loaded = load(file, GUIDE)
    expect(loaded.warnings).toEqual([])
    expect(loaded.notes).toHaveLength(notes)
    expect(loaded.settings).toMatchObject({
      title: 'Slackware EtherPad Chat',
      defaultPadText: 'Welcome to Slackware Web Chat!\n\n',
      dbType: 'mariadb',
      dbSettings: { host: '172.20.0.1', database: 'etherpad_db', password: 'EPPASSWD' },
      users: { admin: { password: 'my_secret_admin_pass', isAdmin: true } },
    })
    expect(loaded.settings.plugins).toHaveLength(10)
    expect(loaded.plugins).toEqual(withValues(OUR_BLOCKS))
    const seen = JSON.stringify([...loaded.sources])
    for (const secret of ['EPPASSWD', 'my_secret_admin_pass', '2jnc8H6RH9jIYMXExUHA7XF7uD8YKIRs'])
      expect(seen).not.toContain(secret)
  })

  test('Guide: with nothing set there are no plugins and no words', () => {
    expect(load(ours)).toMatchObject({ plugins: {}, warnings: [], notes: [] })
    // An empty text of new pads is a text; docker-compose passes on the others empty where .env names none.
    const names = Object.keys(GUIDE).filter((name) => name !== 'DEFAULT_PAD_TEXT')
    const empty = Object.fromEntries(names.map((name) => [name, '']))
    expect(load(ours, empty).settings).toEqual(load(ours).settings)
  })

  test('Guide: REQUIRE_AUTHENTICATION closes pads to guests', () => {
    const { settings } = load(ours, { ...GUIDE, REQUIRE_AUTHENTICATION: 'true' })
    expect(settings.requireAuthentication).toBe(true)
  })
})

describe("Etherpad's own settings files", () => {
  /** The container's file of 1.8, with its defaults. */
  const OLD = {
    title: '${TITLE:Etherpad}',
    favicon: '${FAVICON:favicon.ico}',
    skinName: '${SKIN_NAME:colibris}',
    skinVariants: '${SKIN_VARIANTS:super-light-toolbar super-light-editor light-background}',
    ip: '${IP:0.0.0.0}',
    port: '${PORT:9001}',
    showSettingsInAdminPage: '${SHOW_SETTINGS_IN_ADMIN_PAGE:true}',
    dbType: '${DB_TYPE:sqlite}',
    dbSettings: {
      host: '${DB_HOST:undefined}',
      port: '${DB_PORT:undefined}',
      database: '${DB_NAME:undefined}',
      user: '${DB_USER:undefined}',
      password: '${DB_PASS:undefined}',
      charset: '${DB_CHARSET:undefined}',
      filename: '${DB_FILENAME:var/dirty.db}',
      collection: '${DB_COLLECTION:undefined}',
      url: '${DB_URL:undefined}',
    },
    padOptions: {
      noColors: '${PAD_OPTIONS_NO_COLORS:false}',
      showControls: '${PAD_OPTIONS_SHOW_CONTROLS:true}',
      userName: '${PAD_OPTIONS_USER_NAME:false}',
      userColor: '${PAD_OPTIONS_USER_COLOR:false}',
      lang: '${PAD_OPTIONS_LANG:en-gb}',
    },
    padShortcutEnabled: { altF9: '${PAD_SHORTCUTS_ENABLED_ALT_F9:true}' },
    suppressErrorsInPadText: '${SUPPRESS_ERRORS_IN_PAD_TEXT:false}',
    requireSession: '${REQUIRE_SESSION:false}',
    editOnly: '${EDIT_ONLY:false}',
    minify: '${MINIFY:true}',
    maxAge: '${MAX_AGE:21600}',
    abiword: '${ABIWORD:null}',
    soffice: '${SOFFICE:null}',
    tidyHtml: '${TIDY_HTML:null}',
    allowUnknownFileEnds: '${ALLOW_UNKNOWN_FILE_ENDS:true}',
    requireAuthentication: '${REQUIRE_AUTHENTICATION:false}',
    requireAuthorization: '${REQUIRE_AUTHORIZATION:false}',
    trustProxy: '${TRUST_PROXY:false}',
    cookie: { sameSite: '${COOKIE_SAME_SITE:Lax}' },
    disableIPlogging: '${DISABLE_IP_LOGGING:false}',
    automaticReconnectionTimeout: '${AUTOMATIC_RECONNECTION_TIMEOUT:0}',
    scrollWhenFocusLineIsOutOfViewport: {
      percentage: {
        editionAboveViewport: '${FOCUS_LINE_PERCENTAGE_ABOVE:0}',
        editionBelowViewport: '${FOCUS_LINE_PERCENTAGE_BELOW:0}',
      },
      duration: '${FOCUS_LINE_DURATION:0}',
      scrollWhenCaretIsInTheLastLineOfViewport: '${FOCUS_LINE_CARET_SCROLL:false}',
      percentageToScrollWhenUserPressesArrowUp: '${FOCUS_LINE_PERCENTAGE_ARROW_UP:0}',
    },
    users: {
      admin: { password: '${ADMIN_PASSWORD:null}', is_admin: true },
      user: { password: '${USER_PASSWORD:null}', is_admin: false },
    },
    socketTransportProtocols: ['xhr-polling', 'jsonp-polling', 'htmlfile'],
    socketIo: { maxHttpBufferSize: 10_000 },
    loadTest: '${LOAD_TEST:false}',
    dumpOnUncleanExit: false,
    importExportRateLimiting: {
      windowMs: '${IMPORT_EXPORT_RATE_LIMIT_WINDOW:90000}',
      max: '${IMPORT_EXPORT_MAX_REQ_PER_IP:10}',
    },
    importMaxFileSize: '${IMPORT_MAX_FILE_SIZE:52428800}',
    commitRateLimiting: {
      duration: '${COMMIT_RATE_LIMIT_DURATION:1}',
      points: '${COMMIT_RATE_LIMIT_POINTS:10}',
    },
    exposeVersion: '${EXPOSE_VERSION:false}',
    loglevel: '${LOGLEVEL:INFO}',
    logconfig: { appenders: [{ type: 'console' }] },
    customLocaleStrings: {},
    enableAdminUITests: false,
  }

  /** What 3.x adds, with its defaults. */
  const NEW = {
    showRecentPads: true,
    publicURL: null,
    socialMeta: { description: null },
    enableMetrics: true,
    updates: { tier: 'notify', source: 'github', installMethod: 'docker', maintenanceWindow: null },
    adminEmail: null,
    mail: { host: null, port: 587, secure: false, from: null, auth: null },
    cleanup: { enabled: false, keepRevisions: 5 },
    gdprAuthorErasure: { enabled: false },
    ssl: false,
    authenticationMethod: 'sso',
    enableDarkMode: true,
    privacyBanner: {
      enabled: false,
      title: 'Privacy notice',
      body: 'x',
      learnMoreUrl: null,
      dismissal: 'dismissible',
    },
    updateServer: 'https://etherpad.org/ep_infos',
    privacy: { updateCheck: true, pluginCatalog: true },
    cookie: { keyRotationInterval: 86_400_000, prefix: '', sessionCleanup: true },
    ipLogging: 'anonymous',
    socketTransportProtocols: ['websocket', 'polling'],
    sso: {
      issuer: '${SSO_ISSUER:http://localhost:9001}',
      clients: [{ client_id: '${ADMIN_CLIENT:admin_client}', client_secret: '${ADMIN_SECRET:admin}' }],
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 600 },
    logLayoutType: 'colored',
  }

  test("Etherpad 3: the container's file of 1.8 alone is quiet but for its old transports", () => {
    const { warnings, notes, settings } = load(JSON.stringify(OLD))
    expect(warnings).toEqual([])
    expect(notes).toEqual([expect.stringContaining('socketTransportProtocols has no effect here: pages use')])
    expect(settings).toMatchObject({
      title: 'Etherpad',
      favicon: null,
      padOptions: { userName: null, lang: 'en-gb' },
    })
    expect(settings.dbSettings).toMatchObject({ host: 'localhost', filename: '/nowhere/var/inkpad.db' })
  })

  test('Etherpad 3: a file of 3.x alone is quiet', () => {
    const { warnings, notes } = load(
      JSON.stringify({ ...OLD, ...NEW, socketIo: { maxHttpBufferSize: 1_000_000 } }),
    )
    expect([...warnings, ...notes]).toEqual([])
  })

  test("Etherpad 3: Etherpad's own database is told apart from ours", () => {
    expect(load(JSON.stringify({ ...OLD, ...NEW, dbType: 'dirty' })).warnings).toEqual([
      expect.stringContaining('dbType "dirty" is Etherpad\'s file format'),
    ])
  })
})
