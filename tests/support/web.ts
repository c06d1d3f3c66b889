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
import { createPasswordHashes } from '../../server/accounts/passwords.ts'
import type { Audit } from '../../server/audit/audit.ts'
import { openBus } from '../../server/bus/index.ts'
import type { Bus } from '../../server/bus/types.ts'
import { keyOf } from '../../server/http/api/key.ts'
import { readClientBuild } from '../../server/http/client-build.ts'
import { createLog } from '../../server/log.ts'
import { tailOf } from '../../server/log-tail.ts'
import type { Pictures } from '../../server/pictures/pictures.ts'
import type { PluginsParts } from '../../server/plugins/parts.ts'
import type { Plugins } from '../../server/plugins/types.ts'
import { loadSettings } from '../../server/settings/load.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/store.ts'
import type { Sync } from '../../server/sync/types.ts'
import { putTogether } from '../../server/together.ts'

/** The key of the HTTP API. */
export const API_KEY = 'c0ffee'.repeat(8)
const API_DOOR = keyOf(API_KEY)

export interface Web {
  port: number
  app: Express
  store: Store
  sync: Sync
  plugins: Plugins
  pictures: Pictures
  audit: Audit
  /** As the settings ask for it (`redis.url`). */
  bus: Bus
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
  const bus = openBus({ url: loaded.redis.url, store, log })
  const dist = join(folder, 'client')
  if (options.built !== false) writeBuild(dist)
  const { app, sync, plugins, pictures, audit, commons, admin, logins, attach, unfollow, closeFiles } =
    putTogether({
      loaded: all,
      sources: { args: ['-s', file], env, root: folder },
      store,
      bus,
      tail: tailOf(log, 'info'),
      client: readClientBuild(dist),
      version: '9.8.7',
      plugins: {
        bundled: [],
        known: { toCome: [], builtIn: [], instead: {} },
        packages: null,
        named: loaded.plugins,
        ...options.plugins,
      },
      apiKey: () => API_DOOR,
      passwords: createPasswordHashes({ ln: 10, r: 8, p: 1 }),
      metrics: () => null,
      opened: () => true,
      closing: () => false,
    })
  await plugins.start()
  logins.begin()
  bus.start()
  const server = createServer(app)
  attach(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    app,
    store,
    sync,
    plugins,
    pictures,
    audit,
    bus,
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
      unfollow()
      await bus.close()
      await closeFiles()
      commons.close()
      pictures.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      logins.close()
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
