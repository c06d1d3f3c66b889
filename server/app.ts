/** The web application from its parts; `main.ts` and tests call it. */
import compression from 'compression'
import express from 'express'
import type { Express } from 'express'
import type { PassNotes } from './access/pass-notes.ts'
import type { Sessions } from './access/sessions.ts'
import type { Access, People } from './access/types.ts'
import type { AccountRoom } from './accounts/room.ts'
import type { Audit } from './audit/audit.ts'
import { auditFiles } from './audit/files.ts'
import type { BoardExporter } from './boards/export/exporter.ts'
import type { BoardImporter } from './boards/import/importer.ts'
import { apiRoutes } from './http/api/api.ts'
import type { ApiParts } from './http/api/api.ts'
import { boardExportRoutes } from './http/board-exports.ts'
import { boardImportRoutes } from './http/board-imports.ts'
import { onlyCanonical } from './http/canonical.ts'
import type { ClientBuild } from './http/client-build.ts'
import { errorHandler, nothingHere } from './http/errors.ts'
import { frameRoutes } from './http/frame-routes.ts'
import { frameSaveRoutes } from './http/frame-save.ts'
import { exportRoutes } from './http/exports.ts'
import type { ImportHouse } from './http/imports.ts'
import { createFileDoor } from './http/file-door.ts'
import { fileRoutes } from './http/files.ts'
import { groupSessionRoutes } from './http/group-sessions.ts'
import { createGuests } from './http/guests.ts'
import { healthRoute } from './http/health.ts'
import { createBasicSignIn } from './http/login-basic.ts'
import type { LoginDesk } from './http/login-desk.ts'
import { loginRoutes } from './http/login-pages.ts'
import type { Health } from './http/health.ts'
import { myPadsRoutes } from './http/my-pads.ts'
import { accountRoutes } from './http/account-pages.ts'
import { oldAddresses } from './http/old-addresses.ts'
import { pageRoutes } from './http/pages.ts'
import { passwordRoutes } from './http/password-pages.ts'
import { pictureRoutes } from './http/pictures.ts'
import { secureDefaults } from './http/security.ts'
import { ticketRoute } from './http/tickets.ts'
import { writtenRoutes } from './http/written.ts'
import type { Exporter } from './formats/exporter.ts'
import type { Log } from './log.ts'
import type { Commons } from './pads/commons.ts'
import type { Meetings } from './pads/meeting.ts'
import type { Pads } from './pads/pads.ts'
import type { Written } from './pads/written.ts'
import type { Pictures } from './pictures/pictures.ts'
import type { Plugins } from './plugins/types.ts'
import { lookOf } from './settings/page.ts'
import type { Settings } from './settings/schema.ts'
import type { Store } from './store/store.ts'
import type { Sync } from './sync/types.ts'

export interface AppParts {
  settings: Settings
  log: Log
  people: People
  access: Access
  sessions: Sessions
  audit: Pick<Audit, 'record'>
  /** Accounts of our own; null where there are none. */
  ownAccounts: AccountRoom | null
  /** Where people sign in. */
  desk: LoginDesk
  pads: Pads
  written: Written
  exporter: Exporter
  imports: ImportHouse
  boardExporter: BoardExporter
  boardImporter: BoardImporter
  pictures: Pictures
  meetings: Pick<Meetings, 'narrow'>
  commons: Pick<Commons, 'page' | 'rules'>
  notes: PassNotes
  store: Pick<Store, 'myPads'>
  sync: Pick<Sync, 'remove'>
  plugins: Pick<Plugins, 'boot' | 'frames' | 'routes'>
  client: ClientBuild
  health: () => Promise<Health>
  /** Routes of the metrics; null when they are off. */
  metrics: express.Router | null
  /** Everything below `/admin/`; null for none. */
  admin: express.Router | null
  /** The HTTP API of other programs. */
  api: Omit<ApiParts, 'log' | 'audit'>
  /** Our version; told to visitors only with `exposeVersion`. */
  version: string
  /** Folder of the project, for files that settings name. */
  root: string
}

/** Bytes from which anything but HTML is worth compressing. HTML always is: some proxies rewrite it when it is not. */
const WORTHWHILE = 1024

/** Builds the application. It listens to nothing by itself and knows nothing of a prefix. */
export function createApp(parts: AppParts): Express {
  const { settings, log } = parts
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('strict routing')
  app.enable('case sensitive routing')
  app.set('trust proxy', settings.trustProxy)
  app.set('query parser', 'simple')

  app.use(secureDefaults)
  app.use(onlyCanonical)
  app.use(healthRoute(parts.health, settings.exposeVersion ? parts.version : null))
  if (parts.metrics !== null) app.use(parts.metrics)
  app.use(
    compression({
      threshold: 0,
      filter: (_request, response) => {
        const type = String(response.getHeader('Content-Type') ?? '')
        if (type.startsWith('text/html')) return true
        const length = Number(response.getHeader('Content-Length') ?? Number.POSITIVE_INFINITY)
        return (
          length >= WORTHWHILE &&
          /^(text\/|application\/(javascript|json|manifest\+json)|image\/svg)/.test(type)
        )
      },
    }),
  )
  app.use(fileRoutes(settings, parts.client, parts.root))
  app.use(frameRoutes(settings))
  app.use(frameSaveRoutes(settings))
  const guests = createGuests(parts.people, settings, parts.sessions)
  app.use(ticketRoute(guests, settings))
  app.use(apiRoutes({ ...parts.api, log, audit: parts.audit }))
  app.use(groupSessionRoutes(settings))
  app.use(loginRoutes(parts))
  if (parts.ownAccounts !== null) app.use(accountRoutes({ ...parts, room: parts.ownAccounts }))
  app.use(parts.plugins.routes)
  if (parts.admin !== null) app.use(parts.admin)
  app.use(auditFiles(parts))
  app.use(myPadsRoutes(parts))
  const door = createFileDoor({
    access: parts.access,
    rules: parts.commons.rules,
    settings,
    signIn: createBasicSignIn({ ...parts, log }),
  })
  app.use(boardExportRoutes({ ...parts, guests, door }))
  app.use(boardImportRoutes({ ...parts, guests }))
  app.use(pictureRoutes({ ...parts, guests, door }))
  app.use(writtenRoutes({ ...parts, guests }))
  app.use(exportRoutes({ ...parts, guests, door }))
  app.use(passwordRoutes({ ...parts, guests, rules: parts.commons.rules }))
  app.use(pageRoutes({ ...parts, guests }))
  app.use(oldAddresses())
  app.use(nothingHere)
  app.use(errorHandler(log, settings.embedding.frameAncestors, settings.title, lookOf(settings)))
  return app
}
