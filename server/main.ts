/** Starts Inkpad: settings, log, store, access, rooms, application, sockets; and shuts it down in reverse. */
import { join, resolve } from 'node:path'
import { openBus } from './bus/index.ts'
import { watchFullness } from './boards/fullness.ts'
import { AppError } from './errors.ts'
import { findApiKey } from './http/api/key.ts'
import type { ApiKey } from './http/api/key.ts'
import { readClientBuild } from './http/client-build.ts'
import { addressOf, endRequests, listen } from './listen.ts'
import { createLog } from './log.ts'
import { tailOf } from './log-tail.ts'
import type { LogTail } from './log-tail.ts'
import { keepFacts } from './pads/facts.ts'
import { findBundled, readKnownNames } from './plugins/find.ts'
import { createNpm } from './plugins/npm.ts'
import { createPackages } from './plugins/packages.ts'
import { namedPlugins } from './plugins/wanted.ts'
import { projectFolder, versionOf } from './project.ts'
import { collectWhenQuiet } from './quiet.ts'
import { loadSettings } from './settings/load.ts'
import type { LoadedSettings } from './settings/load.ts'
import { createStopper } from './stop.ts'
import { openStore, tellDurability, waitForStore } from './store/index.ts'
import { putTogether } from './together.ts'
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
  const bus = openBus({ url: settings.redis.url, store, log })
  const version = versionOf(root)
  const stopper = createStopper(log, settings.dumpOnUncleanExit)
  const waiting = new AbortController()
  let opened = false
  let apiKey: ApiKey | null = null
  const metrics = settings.enableMetrics ? (await import('./http/metrics.ts')).metricsRoutes : null
  const { app, sync, plugins, pictures, audit, commons, admin, logins, attach, unfollow, closeFiles } =
    putTogether({
      loaded,
      sources: SOURCES,
      store,
      bus,
      tail,
      client: readClientBuild(join(root, 'dist/client')),
      version,
      plugins: {
        bundled: findBundled(PLUGINS, version, (message) => log.warn(message)),
        known: readKnownNames(PLUGINS),
        packages: createPackages({
          folder: resolve(root, settings.pluginFolder),
          libraries: join(root, 'node_modules'),
          npm: createNpm(process.env),
          catalog: settings.privacy.pluginCatalog,
          warn: (message) => log.warn(message),
        }),
        named: namedPlugins(settings.plugins, process.env),
      },
      apiKey: () => apiKey,
      metrics: (rooms, others) => metrics?.(rooms, others) ?? null,
      opened: () => opened,
      closing: () => stopper.stopping,
    })
  const facts = keepFacts({ store, sync, log })
  const unwatchFullness = watchFullness({ sync, log, limit: settings.limits.document })
  const stopCollecting = collectWhenQuiet({ messages: () => sync.stats().messagesIn })
  const { server, secure } = createWebServer(app, settings.ssl, log)
  attach(server)

  stopper.onStop('the database is no longer waited for', async () => waiting.abort(new Error('stopped')))
  stopper.onStop('no new connections', async () => void server.close())
  stopper.onStop('nobody watches', async () => admin.stop())
  stopper.onStop('plugins are off', () => plugins.close())
  stopper.onStop('edits are saved, connections closed', () => sync.close(6000))
  stopper.onStop('other servers are told', async () => {
    unfollow()
    await bus.close()
  })
  stopper.onStop('requests end', () => endRequests(server))
  stopper.onStop('no more files are made', closeFiles)
  stopper.onStop('chats end', async () => commons.close())
  stopper.onStop('pictures are left alone', async () => pictures.close())
  stopper.onStop('boards are not weighed any more', async () => unwatchFullness())
  stopper.onStop('memory is left alone', async () => stopCollecting())
  stopper.onStop('lists of pads are up to date', () => facts.close())
  stopper.onStop('nobody is signed out any more', async () => logins.close())
  stopper.onStop('what happened is kept', () => audit.close())
  stopper.onStop('the database is closed', () => store.close())
  stopper.listen((error) => plugins.blame(error))

  await listen(server, settings)
  // A server that cannot start leaves nothing behind.
  apiKey = findApiKey(SOURCES.args, loaded.file, log)
  await waitForStore(store, log, waiting.signal)
  await Promise.all([commons.notice.load(), plugins.start()])
  logins.begin()
  bus.start()
  opened = true
  await tellDurability(store, log)
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
