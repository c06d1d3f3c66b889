/** Who this browser is: remembered name, colour and author, and the ticket of a browser that may not keep cookies. */
import { isPersonColour } from '../../shared/colour.ts'
import type { PersonColour } from '../../shared/colour.ts'
import { ANONYMOUS_AUTHOR, isAuthorId } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Environment } from './environment.ts'

/** Ms the ticket may take; the pad is usable without. */
const TICKET_WITHIN = 5000
const MAX_TICKET = 4096

export interface Identity {
  /** As this browser remembers the person. */
  readonly me: Person
  /** Proof of identity, when this browser needed one. */
  readonly ticket: string | undefined
  /** What the person, or the page's address, asks for; remembered. */
  wish(name: string | undefined, colour: PersonColour | undefined): void
  /** The server's word. */
  learn(me: Person): void
  /** Asks for a ticket, at most once; false when there is none to have. */
  fetchTicket(): Promise<boolean>
}

interface Remembered {
  author?: unknown
  name?: unknown
  colour?: unknown
  ticket?: unknown
}

/** Where a browser remembers who it is, for the page at this address. */
function keyOf(base: string | URL): string {
  return `inkpad.person.${new URL('../', base).pathname}`
}

/** This browser belongs to nobody in particular any more. */
export function forgetPerson(base: string | URL): void {
  try {
    localStorage.removeItem(keyOf(base))
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** `base` is the page's address; tickets come from `POST ../ticket`. */
export function openIdentity(env: Environment, base: string | URL): Identity {
  const key = keyOf(base)
  const stored = read(env, key)
  let ticket = typeof stored.ticket === 'string' ? stored.ticket : undefined
  let asked = false
  let me: Person = {
    author: typeof stored.author === 'string' && isAuthorId(stored.author) ? stored.author : ANONYMOUS_AUTHOR,
    name: typeof stored.name === 'string' ? stored.name.slice(0, LIMITS.name) : '',
    colour: isPersonColour(stored.colour) ? stored.colour : String(1 + Math.floor(env.random() * 12)),
  }

  function remember(person: Person): void {
    me = person
    try {
      env.storage?.setItem(key, JSON.stringify({ ...me, ticket }))
    } catch {
      // Full or forbidden: then this browser forgets who it is.
    }
  }
  return {
    get me() {
      return me
    },
    get ticket() {
      return ticket
    },
    wish(name, colour) {
      if (name === undefined && colour === undefined) return
      remember({ author: me.author, name: name ?? me.name, colour: colour ?? me.colour })
    },
    learn: remember,
    async fetchTicket() {
      if (asked) return false
      asked = true
      const stop = new AbortController()
      const cancel = env.after(TICKET_WITHIN, () => stop.abort())
      try {
        const url = new URL('../ticket', base).href
        const answer = await env.fetch(url, { method: 'POST', signal: stop.signal })
        const body: unknown = answer.ok ? await answer.json() : null
        const value = typeof body === 'object' && body !== null && 'ticket' in body ? body.ticket : null
        if (typeof value !== 'string' || value.length > MAX_TICKET) return false
        ticket = value
        remember(me)
        return true
      } catch (error) {
        env.report(error)
        return false
      } finally {
        cancel()
      }
    },
  }
}

function read(env: Environment, key: string): Remembered {
  try {
    const value: unknown = JSON.parse(env.storage?.getItem(key) ?? 'null')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
