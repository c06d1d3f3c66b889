/** A running web application over a real SQLite store in a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Express } from 'express'
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { createAdmin } from '../../server/admin/admin.ts'
import { createPasswordHashes } from '../../server/accounts/passwords.ts'
import { createAccess } from '../../server/access/access.ts'
import { createGates } from '../../server/access/gates.ts'
import { createPeople } from '../../server/access/people.ts'
import { createAddressLog } from '../../server/address-log.ts'
import { createApp } from '../../server/app.ts'
import { createAudit } from '../../server/audit/audit.ts'
import type { Audit } from '../../server/audit/audit.ts'
import { createBoardExporter } from '../../server/boards/export/exporter.ts'
import { createBoardImporter } from '../../server/boards/import/importer.ts'
import { createConverter } from '../../server/formats/converter.ts'
import { createExporter } from '../../server/formats/exporter.ts'
import { createImporter } from '../../server/formats/importer.ts'
import { createPadReader } from '../../server/formats/source.ts'
import { createGroups } from '../../server/groups/groups.ts'
import { createMembers } from '../../server/groups/members.ts'
import { groupFunctions } from '../../server/http/api/functions.ts'
import { keyOf } from '../../server/http/api/key.ts'
import { readClientBuild } from '../../server/http/client-build.ts'
import { createHealth } from '../../server/http/health.ts'
import { createLoginHouse } from '../../server/http/login-house.ts'
import { stripPrefix } from '../../server/http/prefix.ts'
import { originRules } from '../../server/http/tickets.ts'
import { createLog } from '../../server/log.ts'
import { tailOf } from '../../server/log-tail.ts'
import { createCommons } from '../../server/pads/commons.ts'
import { createMeetings } from '../../server/pads/meeting.ts'
import { createOwners } from '../../server/pads/owner.ts'
import { createPads } from '../../server/pads/pads.ts'
import { createPictures } from '../../server/pictures/pictures.ts'
import type { Pictures } from '../../server/pictures/pictures.ts'
import { createFormatTable } from '../../server/plugins/formats.ts'
import type { PluginsParts } from '../../server/plugins/parts.ts'
import { createPlugins } from '../../server/plugins/plugins.ts'
import type { Plugins } from '../../server/plugins/types.ts'
import { createSettingsEditor } from '../../server/settings/edit.ts'
import { installationRule } from '../../server/settings/permissions.ts'
import { loadSettings } from '../../server/settings/load.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/store.ts'
import { createSync } from '../../server/sync/index.ts'
import type { Sync } from '../../server/sync/types.ts'

/** The key of the HTTP API. */
export const API_KEY = 'c0ffee'.repeat(8)

export interface Web {
  port: number
  app: Express
  store: Store
  sync: Sync
  plugins: Plugins
  pictures: Pictures
  audit: Audit
  folder: string
  /** Lines of the log. */
  lines: string[]
  /** Creates a pad with a text. */
  write(pad: string, text: string): Promise<void>
  close(): Promise<void>
}

/** Starts it; `settings` is the content of the settings file, `built: false` leaves the client unbuilt. */
export async function startWeb(
  settings: Record<string, unknown> = {},
  options: {
    built?: boolean
    change?: (store: Store) => Store
    /** Which plugins there are; none otherwise. */
    plugins?: Partial<PluginsParts>
    /** A folder that another one left or shares, with its database; it is not removed. */
    folder?: string
    env?: Record<string, string>
  } = {},
): Promise<Web> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'inkpad-web-'))
  const file = join(folder, 'settings.json')
  writeFileSync(file, JSON.stringify(settings))
  const env = options.env ?? {}
  const all = loadSettings({ args: ['-s', file], env, root: folder })
  const loaded = all.settings
  const lines: string[] = []
  const log = createLog('debug', (_level, line) => lines.push(line))
  const real = openStore({ dbType: loaded.dbType, ...loaded.dbSettings }, log)
  await real.open()
  const store = options.change?.(real) ?? real
  const dist = join(folder, 'client')
  if (options.built !== false) writeBuild(dist)
  const audit = createAudit({ store, log, addressLog: createAddressLog(loaded), ...loaded.audit })
  const passwords = createPasswordHashes({ ln: 10, r: 8, p: 1 })
  const house = createLoginHouse({ store, settings: loaded, log, audit, passwords })
  const { sessions } = house
  const members = createMembers({
    store,
    log,
    cookiePrefix: loaded.cookie.prefix,
    requireSession: loaded.requireSession,
  })
  const people = createPeople({
    store,
    log,
    sessions,
    members,
    cookiePrefix: loaded.cookie.prefix,
    colour: loaded.padOptions.userColor,
  })
  const owners = createOwners({ store, log })
  const meetings = createMeetings({ store, log })
  const gates = createGates()
  const access = createAccess({
    store,
    owners,
    gates,
    lowerCasePadIds: loaded.lowerCasePadIds,
    exists: async (pad) => (await store.find(`p/${pad}`)) !== null,
    editOnly: loaded.editOnly,
    accounts: sessions,
    groupPass: (person, pad) => members.groupPass(person, pad),
    requireAuthentication: loaded.requireAuthentication,
    requireAuthorization: loaded.requireAuthorization,
    rule: installationRule(loaded),
    canSignIn: () => house.hasWays(),
  })
  const formats = createFormatTable()
  const sync = createSync({
    store,
    log,
    limits: loaded.limits,
    people,
    access,
    narrow: meetings.narrow,
    defaultText: () => loaded.defaultPadText,
    formats: () => formats.current,
    ...originRules(loaded),
  })
  const desk = house.open({ people, sync })
  const { allowPadDeletionByAllUsers, enablePadWideSettings } = loaded
  const commons = createCommons({
    store,
    sync,
    people,
    owners,
    meetings,
    log,
    accounts: sessions,
    rule: installationRule(loaded),
    allowPadDeletionByAllUsers,
    audit,
    enablePadWideSettings,
  })
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
    bundled: [],
    exposeVersion: false,
    known: { toCome: [], builtIn: [], instead: {} },
    packages: null,
    named: loaded.plugins,
    blocks: all.plugins,
    env,
    origins: originRules(loaded),
    padSettings: (pad) => commons.decisions.now(pad),
    removePad: (pad) => sync.remove(`p/${pad}`),
    ...options.plugins,
  })
  await plugins.start()
  house.begin()
  const client = readClientBuild(dist)
  const admin = createAdmin({
    loaded: all,
    store,
    sync,
    people,
    plugins,
    notice: commons.notice,
    client,
    tail: tailOf(log, 'info'),
    version: '9.8.7',
    editor: createSettingsEditor(all, { args: ['-s', file], env, root: folder }),
    converters: () => [],
    signedIn: house.admins,
    ownAccounts: house.accounts,
    endSessionsOf: (author) => house.endSessionsOf(author),
    audit,
  })
  const pictures = createPictures({ store, sync, log })
  const boardExporter = createBoardExporter({ store, pictureBytes: pictures.bytesOf })
  const mostBytes = loaded.limits.document
  const boardImporter = createBoardImporter({ store, sync, pictures, mostBytes })
  const converter = createConverter(loaded, log)
  const importer = createImporter({ formats: () => formats.current, converter })
  const exporter = createExporter({
    reader: createPadReader({ store, people, settings: (pad) => commons.decisions.of(pad) }),
    formats: () => formats.current,
    picture: pictures.bytesOf,
  })
  const groups = createGroups({ store, sync, people, audit, removePad: (pad) => sync.remove(`p/${pad}`) })
  const app = createApp({
    settings: loaded,
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
      key: keyOf(API_KEY),
      keyInQuery: loaded.apiKeyInQuery,
    },
    health: createHealth({
      store,
      opened: () => true,
      rooms: () => sync.stats().store,
      closing: () => false,
    }),
    metrics: null,
    version: '9.8.7',
    root: folder,
  })
  const server = createServer(app)
  sync.attach(server)
  admin.attach()
  if (loaded.basePath !== null) stripPrefix(server, loaded.basePath)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    app,
    store,
    sync,
    plugins,
    pictures,
    audit,
    folder,
    lines,
    async write(pad, text) {
      const doc = new Y.Doc()
      doc.getText('text').insert(0, text)
      const seed = { author: SYSTEM_AUTHOR, bytes: Y.encodeStateAsUpdate(doc), clients: [doc.clientID] }
      await store.create({ name: `p/${pad}`, generation: 'g1', time: Date.now(), seed })
    },
    async close() {
      admin.stop()
      await plugins.close()
      await sync.close(2000)
      await exporter.close()
      await importer.close()
      await boardExporter.close()
      await boardImporter.close()
      commons.close()
      pictures.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      house.close()
      await audit.close()
      await real.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A small build as Vite writes one. */
export function writeBuild(dist: string): void {
  mkdirSync(join(dist, 'assets'), { recursive: true })
  const files: Record<string, string | Buffer> = {
    'sw.js': '',
    'assets/pad-1a.js': 'export {}',
    'assets/pad-1a.js.br': brotliCompressSync('export {}'),
    'assets/pad-1a.css': 'body{}',
    'assets/home-2b.js': 'export {}',
    'assets/admin-4d.js': 'export {}',
    'assets/mine-6f.js': 'export {}',
    'assets/board-5e.js': 'export {}',
    'assets/shared-3c.js': 'export {}',
    'assets/shared-3c.css': 'p{}',
    'assets/secret.txt': 'not a type we serve',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text)
  const manifest = {
    'pad/main.tsx': {
      file: 'assets/pad-1a.js',
      name: 'pad',
      isEntry: true,
      imports: ['_s'],
      css: ['assets/pad-1a.css'],
    },
    'home/main.tsx': { file: 'assets/home-2b.js', name: 'home', isEntry: true, imports: ['_s'] },
    'my-pads/main.tsx': { file: 'assets/mine-6f.js', name: 'mine', isEntry: true, imports: ['_s'] },
    'admin/main.tsx': { file: 'assets/admin-4d.js', name: 'admin', isEntry: true, imports: ['_s'] },
    'board/main.tsx': { file: 'assets/board-5e.js', name: 'board', isEntry: true, imports: ['_s'] },
    _s: { file: 'assets/shared-3c.js', name: 'shared', css: ['assets/shared-3c.css'] },
  }
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify(manifest))
}
