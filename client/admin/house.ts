/** What every room gets. */
import type { Signal } from '@preact/signals'
import type { Api } from './api.ts'
import type { Live } from './live.ts'

/** Facts the page is served with. */
export interface AdminBoot {
  title: string
  version: string
  /** Whether there is an administrator at all. */
  exists: boolean
  /** Whether there are other ways to sign in than the password here. */
  elsewhere: boolean
}

export interface House {
  readonly boot: AdminBoot
  readonly api: Api
  readonly live: Live
  /** Names of plugins that failed, for the mark beside their room. */
  readonly failedPlugins: Signal<readonly string[]>
}
