/** The parts of a server, put together between its database and its port. What listens, waits and ends is `main.ts`. */
import type { Server } from 'node:http'
import type { Express, Router } from 'express'
import { createAccess } from './access/access.ts'
import { createGates } from './access/gates.ts'
import { createPeople } from './access/people.ts'
import { createAddressLog } from './address-log.ts'
import { createAdmin } from './admin/admin.ts'
import type { Administration } from './admin/admin.ts'
import { createApp } from './app.ts'
import { createAudit } from './audit/audit.ts'
import type { Audit } from './audit/audit.ts'
import { noBus } from './bus/no-bus.ts'
import { tellingStore } from './bus/telling-store.ts'
import type { Bus } from './bus/types.ts'
import { createBoardExporter } from './boards/export/exporter.ts'
import { createBoardImporter } from './boards/import/importer.ts'
import { createConverter } from './formats/converter.ts'
import { createExporter } from './formats/exporter.ts'
import { createImporter } from './formats/importer.ts'
import { createPadReader } from './formats/source.ts'
import { createGroups } from './groups/groups.ts'
import { createMembers } from './groups/members.ts'
import { groupFunctions } from './http/api/functions.ts'
import type { ApiKey } from './http/api/key.ts'
import type { ClientBuild } from './http/client-build.ts'
import { createHealth } from './http/health.ts'
import { createLoginHouse } from './http/login-house.ts'
import type { LoginHouse } from './http/login-house.ts'
import { stripPrefix } from './http/prefix.ts'
import { originRules } from './http/tickets.ts'
import type { LogTail } from './log-tail.ts'
import { followOthers } from './others.ts'
import { createCommons } from './pads/commons.ts'
import type { Commons } from './pads/commons.ts'
import { removePad } from './pads/deletion.ts'
import { createMeetings } from './pads/meeting.ts'
import { createOwners } from './pads/owner.ts'
import { createPads } from './pads/pads.ts'
import { createWritten } from './pads/written.ts'
import { openPictures } from './pictures/open.ts'
import type { Pictures } from './pictures/pictures.ts'
import { createFormatTable } from './plugins/formats.ts'
import type { PluginsParts } from './plugins/parts.ts'
import { createPlugins } from './plugins/plugins.ts'
import type { Plugins } from './plugins/types.ts'
import { createSettingsEditor } from './settings/edit.ts'
import { installationRule } from './settings/permissions.ts'
import type { LoadedSettings } from './settings/load.ts'
import type { Store } from './store/store.ts'
import { createSync } from './sync/index.ts'
import type { Sync } from './sync/types.ts'

/** What a server is made from. */
export interface ServerHouse {
  loaded: LoadedSettings
  /** Where the settings came from; the administrator's page edits them there. */
  sources: Parameters<typeof createSettingsEditor>[1]
  store: Store
  /** Other servers of the same database; default: none that tell. */
  bus?: Bus
  tail: LogTail
  client: ClientBuild
  version: string
  /** Which plugins there are, and what the surroundings say of them. */
  plugins: Pick<PluginsParts, 'bundled' | 'known' | 'packages' | 'named'> &
    Partial<Pick<PluginsParts, 'startLimit' | 'lookEvery'>>
  apiKey: () => ApiKey | null
  /** How passwords are hashed; left out: as in production. */
  passwords?: Parameters<typeof createLoginHouse>[0]['passwords']
  /** Routes of the metrics for these rooms and the bus; null when they are off. */
  metrics: (sync: Sync, bus: Bus) => Router | null
  /** The database was opened once. */
  opened: () => boolean
  /** It is going down. */
  closing: () => boolean
}

/** What a server consists of. */
export interface ServerParts {
  readonly app: Express
  readonly sync: Sync
  readonly plugins: Plugins
  readonly pictures: Pictures
  readonly audit: Audit
  readonly commons: Commons
  readonly admin: Administration
  readonly logins: LoginHouse
  /** Sockets, live pages of the administration and the prefix, on the server that listens. */
  readonly attach: (server: Server) => void
  /** Looks for what other servers did no more. */
  readonly unfollow: () => void
  /** Ends what makes and reads files. */
  readonly closeFiles: () => Promise<void>
}

/** Puts them together; nothing listens, and the store need not be open yet. */
export function putTogether(given: ServerHouse): ServerParts {
  const { loaded, tail, client, version, bus = noBus } = given
  const store = bus === noBus ? given.store : tellingStore(given.store, bus)
  const { settings } = loaded
  const { log } = tail
  const { env, root } = given.sources
  const addressLog = createAddressLog(settings)
  const audit = createAudit({ store, log, addressLog, ...settings.audit })
  const logins = createLoginHouse({
    store,
    settings,
    log,
    audit,
    ...(given.passwords === undefined ? {} : { passwords: given.passwords }),
  })
  const { sessions } = logins
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
    requireAuthentication: settings.requireAuthentication,
    cookiePrefix: settings.cookie.prefix,
    colour: settings.padOptions.userColor,
  })
  const owners = createOwners({ store, log })
  const meetings = createMeetings({ store, log })
  const gates = createGates()
  const access = createAccess({
    store,
    owners,
    gates,
    lowerCasePadIds: settings.lowerCasePadIds,
    exists: async (pad) => (await store.find(`p/${pad}`)) !== null,
    editOnly: settings.editOnly,
    accounts: sessions,
    groupPass: (person, pad) => members.groupPass(person, pad),
    requireAuthentication: settings.requireAuthentication,
    requireAuthorization: settings.requireAuthorization,
    rule: installationRule(settings),
    canSignIn: () => logins.hasWays(),
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
    bus,
    ...originRules(settings),
  })
  const desk = logins.open({ people, sync })
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
    exposeVersion: settings.exposeVersion,
    blocks: loaded.plugins,
    env,
    origins: originRules(settings),
    padSettings: (pad) => commons.decisions.now(pad),
    removePad: (pad) => removePad(sync, pad),
    ...given.plugins,
  })
  const converter = createConverter(settings, log)
  const adminParts = {
    loaded,
    store,
    bus,
    sync,
    people,
    plugins,
    notice: commons.notice,
    rules: commons.rules,
    client,
    tail,
    version,
    editor: createSettingsEditor(loaded, given.sources),
    converters: () => converter.names,
    signedIn: logins.admins,
    ownAccounts: logins.accounts,
    endSessionsOf: (author: string) => logins.endSessionsOf(author),
    audit,
  }
  const admin = createAdmin(adminParts)
  const pictures = openPictures({ settings, root, store, sync, log })
  const boardExporter = createBoardExporter({ store, pictureBytes: pictures.bytesOf })
  const mostBytes = settings.limits.document
  const boardImporter = createBoardImporter({ store, sync, pictures, mostBytes })
  const importer = createImporter({ formats: () => formats.current, converter })
  const exporter = createExporter({
    reader: createPadReader({ store, people, settings: (pad) => commons.decisions.of(pad) }),
    formats: () => formats.current,
    picture: pictures.bytesOf,
    figures: (wanted) => boardExporter.figures(wanted),
    boardStamp: (pad) => boardExporter.stamp(pad),
    boardJson: (pad, until) => boardExporter.json(pad, until),
  })
  const groups = createGroups({
    store,
    sync,
    people,
    audit,
    removePad: (pad) => removePad(sync, pad),
    elsewhere: (group) => bus.tell({ kind: 'group', group }),
  })
  const unfollow = followOthers({ bus, store, sync, commons, logins, groups, plugins, log })
  const appParts = {
    settings,
    log,
    people,
    access,
    sessions,
    audit,
    ownAccounts: logins.accounts,
    desk,
    pads: createPads({ store, sync, formats: () => formats.current }),
    written: createWritten(store),
    exporter,
    imports: { importer, converter, sync, people, store },
    boardExporter,
    boardImporter,
    pictures,
    meetings,
    commons,
    notes: logins.notes,
    store,
    sync,
    plugins,
    client,
    admin: admin.routes,
    api: { functions: groupFunctions(groups), key: given.apiKey, keyInQuery: settings.apiKeyInQuery },
    health: createHealth({
      store,
      opened: given.opened,
      rooms: () => sync.stats().store,
      closing: given.closing,
      bus: () => bus.state(),
    }),
    metrics: given.metrics(sync, bus),
    version,
    root,
  }
  return {
    app: createApp(appParts),
    sync,
    plugins,
    pictures,
    audit,
    commons,
    admin,
    logins,
    attach(server) {
      sync.attach(server)
      admin.attach()
      if (settings.basePath !== null) stripPrefix(server, settings.basePath)
    },
    unfollow,
    async closeFiles() {
      await Promise.all([exporter.close(), boardExporter.close(), boardImporter.close(), importer.close()])
    },
  }
}
