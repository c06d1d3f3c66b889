/** Files and variables of installations that come from Etherpad, as deployment guides write them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { loadSettings } from '../../../server/settings/load.ts'

const ROOT = join(import.meta.dirname, '../../..')
const load = (text: string, env: Record<string, string> = {}) =>
  loadSettings({ args: [], env, root: '/nowhere', text })

/** The guide's variables, after docker-compose; quotes as some versions of it leave them. */
const GUIDE = {
  TITLE: 'Slackware EtherPad Chat',
  DEFAULT_PAD_TEXT: '"Welcome to Slackware Web Chat!\\n\\n"',
  SKIN_NAME: 'colibris',
  SKIN_VARIANTS: '"super-light-toolbar super-light-editor light-background full-width-editor"',
  DB_TYPE: 'mysql',
  DB_HOST: '172.20.0.1',
  DB_PORT: '3306',
  DB_NAME: 'etherpad_db',
  DB_USER: 'etherpad',
  DB_PASS: 'EPPASSWD',
  DB_CHARSET: 'utf8',
  ADMIN_PASSWORD: 'my_secret_admin_pass',
  OIDC_ISSUER: 'https://sso.darkstar.lan/auth/realms/foundation',
  OIDC_CLIENT_ID: 'etherpad',
  OIDC_CLIENT_SECRET: '2jnc8H6RH9jIYMXExUHA7XF7uD8YKIRs',
  OIDC_BASE_URL: 'https://meet.darkstar.lan/pad/',
  WBO_HOST: 'meet.darkstar.lan/whitepad',
  ETHERPAD_PLUGINS:
    'ep_openid_connect ep_whiteboard ep_author_neat ep_headings2 ep_markdown ep_comments_page ep_align ep_font_color ep_webrtc ep_embedded_hyperlinks2',
}

describe("the deployment guide, with the container's file", () => {
  const ours = readFileSync(join(ROOT, 'settings.json.docker'), 'utf8')
  /** What the guide has administrators add by hand, which stands in our file already. */
  const byHand = ours
    .replace(
      /\n}\n$/,
      `,
      "ep_openid_connect": {
      "issuer": "\${OIDC_ISSUER:undefined}",
      "client_id": "\${OIDC_CLIENT_ID:undefined}",
      "client_secret": "\${OIDC_CLIENT_SECRET:undefined}",
      "base_url": "\${OIDC_BASE_URL:undefined}"
      },
      "ep_draw": {
      "host": "\${WBO_HOST:undefined}"
      },
}
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
    expect(loaded.plugins).toEqual({
      ep_openid_connect: {
        issuer: 'https://sso.darkstar.lan/auth/realms/foundation',
        client_id: 'etherpad',
        client_secret: '2jnc8H6RH9jIYMXExUHA7XF7uD8YKIRs',
        base_url: 'https://meet.darkstar.lan/pad/',
      },
      ep_draw: { host: 'meet.darkstar.lan/whitepad' },
      ep_whiteboard: { host: 'meet.darkstar.lan/whitepad' },
    })
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
