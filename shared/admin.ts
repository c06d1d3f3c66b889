/** What the administrator's pages get from the server and ask of it (docs/SPEC-admin.md). */
import type { FieldValue } from './plugin/fields.ts'
import type { PersonColour } from './colour.ts'
import type { StoreState } from './protocol.ts'

/** The header that every request of the administrator's own page carries; a form of another site cannot send it. */
export const ADMIN_HEADER = 'X-Inkpad-Admin'
/** The namespace of the live connection. */
export const ADMIN_NAMESPACE = '/admin'

/** How the server is at one moment. */
export interface Vitals {
  /** Ms since 1970. */
  time: number
  /** Different authors with a pad open. */
  people: number
  webSockets: number
  polling: number
  openPads: number
  /** A second, since the moment before. */
  edits: number
  /** Ms in which 95 of 100 edits were durable; null while nobody writes. */
  saved: number | null
  /** Bytes. */
  memory: number
  /** Share of one core, 0 to 1 and more. */
  processor: number
  /** Ms the event loop was late, at most, in 99 of 100 looks. */
  late: number
}

export interface BusyPad {
  name: string
  here: number
  /** A second, over about a minute. */
  edits: number
}

export interface LogLine {
  id: number
  /** Ms since 1970. */
  time: number
  level: 'debug' | 'info' | 'warn' | 'error'
  message: string
  /** JSON of what came with it; '' for nothing. */
  facts: string
}

export interface Overview {
  title: string
  version: string
  node: string
  /** Ms since 1970. */
  started: number
  store: {
    kind: 'sqlite' | 'mariadb'
    state: StoreState
    /** Ms of a round trip; null when it does not answer. */
    ping: number | null
    /** What makes "saved" untrue, in sentences; empty when all is well. */
    durability: readonly string[]
  }
  /** What connects several servers (SPEC-bus BU7): `none` is none. `servers`: others that are heard; `delay` in ms. */
  bus: { state: 'none' | 'up' | 'down' | 'slow'; servers: number; delay: number | null }
  /** Bytes of the machine, or of the container where one is set. */
  memoryLimit: number
  pads: number
  now: Vitals
  /** One for each five minutes of the last day, oldest first. */
  day: readonly Vitals[]
  busiest: readonly BusyPad[]
  /** Warnings and errors, newest first. */
  lately: readonly LogLine[]
  failedPlugins: readonly string[]
  /** Nobody came by WebSocket though several came by polling: something in between passes none. */
  onlyPolling: boolean
}

/** A session of an administrator by name and password (SPEC-admin A6). */
export interface AdminSessionRow {
  id: string
  /** The account's name. */
  name: string
  /** Ms since 1970, as are the next two: the sign-in, the last use, and when it ends without further use. */
  begun: number
  seen: number
  ends: number
  /** A browser and its system in a few words; '' for one nobody knows. */
  browser: string
  /** A part of the address; '' where none is kept. */
  address: string
  /** It is the one by which this was asked. */
  own: boolean
}

export type PadFilter = 'all' | 'active' | 'recent' | 'empty' | 'stale'

/** A pad in the administrator's list. */
export interface AdminPad {
  name: string
  here: number
  edited: number
  versions: number
  bytes: number
  authors: readonly AdminAuthor[]
  authorCount: number
}

export interface AdminAuthor {
  id: string
  name: string
  colour: PersonColour
}

export interface AdminPads {
  pads: readonly AdminPad[]
  total: number
}

export interface AdminPerson extends AdminAuthor {
  /** Last time they were here. */
  seen: number
  here: boolean
}

/** An account of our own in the administrator's list. */
export interface AdminAccountRow {
  id: string
  name: string
  /** Ms since 1970. */
  created: number
  /** Ms since 1970 of the last sign-in; 0 for none. */
  seen: number
  admin: boolean
  blocked: boolean
  /** There is a second factor. */
  factor: boolean
  /** Somebody else chose the password; its person has not come in since. */
  given: boolean
}

/** A setting of the installation, as it may be shown. */
export interface AdminSetting {
  key: string
  value: unknown
  /** Who decided: `default`, the name of a file or of a variable. */
  from: string
  kind: 'default' | 'file' | 'environment'
  about: string
}

/** What one look at how we are reached says (the check-up page). */
export interface Checkup {
  /** The server's clock, ms since 1970. */
  time: number
  /** Headers that proxies set, as they came. */
  forwarded: Readonly<Record<string, string>>
  trustProxy: boolean
  secure: boolean
  host: string
  publicURL: string | null
  frameAncestors: readonly string[]
  cookieSameSite: string
  store: Overview['store']
  /** Programs for old formats that are installed. */
  converters: readonly string[]
}

/** Decisions on settings of a plugin; null takes one back. */
export type PluginDecisions = Readonly<Record<string, FieldValue | null>>
