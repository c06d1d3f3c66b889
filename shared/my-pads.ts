/** The list of somebody's pads, as its page and its server tell it (docs/SPEC-access.md L114). */
import type { Level } from './access.ts'
import type { PageSettings } from './page-settings.ts'

/** What the page gets at its start. */
export interface MyPadsBoot {
  /** Of the installation. */
  title: string
  /** Of who is signed in. */
  name: string
  settings: PageSettings
}

export interface MyPadsRow {
  name: string
  /** Ms since 1970; 0: never, or not to be told. */
  edited: number
  seen: number
  /** What the person may do now. */
  level: Level
}

export interface MyPadsPage {
  pads: readonly MyPadsRow[]
  total: number
  perPage: number
}
