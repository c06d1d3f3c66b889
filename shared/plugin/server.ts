/** What a plugin's server half may do: the typed context its `server(ctx)` gets (DESIGN D7). */
import type { Router } from 'express'
import type * as Y from 'yjs'
import type { Level } from '../access.ts'
import type { Person } from '../protocol.ts'
import type { Messages, Off } from '../plugin.ts'
import type { Fields, FieldValue, Values } from './fields.ts'
import type { Login, LoginFacts, LoginProvider } from './login.ts'

/** What a plugin can hear of, by name. */
export interface ServerEvents {
  /** A pad was made; its text stands. */
  padCreate: { pad: string; author: Person | null }
  /** A change of a pad's text is durable. At most ten times a second for one pad. */
  padChange: { pad: string }
  /** A pad is gone for good, with all that belonged to it. */
  padRemove: { pad: string }
  join: { pad: string; person: Person }
  /** A page has a connection, its first or another after a while without one: messages in between did not reach it. */
  connect: { pad: string; person: Person }
  leave: { pad: string; person: Person }
}

/** A plugin's own storage: JSON by key, in the installation's database. Keys to 200 characters, values to 1 MB. */
export interface PluginStore {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  /** Keys that begin with `prefix`, in byte order, after `after`; at most `limit` (1000). */
  keys(prefix: string, after?: string, limit?: number): Promise<readonly string[]>
}

/** Pads as plugins know them. Names are real names; a read-only id is no pad. */
export interface PluginPads {
  exists(pad: string): Promise<boolean>
  /** Names in byte order after `after`; at most `limit` (1000). */
  list(after?: string, limit?: number): Promise<readonly string[]>
  /** Runs `use` on the text's document; null when there is no such pad. Write nothing here. */
  read<T>(pad: string, use: (doc: Y.Doc) => T): Promise<T | null>
  /** Changes a pad's document in one transaction; durable when it resolves. False when there is no such pad. */
  edit(pad: string, change: (doc: Y.Doc) => void): Promise<boolean>
  /** Deletes a pad for good. False when there was none. */
  remove(pad: string): Promise<boolean>
  /** Whether a pad is as it was made: nobody wrote in its text or its chat, decided anything for it, or made what a plugin holds. */
  untouched(pad: string): Promise<boolean>
  /** How many people have a pad open now. */
  here(pad: string): number
  /** When a pad's text changed last, in ms since 1970; null when there is no such pad. */
  changed(pad: string): Promise<number | null>
}

export interface ServerContext<F extends Fields = Fields, M extends Messages = Messages> {
  readonly name: string
  /** The settings: defaults, file, environment, administrator; with `pad`, what its owner decided lies over them. */
  settings(pad?: string): Values<F>
  /** Called after any of them changed. */
  onSettings(changed: () => void): Off
  readonly log: Record<'debug' | 'info' | 'warn' | 'error', (message: string, facts?: object) => void>
  /** Answered under `plugin/NAME/`, and under `NAME/` as plugins of Etherpad's are. Whoever asks is in `personOf(request)`; rights are the plugin's to check with `level`. */
  readonly routes: Router
  /** Who sends a request: by cookie, null for nobody known. */
  personOf(request: { headers: { cookie?: string | undefined } }): Promise<Person | null>
  /** What a person may do in a pad, asked of the one gate. `none` also where there is no such pad. */
  level(pad: string, person: Person | null): Promise<Level>
  on<E extends keyof ServerEvents>(event: E, listener: (event: ServerEvents[E]) => void | Promise<void>): Off
  /** Narrows what somebody may do: the lowest answer of all counts; undefined is no opinion. Quick and without waiting. */
  allow(limit: (person: Person | null, pad: string) => Level | undefined): Off
  /** A way to sign in. */
  login(provider: LoginProvider): Login
  /** What is known of somebody who is signed in; null for guests. At once, so that `allow` can ask it: of people who are being let in, or are here. */
  signedIn(person: Person | null): LoginFacts | null
  /** A message from somebody who has the pad open, already checked by the declaration. */
  receive<K extends keyof M & string>(
    name: K,
    listener: (from: Person, pad: string, payload: M[K]) => void | Promise<void>,
  ): Off
  /** Tells everybody in a pad, or only one author's connections. */
  send<K extends keyof M & string>(pad: string, name: K, payload: M[K], to?: string): void
  /** What a page knows from its start, as JSON to 16 kB; `undefined` for nothing. Waited for a second at most. */
  startData(give: (pad: string, person: Person | null) => unknown): Off
  /**
   * Addresses that pages of pads may show in frames: of whole ones the origin counts, relative ones (`./`, `/`) are on our
   * own; others are left out. Asked for each page.
   */
  frames(give: () => readonly string[]): Off
  /** Says whether people made something of the plugin's that belongs to a pad: then the pad is not `untouched`. */
  holds(has: (pad: string) => boolean | Promise<boolean>): Off
  readonly store: PluginStore
  readonly pads: PluginPads
  /** Runs `work` again and again, `every` ms (at least 1000) after it ended; not while the plugin is off. */
  every(every: number, work: () => Promise<void>): Off
  /** Decides a setting for the whole installation, as the admin page does. */
  setSetting(key: keyof F & string, value: FieldValue): Promise<void>
}

/** What `server.ts` exports as `server`. What it throws switches the plugin off and is shown to the administrator. */
export type ServerHalf<F extends Fields = Fields, M extends Messages = Messages> = (
  context: ServerContext<F, M>,
) => void | Promise<void>
