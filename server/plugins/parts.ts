/** What plugins need of the rest of the server. */
import type { PadSettings } from '../../shared/settings.ts'
import type { Gates } from '../access/gates.ts'
import type { Sessions } from '../access/sessions.ts'
import type { Access, People } from '../access/types.ts'
import type { LoginDesk } from '../http/login-desk.ts'
import type { Log } from '../log.ts'
import type { Environment } from '../settings/substitute.ts'
import type { Store } from '../store/store.ts'
import type { OriginRules } from '../sync/origin.ts'
import type { Sync } from '../sync/types.ts'
import type { FoundPlugin, KnownNames } from './find.ts'
import type { FormatTable } from './formats.ts'
import type { Packages } from './packages.ts'

/** What plugins are made from. */
export interface PluginsParts {
  log: Log
  store: Store
  sync: Sync
  people: Pick<People, 'identify'>
  access: Access
  gates: Gates
  /** Where plugins bring ways to sign in. */
  logins: Pick<LoginDesk, 'add'>
  accounts: Pick<Sessions, 'factsNow'>
  formats: FormatTable
  /** The plugins that come with Inkpad. */
  bundled: readonly FoundPlugin[]
  /** Pages may know their version, which is ours. */
  exposeVersion: boolean
  known: KnownNames
  /** Third parties' plugins; null where there can be none. */
  packages: Packages | null
  /** Names that the settings switch on. */
  named: readonly string[]
  /** Blocks of plugins in `settings.json`, by key. */
  blocks: Readonly<Record<string, unknown>>
  env: Environment
  origins: OriginRules
  /** What a pad's owner decided, as far as it is in memory. */
  padSettings?: (pad: string) => PadSettings
  /** Deletes a pad with all that belongs to it. */
  removePad: (pad: string) => Promise<boolean>
  /** Ms a server half may take to start. Default: 10 000. */
  startLimit?: number
  /** Ms between looks for what was decided elsewhere. */
  lookEvery?: number
}
