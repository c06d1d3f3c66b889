/** Every key of Etherpad's settings files, with its environment variable, is known here (issue: "Settings, complete"). */
import { describe, expect, test } from '@jest/globals'
import { isIdle } from '../../../server/settings/field.ts'
import { loadSettings } from '../../../server/settings/load.ts'
import { fields } from '../../../server/settings/schema.ts'

/** Key and variable; null where Etherpad has none. */
const KEYS: readonly [string, string | null][] = [
  ['title', 'TITLE'],
  ['showRecentPads', 'SHOW_RECENT_PADS'],
  ['publicURL', 'PUBLIC_URL'],
  ['socialMeta.description', 'SOCIAL_META_DESCRIPTION'],
  ['favicon', 'FAVICON'],
  ['skinName', 'SKIN_NAME'],
  ['skinVariants', 'SKIN_VARIANTS'],
  ['ip', 'IP'],
  ['port', 'PORT'],
  ['showSettingsInAdminPage', 'SHOW_SETTINGS_IN_ADMIN_PAGE'],
  ['enableMetrics', 'ENABLE_METRICS'],
  ['updates.tier', 'UPDATES_TIER'],
  ['updates.source', 'UPDATES_SOURCE'],
  ['updates.channel', 'UPDATES_CHANNEL'],
  ['updates.checkIntervalHours', 'UPDATES_CHECK_INTERVAL_HOURS'],
  ['updates.githubRepo', 'UPDATES_GITHUB_REPO'],
  ['updates.requireAdminForStatus', 'UPDATES_REQUIRE_ADMIN_FOR_STATUS'],
  ['updates.installMethod', null],
  ['updates.preApplyGraceMinutes', null],
  ['updates.drainSeconds', null],
  ['updates.rollbackHealthCheckSeconds', null],
  ['updates.diskSpaceMinMB', null],
  ['updates.requireSignature', null],
  ['updates.trustedKeysPath', null],
  ['updates.maintenanceWindow', null],
  ['adminEmail', null],
  ['mail.host', 'MAIL_HOST'],
  ['mail.port', 'MAIL_PORT'],
  ['mail.secure', 'MAIL_SECURE'],
  ['mail.from', 'MAIL_FROM'],
  ['mail.auth', null],
  ['adminOpenAPI.enabled', null],
  ['cleanup.enabled', null],
  ['cleanup.keepRevisions', null],
  ['gdprAuthorErasure.enabled', 'GDPR_AUTHOR_ERASURE_ENABLED'],
  ['ssl.key', null],
  ['ssl.cert', null],
  ['ssl.ca', null],
  ['authenticationMethod', 'AUTHENTICATION_METHOD'],
  ['enableDarkMode', 'ENABLE_DARK_MODE'],
  ['enablePadWideSettings', 'ENABLE_PAD_WIDE_SETTINGS'],
  ['enablePluginPadOptions', 'ENABLE_PLUGIN_PAD_OPTIONS'],
  ['privacyBanner.enabled', 'PRIVACY_BANNER_ENABLED'],
  ['privacyBanner.title', 'PRIVACY_BANNER_TITLE'],
  ['privacyBanner.body', 'PRIVACY_BANNER_BODY'],
  ['privacyBanner.learnMoreUrl', 'PRIVACY_BANNER_LEARN_MORE_URL'],
  ['privacyBanner.dismissal', 'PRIVACY_BANNER_DISMISSAL'],
  ['updateServer', 'UPDATE_SERVER'],
  ['privacy.updateCheck', 'PRIVACY_UPDATE_CHECK'],
  ['privacy.pluginCatalog', 'PRIVACY_PLUGIN_CATALOG'],
  ['dbType', 'DB_TYPE'],
  ['dbSettings.host', 'DB_HOST'],
  ['dbSettings.port', 'DB_PORT'],
  ['dbSettings.database', 'DB_NAME'],
  ['dbSettings.user', 'DB_USER'],
  ['dbSettings.password', 'DB_PASS'],
  ['dbSettings.charset', 'DB_CHARSET'],
  ['dbSettings.filename', 'DB_FILENAME'],
  ['dbSettings.collection', 'DB_COLLECTION'],
  ['dbSettings.url', 'DB_URL'],
  ['defaultPadText', 'DEFAULT_PAD_TEXT'],
  ['padOptions.noColors', 'PAD_OPTIONS_NO_COLORS'],
  ['padOptions.showControls', 'PAD_OPTIONS_SHOW_CONTROLS'],
  ['padOptions.showChat', 'PAD_OPTIONS_SHOW_CHAT'],
  ['padOptions.showLineNumbers', 'PAD_OPTIONS_SHOW_LINE_NUMBERS'],
  ['padOptions.useMonospaceFont', 'PAD_OPTIONS_USE_MONOSPACE_FONT'],
  ['padOptions.userName', 'PAD_OPTIONS_USER_NAME'],
  ['padOptions.userColor', 'PAD_OPTIONS_USER_COLOR'],
  ['padOptions.rtl', 'PAD_OPTIONS_RTL'],
  ['padOptions.alwaysShowChat', 'PAD_OPTIONS_ALWAYS_SHOW_CHAT'],
  ['padOptions.chatAndUsers', 'PAD_OPTIONS_CHAT_AND_USERS'],
  ['padOptions.lang', 'PAD_OPTIONS_LANG'],
  ['padOptions.fadeInactiveAuthorColors', 'PAD_OPTIONS_FADE_INACTIVE_AUTHOR_COLORS'],
  ['padOptions.enforceReadableAuthorColors', 'PAD_OPTIONS_ENFORCE_READABLE_AUTHOR_COLORS'],
  ['padShortcutEnabled.altF9', 'PAD_SHORTCUTS_ENABLED_ALT_F9'],
  ['padShortcutEnabled.altC', 'PAD_SHORTCUTS_ENABLED_ALT_C'],
  ['padShortcutEnabled.cmdShift2', 'PAD_SHORTCUTS_ENABLED_CMD_SHIFT_2'],
  ['padShortcutEnabled.delete', 'PAD_SHORTCUTS_ENABLED_DELETE'],
  ['padShortcutEnabled.return', 'PAD_SHORTCUTS_ENABLED_RETURN'],
  ['padShortcutEnabled.esc', 'PAD_SHORTCUTS_ENABLED_ESC'],
  ['padShortcutEnabled.cmdS', 'PAD_SHORTCUTS_ENABLED_CMD_S'],
  ['padShortcutEnabled.tab', 'PAD_SHORTCUTS_ENABLED_TAB'],
  ['padShortcutEnabled.cmdZ', 'PAD_SHORTCUTS_ENABLED_CMD_Z'],
  ['padShortcutEnabled.cmdY', 'PAD_SHORTCUTS_ENABLED_CMD_Y'],
  ['padShortcutEnabled.cmdI', 'PAD_SHORTCUTS_ENABLED_CMD_I'],
  ['padShortcutEnabled.cmdB', 'PAD_SHORTCUTS_ENABLED_CMD_B'],
  ['padShortcutEnabled.cmdU', 'PAD_SHORTCUTS_ENABLED_CMD_U'],
  ['padShortcutEnabled.cmd5', 'PAD_SHORTCUTS_ENABLED_CMD_5'],
  ['padShortcutEnabled.cmdShiftL', 'PAD_SHORTCUTS_ENABLED_CMD_SHIFT_L'],
  ['padShortcutEnabled.cmdShiftN', 'PAD_SHORTCUTS_ENABLED_CMD_SHIFT_N'],
  ['padShortcutEnabled.cmdShift1', 'PAD_SHORTCUTS_ENABLED_CMD_SHIFT_1'],
  ['padShortcutEnabled.cmdShiftC', 'PAD_SHORTCUTS_ENABLED_CMD_SHIFT_C'],
  ['padShortcutEnabled.cmdShiftD', null],
  ['padShortcutEnabled.cmdShiftK', null],
  ['padShortcutEnabled.cmdH', 'PAD_SHORTCUTS_ENABLED_CMD_H'],
  ['padShortcutEnabled.ctrlHome', 'PAD_SHORTCUTS_ENABLED_CTRL_HOME'],
  ['padShortcutEnabled.pageUp', 'PAD_SHORTCUTS_ENABLED_PAGE_UP'],
  ['padShortcutEnabled.pageDown', 'PAD_SHORTCUTS_ENABLED_PAGE_DOWN'],
  ['suppressErrorsInPadText', 'SUPPRESS_ERRORS_IN_PAD_TEXT'],
  ['requireSession', 'REQUIRE_SESSION'],
  ['editOnly', 'EDIT_ONLY'],
  ['minify', 'MINIFY'],
  ['maxAge', 'MAX_AGE'],
  ['soffice', 'SOFFICE'],
  ['abiword', 'ABIWORD'],
  ['docxExport', 'DOCX_EXPORT'],
  ['allowUnknownFileEnds', 'ALLOW_UNKNOWN_FILE_ENDS'],
  ['requireAuthentication', 'REQUIRE_AUTHENTICATION'],
  ['requireAuthorization', 'REQUIRE_AUTHORIZATION'],
  ['trustProxy', 'TRUST_PROXY'],
  ['cookie.keyRotationInterval', 'COOKIE_KEY_ROTATION_INTERVAL'],
  ['cookie.sameSite', 'COOKIE_SAME_SITE'],
  ['cookie.sessionLifetime', 'COOKIE_SESSION_LIFETIME'],
  ['cookie.sessionRefreshInterval', 'COOKIE_SESSION_REFRESH_INTERVAL'],
  ['cookie.prefix', null],
  ['cookie.sessionCleanup', null],
  ['ipLogging', 'IP_LOGGING'],
  ['disableIPlogging', 'DISABLE_IP_LOGGING'],
  ['allowPadDeletionByAllUsers', 'ALLOW_PAD_DELETION_BY_ALL_USERS'],
  ['automaticReconnectionTimeout', 'AUTOMATIC_RECONNECTION_TIMEOUT'],
  ['scrollWhenFocusLineIsOutOfViewport.percentage.editionAboveViewport', 'FOCUS_LINE_PERCENTAGE_ABOVE'],
  ['scrollWhenFocusLineIsOutOfViewport.percentage.editionBelowViewport', 'FOCUS_LINE_PERCENTAGE_BELOW'],
  ['scrollWhenFocusLineIsOutOfViewport.duration', 'FOCUS_LINE_DURATION'],
  ['scrollWhenFocusLineIsOutOfViewport.scrollWhenCaretIsInTheLastLineOfViewport', 'FOCUS_LINE_CARET_SCROLL'],
  [
    'scrollWhenFocusLineIsOutOfViewport.percentageToScrollWhenUserPressesArrowUp',
    'FOCUS_LINE_PERCENTAGE_ARROW_UP',
  ],
  ['users', null],
  ['socketTransportProtocols', null],
  ['socketIo.maxHttpBufferSize', 'SOCKETIO_MAX_HTTP_BUFFER_SIZE'],
  ['socketIo.allowedOrigins', 'SOCKETIO_ALLOWED_ORIGINS'],
  ['loadTest', 'LOAD_TEST'],
  ['dumpOnUncleanExit', 'DUMP_ON_UNCLEAN_EXIT'],
  ['importExportRateLimiting.windowMs', 'IMPORT_EXPORT_RATE_LIMIT_WINDOW'],
  ['importExportRateLimiting.max', 'IMPORT_EXPORT_MAX_REQ_PER_IP'],
  ['importMaxFileSize', 'IMPORT_MAX_FILE_SIZE'],
  ['commitRateLimiting.duration', 'COMMIT_RATE_LIMIT_DURATION'],
  ['commitRateLimiting.points', 'COMMIT_RATE_LIMIT_POINTS'],
  ['exposeVersion', 'EXPOSE_VERSION'],
  ['loglevel', 'LOGLEVEL'],
  ['logLayoutType', null],
  ['logconfig', null],
  ['customLocaleStrings', null],
  ['enableAdminUITests', null],
  ['lowerCasePadIds', 'LOWER_CASE_PAD_IDS'],
  ['sso.issuer', 'SSO_ISSUER'],
  ['sso.clients', null],
  ['ttl.AccessToken', null],
  ['ttl.AuthorizationCode', null],
  ['ttl.ClientCredentials', null],
  ['ttl.IdToken', null],
  ['ttl.RefreshToken', null],
  ['toolbar.left', null],
  ['toolbar.right', null],
  ['toolbar.timeslider', null],
  ['indentationOnNewLine', null],
  ['scalingDiveMetrics', null],
  ['sessionKey', null],
  ['sessionNoPassword', null],
  ['tidyHtml', null],
]

const table = new Map(fields().map(([path, field]) => [path.join('.'), field]))

/** `{ a: { b: value } }` for `a.b`. */
function nested(key: string, value: unknown): string {
  const tree = key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)
  return JSON.stringify(tree)
}

const load = (text: string, env: Record<string, string> = {}) =>
  loadSettings({ args: [], env, root: '/nowhere', text })

test.each(KEYS)('Etherpad 3: %s is known, by its variable too', (key, variable) => {
  const field = table.get(key)
  expect(field).toBeDefined()
  if (variable !== null) expect(field?.env).toBe(variable)
  const inFile = load(nested(key, null))
  expect(inFile.warnings).toEqual([])
  expect(inFile.notes).toEqual([])
})

describe('keys without effect', () => {
  const idle = [...table].filter(([, field]) => isIdle(field))

  test.each(idle.map(([key]) => key))(
    'Etherpad 3: %s set to something else is noted, with its reason',
    (key) => {
      const { notes, warnings } = load(nested(key, 'something else'))
      const quiet = key === 'privacy.updateCheck'
      expect(notes).toEqual(quiet ? [] : [`${key} has no effect here: ${table.get(key)?.note}`])
      expect(warnings).toEqual([])
    },
  )

  test.each(idle.map(([key]) => key))("Etherpad 3: %s at Etherpad's default is not worth a word", (key) => {
    expect(load(nested(key, table.get(key)?.fallback)).notes).toEqual([])
  })

  test('Etherpad 3: a variable that is set is noted as well, with or without a file that asks for it', () => {
    const note = 'minify has no effect here: the page is always built small'
    expect(load('{}', { MINIFY: 'false' }).notes).toEqual([note])
    expect(load('{"minify": "${MINIFY:true}"}', { MINIFY: 'false' }).notes).toEqual([note])
    expect(load('{"minify": "${MINIFY:true}"}').notes).toEqual([])
    expect(load('{}', { MINIFY: '' }).notes).toEqual([])
  })

  test('Etherpad 3: keys of one group with one reason share a sentence; others have their own', () => {
    const { notes } = load('{"mail": {"host": "h", "from": "f"}, "minify": false, "updates": {"other": 1}}')
    expect(notes).toEqual([
      'mail.host, mail.from have no effect here: Inkpad sends no mail',
      'minify has no effect here: the page is always built small',
      'updates.other has no effect here: Inkpad looks for no updates and changes nothing of itself',
    ])
  })

  test('Etherpad 3: what will count later says so', () => {
    const { notes, settings } = load('{"cleanup": {"enabled": true}}')
    expect(notes).toEqual([
      'cleanup.enabled has no effect yet: every revision is packed small and kept; giving old ones up is still to come',
    ])
    expect(settings.cleanup.enabled).toBe(true)
  })

  test("Etherpad 3: the clients of Etherpad's own file are not worth a word, others are and stay hidden", () => {
    const client = (secret: string) =>
      `{"sso": {"clients": [{"client_id": "admin_client", "client_secret": "${secret}"}]}}`
    expect(load(client('admin')).notes).toEqual([])
    const other = load(client('hunter2'))
    expect(other.notes).toHaveLength(1)
    expect(JSON.stringify([...other.sources])).not.toContain('hunter2')
  })
})

test("Etherpad 3: groups that are false, as Etherpad's ssl, are none", () => {
  const { settings, warnings } = load('{"ssl": false, "toolbar": null, "privacyBanner": false}')
  expect(settings.ssl).toEqual({ key: null, cert: null, ca: [] })
  expect(warnings).toEqual([])
})
