/** Starts Inkpad: settings, log, store, access, rooms, application, sockets; and shuts it down in reverse. */
import { join, resolve } from 'node:path'
import { createAdmin } from './admin/admin.ts'
import { createAccess } from './access/access.ts'
import { createGates } from './access/gates.ts'
import { createPeople } from './access/people.ts'
import { createAddressLog } from './address-log.ts'
import { createApp } from './app.ts'
import { createAudit } from './audit/audit.ts'
import { createBoardExporter } from './boards/export/exporter.ts'
import { watchFullness } from './boards/fullness.ts'
import { createBoardImporter } from './boards/import/importer.ts'
import { AppError } from './errors.ts'
import { createConverter } from './formats/converter.ts'
import { createExporter } from './formats/exporter.ts'
import { createImporter } from './formats/importer.ts'
import { createPadReader } from './formats/source.ts'
import { createGroups } from './groups/groups.ts'
import { createMembers } from './groups/members.ts'
import { groupFunctions } from './http/api/functions.ts'
import { findApiKey } from './http/api/key.ts'
import { readClientBuild } from './http/client-build.ts'
import { createHealth } from './http/health.ts'
import { createLoginHouse } from './http/login-house.ts'
import { stripPrefix } from './http/prefix.ts'
import { originRules } from './http/tickets.ts'
import { addressOf, endRequests, listen } from './listen.ts'
import { createLog } from './log.ts'
import { tailOf } from './log-tail.ts'
import type { LogTail } from './log-tail.ts'
import { keepFacts } from './pads/facts.ts'
import { createCommons } from './pads/commons.ts'
import { removePad } from './pads/deletion.ts'
import { createMeetings } from './pads/meeting.ts'
import { createOwners } from './pads/owner.ts'
import { createPads } from './pads/pads.ts'
import { createPictures } from './pictures/pictures.ts'
import { findBundled, readKnownNames } from './plugins/find.ts'
import { createFormatTable } from './plugins/formats.ts'
import { createNpm } from './plugins/npm.ts'
import { createPackages } from './plugins/packages.ts'
import { createPlugins } from './plugins/plugins.ts'
import { namedPlugins } from './plugins/wanted.ts'
import { projectFolder, versionOf } from './project.ts'
import { createSettingsEditor } from './settings/edit.ts'
import { installationRule } from './settings/permissions.ts'
import { loadSettings } from './settings/load.ts'
import type { LoadedSettings } from './settings/load.ts'
import { createStopper } from './stop.ts'
import { openStore, waitForStore } from './store/index.ts'
import { createSync } from './sync/index.ts'
import { createWebServer } from './web-server.ts'

const root = projectFolder()
const SOURCES = { args: process.argv.slice(2), env: process.env, root }
/** The plugins that come with us: the sources beside our own, or what was built of them. */
const PLUGINS = join(import.meta.dirname, '../plugins')

async function start(loaded: LoadedSettings, tail: LogTail): Promise<void> {
  const { settings } = loaded
  const { log } = tail
  for (const warning of loaded.warnings) log.warn(warning)
  for (const note of loaded.notes) log.info(note)

  const store = openStore({ dbType: settings.dbType, ...settings.dbSettings }, log)
  const addressLog = createAddressLog(settings)
  const audit = createAudit({ store, log, addressLog, ...settings.audit })
  const house = createLoginHouse({ store, settings, log, audit })
  const { sessions } = house
  const members = createMembers({
    store,
    log,
    cookiePrefix: settings.cookie.prefix,
    requireSession: settings.requireSession,
  })
  const people = createPeople({
    store,
    log,
    sessions,
    members,
    cookiePrefix: settings.cookie.prefix,
    colour: settings.padOptions.userColor,
  })
  const owners = createOwners({ store, log })
  const meetings = createMeetings({ store, log })
  const gates = createGates()
  const exists = async (pad: string) => (await store.find(`p/${pad}`)) !== null
  const access = createAccess({
    store,
    owners,
    gates,
    lowerCasePadIds: settings.lowerCasePadIds,
    exists,
    editOnly: settings.editOnly,
    accounts: sessions,
    groupPass: (person, pad) => members.groupPass(person, pad),
    requireAuthentication: settings.requireAuthentication,
    requireAuthorization: settings.requireAuthorization,
    rule: installationRule(settings),
    canSignIn: () => house.hasWays(),
  })
  const formats = createFormatTable()
  const sync = createSync({
    store,
    log,
    limits: settings.limits,
    people,
    access,
    narrow: meetings.narrow,
    defaultText: () => settings.defaultPadText,
    formats: () => formats.current,
    addressLog,
    maxHttpBufferSize: settings.socketIo.maxHttpBufferSize,
    ...originRules(settings),
  })

  const desk = house.open({ people, sync })
  const facts = keepFacts({ store, sync, log })
  const unwatchFullness = watchFullness({ sync, log, limit: settings.limits.document })
  const { allowPadDeletionByAllUsers, enablePadWideSettings, enablePluginPadOptions } = settings
  const commons = createCommons({
    store,
    sync,
    people,
    owners,
    meetings,
    log,
    accounts: sessions,
    rule: installationRule(settings),
    allowPadDeletionByAllUsers,
    audit,
    enablePadWideSettings,
    enablePluginPadOptions,
  })
  const version = versionOf(root)
  const plugins = createPlugins({
    log,
    store,
    sync,
    people,
    access,
    gates,
    logins: desk,
    accounts: sessions,
    formats,
    bundled: findBundled(PLUGINS, version, (message) => log.warn(message)),
    exposeVersion: settings.exposeVersion,
    known: readKnownNames(PLUGINS),
    packages: createPackages({
      folder: resolve(root, settings.pluginFolder),
      libraries: join(root, 'node_modules'),
      npm: createNpm(process.env),
      catalog: settings.privacy.pluginCatalog,
      warn: (message) => log.warn(message),
    }),
    named: namedPlugins(settings.plugins, process.env),
    blocks: loaded.plugins,
    env: process.env,
    origins: originRules(settings),
    padSettings: (pad) => commons.decisions.now(pad),
    removePad: (pad) => removePad(sync, pad),
  })
  const client = readClientBuild(join(root, 'dist/client'))
  const waiting = new AbortController()
  const stopper = createStopper(log, settings.dumpOnUncleanExit)
  let opened = false
  const health = createHealth({
    store,
    opened: () => opened,
    rooms: () => sync.stats().store,
    closing: () => stopper.stopping,
  })
  const metrics = settings.enableMetrics ? (await import('./http/metrics.ts')).metricsRoutes(sync) : null
  const admin = createAdmin({
    loaded,
    store,
    sync,
    people,
    plugins,
    notice: commons.notice,
    client,
    tail,
    version,
    editor: createSettingsEditor(loaded, SOURCES),
    converters: () => converter.names,
    signedIn: house.admins,
    ownAccounts: house.accounts,
    endSessionsOf: (author) => house.endSessionsOf(author),
    audit,
  })
  const pictures = createPictures({ store, sync, log })
  const boardExporter = createBoardExporter({ store, pictureBytes: pictures.bytesOf })
  const mostBytes = settings.limits.document
  const boardImporter = createBoardImporter({ store, sync, pictures, mostBytes })
  const converter = createConverter(settings, log)
  const importer = createImporter({ formats: () => formats.current, converter })
  const exporter = createExporter({
    reader: createPadReader({ store, people, settings: (pad) => commons.decisions.of(pad) }),
    formats: () => formats.current,
  })
  const groups = createGroups({ store, sync, people, audit, removePad: (pad) => removePad(sync, pad) })
  const app = createApp({
    settings,
    log,
    people,
    access,
    sessions,
    audit,
    ownAccounts: house.accounts,
    desk,
    pads: createPads({ store, sync, formats: () => formats.current }),
    exporter,
    imports: { importer, converter, sync, people, store },
    boardExporter,
    boardImporter,
    pictures,
    meetings,
    commons,
    notes: house.notes,
    store,
    sync,
    plugins,
    client,
    admin: admin.routes,
    api: {
      functions: groupFunctions(groups),
      key: findApiKey(SOURCES.args, loaded.file, log),
      keyInQuery: settings.apiKeyInQuery,
    },
    health,
    metrics,
    version,
    root,
  })
  const { server, secure } = createWebServer(app, settings.ssl, log)
  sync.attach(server)
  admin.attach()
  if (settings.basePath !== null) stripPrefix(server, settings.basePath)

  stopper.onStop('the database is no longer waited for', async () => waiting.abort(new Error('stopped')))
  stopper.onStop('no new connections', async () => void server.close())
  stopper.onStop('nobody watches', async () => admin.stop())
  stopper.onStop('plugins are off', () => plugins.close())
  stopper.onStop('edits are saved, connections closed', () => sync.close(6000))
  stopper.onStop('requests end', () => endRequests(server))
  stopper.onStop('no more files are made', async () => {
    await Promise.all([exporter.close(), boardExporter.close(), boardImporter.close(), importer.close()])
  })
  stopper.onStop('chats end', async () => commons.close())
  stopper.onStop('pictures are left alone', async () => pictures.close())
  stopper.onStop('boards are not weighed any more', async () => unwatchFullness())
  stopper.onStop('lists of pads are up to date', () => facts.close())
  stopper.onStop('nobody is signed out any more', async () => house.close())
  stopper.onStop('what happened is kept', () => audit.close())
  stopper.onStop('the database is closed', () => store.close())
  stopper.listen((error) => plugins.blame(error))

  await listen(server, settings)
  await waitForStore(store, log, waiting.signal)
  await Promise.all([commons.notice.load(), plugins.start()])
  house.begin()
  opened = true
  for (const sentence of await store.durability()) log.warn(sentence)
  process.stdout.write(`Inkpad is at ${addressOf(server, settings, secure)}\n`)
}

function fail(error: unknown): never {
  const known =
    error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`Inkpad cannot start: ${known ?? 'unknown error'}\n`)
  process.exit(1)
}

function main(): void {
  let loaded: LoadedSettings
  try {
    loaded = loadSettings(SOURCES)
  } catch (error) {
    fail(error)
  }
  const log = createLog(loaded.settings.loglevel, undefined, loaded.settings.logLayoutType)
  start(loaded, tailOf(log, loaded.settings.loglevel)).catch((error: unknown) => {
    if (!(error instanceof Error && error.message === 'stopped')) fail(error)
  })
}

main()
