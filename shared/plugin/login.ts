/** Ways to sign in that plugins bring: what a provider is, and what the server does for it (docs/SPEC-access.md). */
import type { Request, Response } from 'express'
import type { Off } from '../plugin.ts'

/** Words in the reader's language, or the same in all. */
export type LoginWords = string | ((language: string) => string)

/** Whom a provider found. */
export interface LoginIdentity {
  /** The provider's stable name for the person, 1 to 255 characters; never shown. The same subject is one author on every device. */
  subject: string
  /** What others see at first; '' leaves it to the person. */
  name?: string
  groups?: readonly string[]
  isAdmin?: boolean
  /** May read pads and change none. */
  readOnly?: boolean
  /** May make pads; left out: yes. */
  canCreate?: boolean
  /**
   * Where signing in is required, the only pads this sign-in opens, in small letters (`*`: all), each until a moment in ms;
   * capitals do not count. Those of earlier sign-ins stay. Left out: all.
   */
  pads?: Readonly<Record<string, number>>
  /** The provider's own name for this sign-in, by which it ends it later. */
  sid?: string
  /** Kept on the server with the session, as JSON to 16 kB; never in a browser. */
  keep?: unknown
}

/** What the rest of the server knows of somebody who is signed in. */
export interface LoginFacts {
  /** `PLUGIN/ID` of the provider. */
  provider: string
  subject: string
  name: string
  groups: readonly string[]
  isAdmin: boolean
  readOnly: boolean
  canCreate: boolean
  /** The only pads that open where signing in is required, each until a moment in ms; left out: all. */
  pads?: Readonly<Record<string, number>>
}

/** The beginning of a sign-in elsewhere. */
export interface LoginStart {
  /** To be brought back with the person: signed, for this browser only, good once and for ten minutes. */
  state: string
  /** 43 letters that go with this state and never leave the server: a verifier, and what a nonce is made from. */
  secret: string
  /** Nobody may be asked anything: the provider knows the person already, or declines. */
  silent: boolean
  language: string
  request: Request
}

/** A field of a form to sign in with. */
export interface LoginField {
  name: string
  label: LoginWords
  /** Typed without being shown. */
  secret?: boolean
  /** For the browser's memory, such as `username`, `current-password`, `one-time-code`. */
  autocomplete?: string
  /** May be left empty. */
  optional?: boolean
}

/** What is asked next, once what was typed is right. */
export interface LoginStep {
  /** Comes back with what is typed, through the browser: to be signed, with an end, and good once. */
  note: string
  /** A sentence above the fields. */
  about: LoginWords
  fields: readonly LoginField[]
  /** Whose sign-in it is, for the record of wrong tries. */
  meant?: string
}

/** A provider that asks on our own page. Wrong tries are slowed down by the server, under what stands in the first field. */
export interface LoginForm {
  fields: readonly LoginField[]
  /** Who it is; null when what was typed is not right. */
  enter(values: Readonly<Record<string, string>>, request: Request): Promise<LoginIdentity | LoginStep | null>
  /** For forms that ask in steps. */
  steps?: {
    /** What was asked with this note; null when it is worth nothing (any more). */
    read(note: string): Promise<LoginStep | null>
    /** Who it is, or what is asked next; null when what was typed is not right. */
    goOn(
      note: string,
      values: Readonly<Record<string, string>>,
      request: Request,
    ): Promise<LoginIdentity | LoginStep | null>
  }
  /** The account that was meant, where there is one, for the record of wrong tries; '' otherwise, as a name may be a mistyped password. */
  meant?(values: Readonly<Record<string, string>>): string | Promise<string>
}

/** A session that ended, for the way out at the provider. */
export interface EndedLogin {
  subject: string
  keep: unknown
}

/** A proof that comes in a pad's address, as `?jwt=` or `#jwt=`; the server takes it out of the address at once. */
export interface LoginToken {
  /** Who it is, for this pad; null when it is no token of this provider. */
  enter(token: string, pad: string): Promise<LoginIdentity | null>
}

/** A way to sign in. It has a `begin`, a `form`, or, for people who arrive with a proof, neither. */
export interface LoginProvider {
  /** Small letters, digits and `-`; unique within the plugin and never used again for another provider. */
  id: string
  /** On its button: whom one signs in with. */
  label: LoginWords
  /** Where the browser goes: an address elsewhere, or one relative to our root. */
  begin?(start: LoginStart): string | Promise<string>
  /** `begin` can be tried without asking anybody; where signing in is required it is tried first. */
  silent?: boolean
  form?: LoginForm
  token?: LoginToken
  /** Where the browser goes once it is signed out here; null for nowhere else. */
  logout?(ended: EndedLogin): string | null | Promise<string | null>
  /** Why nobody can sign in by it just now, for the log; null when all is well. */
  trouble?(): string | null
}

/** What a registered provider does with the answers it gets. */
export interface Login {
  readonly off: Off
  /** What goes with a state that came back. @throws an error of status 400: too old, used, or of another browser */
  returned(request: Request, state: string): Promise<{ secret: string }>
  /**
   * Signs a person in: a new session in this browser, and on to where it came from. With a `state` it can only be the
   * browser that began; `next`, a path below our root, is for people who arrive with a proof of their own.
   */
  signIn(
    request: Request,
    response: Response,
    who: LoginIdentity,
    how: { state: string } | { next: string },
  ): Promise<void>
  /** The provider knows nobody, or the person would not: back to the choice of ways to sign in. */
  declined(request: Request, response: Response, state: string): Promise<void>
  /** Signs this browser out, and on to where the provider says. */
  signOut(request: Request, response: Response): Promise<void>
  /** Ends all sessions of a subject, or those with the provider's name; gives their number. */
  end(which: { subject: string } | { sid: string }): Promise<number>
}
