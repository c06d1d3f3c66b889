/** Settings of plugins, of the admin page, and of what would call home. */
import { flag, idle, text, words } from '../field.ts'

const UPDATES = 'Inkpad looks for no updates and changes nothing of itself'
const MAIL = 'Inkpad sends no mail'
const ANY = () => true

export const PLUGINS = {
  plugins: words(
    [],
    'ETHERPAD_PLUGINS',
    'Plugins to switch on besides the standard ones: their names, with spaces between them',
    'names of plugins with spaces between them',
    (word) => /^[^\s"'<>]{1,200}$/.test(word),
  ),
  pluginFolder: text(
    'var/plugins',
    'PLUGIN_FOLDER',
    'Folder of plugins from elsewhere, from the project folder; npm installs them there',
  ),
  showSettingsInAdminPage: flag(
    true,
    'SHOW_SETTINGS_IN_ADMIN_PAGE',
    'The admin page shows the settings, without secrets, and edits this file',
  ),
  privacy: {
    pluginCatalog: flag(
      true,
      'PRIVACY_PLUGIN_CATALOG',
      'The admin page may ask the npm registry for plugins when somebody searches there',
    ),
    updateCheck: idle(true, 'PRIVACY_UPDATE_CHECK', 'Look for updates', UPDATES, { quiet: ANY }),
  },
  updateServer: idle(
    'https://etherpad.org/ep_infos',
    'UPDATE_SERVER',
    "Where Etherpad's list of plugins and versions is",
    'plugins are looked for in the npm registry, and updates not at all',
    { quiet: (value) => value === 'https://static.etherpad.org' },
  ),
  updates: {
    tier: idle('notify', 'UPDATES_TIER', 'How far updates go by themselves', UPDATES, {
      quiet: (value) => value === 'off',
    }),
    source: idle('github', 'UPDATES_SOURCE', 'Where they come from', UPDATES),
    channel: idle('stable', 'UPDATES_CHANNEL', 'Which ones', UPDATES),
    checkIntervalHours: idle(6, 'UPDATES_CHECK_INTERVAL_HOURS', 'How often to look', UPDATES),
    githubRepo: idle('ether/etherpad', 'UPDATES_GITHUB_REPO', 'Whose', UPDATES),
    requireAdminForStatus: idle(false, 'UPDATES_REQUIRE_ADMIN_FOR_STATUS', 'Who is told', UPDATES),
    installMethod: idle('docker', null, 'How they are installed', UPDATES, {
      quiet: (value) => value === 'auto',
    }),
    preApplyGraceMinutes: idle(0, null, 'Minutes of warning', UPDATES),
    drainSeconds: idle(60, null, 'Seconds for pads to end', UPDATES),
    rollbackHealthCheckSeconds: idle(60, null, 'Seconds until it must be well', UPDATES),
    diskSpaceMinMB: idle(500, null, 'Room it needs', UPDATES),
    requireSignature: idle(false, null, 'Only signed ones', UPDATES),
    trustedKeysPath: idle(null, null, 'Keys of the signers', UPDATES),
    maintenanceWindow: idle(null, null, 'When', UPDATES),
  },
  adminOpenAPI: {
    enabled: idle(
      false,
      null,
      "A description of the admin page's requests",
      'the admin page works live, over a socket',
    ),
  },
  enableAdminUITests: idle(
    false,
    null,
    "For Etherpad's own tests",
    "it is for the tests of Etherpad's admin page",
  ),
  adminEmail: idle(null, null, 'Whom to write to', MAIL, { text: true }),
  mail: {
    host: idle(null, 'MAIL_HOST', 'Server for mail', MAIL, { text: true }),
    port: idle(587, 'MAIL_PORT', 'Its port', MAIL),
    secure: idle(false, 'MAIL_SECURE', 'Encrypted from the start', MAIL),
    from: idle(null, 'MAIL_FROM', 'Sender', MAIL, { text: true }),
    auth: idle(null, null, 'Account there', MAIL, { secret: true }),
  },
}
