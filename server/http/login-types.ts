/** What the desk is where people sign in, for who asks it (`login-desk.ts`). */
import type { Request, Response } from 'express'
import type { Login, LoginIdentity, LoginProvider } from '../../shared/plugin/login.ts'
import type { Person } from '../../shared/protocol.ts'
import type { PageLogin } from '../../shared/settings.ts'
import type { Logins } from '../access/logins.ts'
import type { Held, Sessions } from '../access/sessions.ts'
import type { People } from '../access/types.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'

/** A provider that is on. */
export interface Registered {
  /** `PLUGIN/ID`. */
  readonly id: string
  readonly provider: LoginProvider
  /** Runs what is the plugin's. @throws AppError when it fails, which is the plugin's failure */
  ask<T>(work: () => T | Promise<T>): Promise<T>
}

export interface LoginDeskParts {
  settings: Settings
  log: Log
  people: Pick<People, 'identify' | 'people'>
  /** Id of the way in for accounts of the settings file, if there is one. */
  users: string
  sessions: Sessions
  logins: Logins
  audit: Pick<Audit, 'record'>
  /** The installation's key for notes. */
  key: () => Promise<string>
  /** An author's sessions ended: their connections say again who they are. */
  signedOut(author: string): void
  /** Authors who have something open. */
  authorsHere(): ReadonlySet<string>
  now?: () => number
}

/** Where a sign-in leads: a path below our root, or back to the frame that a pop-up is for. */
export interface Way {
  next: string
  /** '' for none. */
  frame: string
}

export interface Beginning extends Way {
  silent: boolean
}

export interface LoginDesk {
  add(plugin: string, provider: LoginProvider, ask: Registered['ask']): Login
  list(): readonly Registered[]
  get(id: string): Registered | undefined
  /** The way in for accounts of the settings file. */
  users(): Registered | undefined
  /** Whom a provider found for one request, without a session; null for who cannot be taken. */
  once(which: Registered, who: LoginIdentity): Promise<Person | null>
  /** Who is signed in by this request's cookies. */
  holder(request: Pick<Request, 'headers'>): Promise<Held | null>
  /** What a page knows of it. */
  page(request: Request): Promise<PageLogin>
  /** Sends the browser to a provider; without a cookie of ours nobody is asked `silent`ly, as they could not come back. */
  begin(request: Request, response: Response, which: Registered, how: Beginning): Promise<void>
  /** Signs in whom a provider found, and sends the browser on. */
  signIn(request: Request, response: Response, which: Registered, who: LoginIdentity, way: Way): Promise<void>
  /** Gives the browser what notes are bound to, if it has none yet; gives a note for a pop-up of this page. */
  popup(request: Request, response: Response): Promise<string>
  /** The frame that a pop-up's note is for; '' without a note. @throws AppError `badRequest` */
  frameOf(note: unknown): Promise<string>
  /** Sends the pop-up on to the page that hands over a session, to the frame it is for. */
  handOver(request: Request, response: Response, session: string, frame: string): Promise<void>
  /** Signs a frame in by the code that a pop-up handed over, and sends it on. */
  redeem(request: Request, response: Response, code: string, next: string): Promise<void>
  /** Ends another session of whoever is signed in here, by its hash. False for one that is none of theirs. */
  endOther(request: Request, hash: string): Promise<boolean>
  /** Ends this browser's session, or all of the person's; gives where the provider wants the browser to go, or null. */
  signOut(request: Request, response: Response, everywhere: boolean): Promise<string | null>
}
