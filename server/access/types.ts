/** Who is asking and what they may do; the rest of the server asks here and nowhere else (DESIGN D6). */
import type { Level } from '../../shared/access.ts'
import type { PersonColour } from '../../shared/colour.ts'
import type { Person } from '../../shared/protocol.ts'

/** What a request or a hello brings as proof of identity. Never logged. */
export interface Credentials {
  /** The raw Cookie header. */
  cookie?: string
  /** A ticket from the browser's own storage, where cookies are blocked. */
  ticket?: string
  /** The pad's name as it stands in the address: sessions of its group count there before anything else (SPEC-groups G11). */
  pad?: string
}

/** A person as they proved themselves. */
export interface Proved extends Person {
  /**
   * The author of the account they are signed in by, where signing in is required and a session of a group makes them another
   * author (SPEC-groups G15). Never told to anybody.
   */
  through?: string
}

/** People: guests by token, those who are signed in by their session. */
export interface People {
  /**
   * The person behind these credentials; null when they prove nothing. Colour and name are filled in. A session counts
   * more than a ticket, and that more than a guest's cookie.
   */
  identify(credentials: Credentials): Promise<Proved | null>
  /** The session among these credentials by which somebody is signed in: its hash, and whose it is. */
  sessionOf(credentials: Credentials): Promise<{ hash: string; author: string } | null>
  /**
   * The person whom a session of a group in this Cookie header makes its bearer in a pad; null for none, and where signing in is
   * required for who is not signed in.
   */
  member(cookie: string | undefined, pad: string): Promise<Proved | null>
  /**
   * A new guest with a fresh token (for the cookie or as a ticket). The colour is one that none of the people whose
   * colours are `near` has, if there is one, and not one that was just given to somebody else.
   */
  createGuest(near?: readonly PersonColour[]): Promise<{ person: Person; token: string }>
  /** Saves another name or colour, both already checked by `shared`; gives the person as saved. */
  update(author: string, name: string, colour: PersonColour): Promise<Person>
  /** Forgets who an author is: name, colour, and what proved them. The stranger they are now; null for one nobody knew. */
  forget(author: string): Promise<Person | null>
  /** Forgets in memory which tokens proved an author; they are gone from the store. */
  unbind(author: string): void
  /** The people with these ids; unknown ids get an empty name and a colour computed from the id. */
  people(authors: readonly string[]): Promise<readonly Person[]>
}

/** Where a name in a URL leads: which document, and what it lets this person do. */
export interface Entry {
  /** The pad's real name; never shown to somebody who came by a read-only id or a secret link. */
  pad: string
  /** The name to show and link to. */
  shown: string
  level: Level
}

/** The one gate for pages, sockets, exports and the API. */
export interface Access {
  /**
   * Resolves a name as it stands in a URL (`NAME`, `r.<32 hex>` or `k.<32 hex>`) for a person, null for nobody in particular.
   * `password`: the id of the pad's password that they gave just now ({@link file://../pads/rules.ts}).
   * @throws AppError `badPadName`, `notFound` (unknown read-only id or link), `unauthenticated`, `needsPassword`, `forbidden`,
   * `storeDown` (nobody can know)
   */
  enter(name: string, person: Proved | null, password?: string): Promise<Entry>
  /** The pad that a name leads to, whether it opens for the person or not; null for none that could open for them. */
  padBehind(name: string, person: Proved | null): Promise<string | null>
}
