/** Puts the administration together from its rooms. */
import { randomBytes } from 'node:crypto'
import type { Router } from 'express'
import type { Overview } from '../../shared/admin.ts'
import type { People } from '../access/types.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { Audit } from '../audit/audit.ts'
import type { Bus } from '../bus/types.ts'
import type { ClientBuild } from '../http/client-build.ts'
import type { LogTail } from '../log-tail.ts'
import type { Notice } from '../pads/notice.ts'
import type { Rules } from '../pads/rules.ts'
import type { Plugins } from '../plugins/types.ts'
import type { SettingsEditor } from '../settings/edit.ts'
import type { LoadedSettings } from '../settings/load.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { adminAccounts } from './accounts.ts'
import { createAdminGate } from './gate.ts'
import type { SignedInAdmins } from './gate.ts'
import { serveLive } from './live.ts'
import { adminPads } from './pads.ts'
import { adminPeople } from './people.ts'
import { adminRoutes, memoryLimit } from './routes.ts'
import { adminSettings } from './settings.ts'
import { watchVitals } from './vitals.ts'

export interface AdminHouse {
  loaded: LoadedSettings
  store: Store
  bus: Pick<Bus, 'state'>
  sync: Sync
  people: People
  plugins: Plugins
  notice: Notice
  rules: Pick<Rules, 'view' | 'set'>
  client: ClientBuild
  tail: LogTail
  version: string
  editor: SettingsEditor | null
  signedIn: SignedInAdmins
  audit: Audit
  /** Accounts of our own; null where there are none. */
  ownAccounts: AccountRoom | null
  /** Ends all sessions of an author's account; gives their number. */
  endSessionsOf: (author: string) => Promise<number>
  /** Programs for old formats that are installed. */
  converters: () => readonly string[]
}

export interface Administration {
  readonly routes: Router
  /** Serves the live connection; once the sockets are attached. */
  attach(): void
  stop(): void
}

/** Warnings and errors on the overview, and pads named there. */
const LATELY = 8
const BUSIEST = 6
/** Ms the database has to answer for the overview. */
const PATIENCE = 2000
/** Connections by polling from which a missing WebSocket tells something. */
const ENOUGH = 2

export function createAdmin(parts: AdminHouse): Administration {
  const { loaded, store, sync, people, plugins, notice, client, tail, version } = parts
  const { settings } = loaded
  const { log } = tail
  const started = Date.now()
  const gate = createAdminGate({
    settings,
    log,
    signedIn: parts.signedIn,
    audit: parts.audit,
    key: () => store.setting('admin-sessions', () => randomBytes(32).toString('base64')),
    store,
  })
  const vitals = watchVitals(sync)
  let everWebSocket = false

  async function overview(): Promise<Overview> {
    const { now } = vitals
    const { state, servers, delay } = parts.bus.state()
    everWebSocket ||= now.webSockets > 0
    const [ping, durability, pads] = await Promise.all([
      pingOf(store),
      within(store.durability(), []),
      within(store.padPage({ search: '', order: 'name', descending: false, offset: 0, limit: 1 }), {
        pads: [],
        total: 0,
      }),
    ])
    return {
      title: settings.title,
      version,
      node: process.version,
      started,
      store: { kind: store.kind, state: sync.stats().store, ping, durability },
      bus: { state, servers, delay },
      memoryLimit: memoryLimit(),
      pads: pads.total,
      now,
      day: vitals.day,
      busiest: vitals.busiest(BUSIEST),
      lately: tail.lately(LATELY),
      failedPlugins: plugins
        .list()
        .filter(({ state }) => state === 'failed')
        .map(({ facts }) => facts.name),
      onlyPolling: !everWebSocket && now.polling >= ENOUGH,
    }
  }

  return {
    routes: adminRoutes({
      settings,
      gate,
      client,
      version,
      overview,
      pads: adminPads({ store, sync, people, rules: parts.rules, log }),
      people: adminPeople({ store, sync, people, log, mayErase: settings.gdprAuthorErasure.enabled }),
      accounts: adminAccounts(parts.ownAccounts, settings),
      endSessionsOf: parts.endSessionsOf,
      plugins,
      notice,
      installation: adminSettings(loaded, parts.editor),
      tail,
      audit: parts.audit,
      converters: parts.converters,
    }),
    attach: () => serveLive({ sync, gate, vitals, tail, log, plugins }),
    stop: () => vitals.stop(),
  }
}

async function pingOf(store: Pick<Store, 'ping'>): Promise<number | null> {
  const start = performance.now()
  const answered = await within(
    store.ping().then(() => true),
    false,
  )
  return answered ? performance.now() - start : null
}

/** What `work` gives within {@link PATIENCE}, else `otherwise`. */
async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE)
  })
  try {
    return await Promise.race([work.catch(() => otherwise), late])
  } finally {
    clearTimeout(timer)
  }
}
