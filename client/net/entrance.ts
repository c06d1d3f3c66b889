/** The server's welcome, and whether this browser is who it takes it for (rule C16). */
import { ANONYMOUS_AUTHOR } from '../../shared/ids.ts'
import type { Welcome } from '../../shared/protocol.ts'
import type { Environment } from './environment.ts'
import type { Identity } from './identity.ts'
import { readWelcome } from './welcome.ts'

export interface EntranceEnd {
  env: Environment
  identity: Identity
  /** Nothing will be written, so being nobody is good enough. */
  readOnly: boolean
  /** The connection that brought the welcome may be lost by now. */
  connected: () => boolean
  /** Connects again, under another Yjs client id. */
  startOver: () => void
  /** Leaves a server that makes no sense, and comes back later. */
  giveUp: () => void
  accept: (welcome: Welcome) => void
}

/** Takes each connection's welcome, as parsed JSON. */
export function createEntrance(end: EntranceEnd): (json: unknown) => void {
  const { env, identity } = end
  let author: string | null = null

  function enter(welcome: Welcome): void {
    if (author !== null && author !== welcome.me.author) {
      // What was written so far belongs to somebody else now: a Yjs client id has one author (S14).
      author = null
      end.startOver()
      return
    }
    author = welcome.me.author
    end.accept(welcome)
  }

  /** A browser that keeps no cookie gets a ticket before it writes anything; without one it stays anonymous. */
  async function proveWhoIAm(welcome: Welcome): Promise<void> {
    const got = await identity.fetchTicket()
    if (!end.connected()) return
    if (got) end.startOver()
    else enter(welcome)
  }

  return (json) => {
    const welcome = readWelcome(json)
    if (welcome === null) {
      env.report(new Error('unreadable welcome'))
      end.giveUp()
    } else if (welcome.me.author === ANONYMOUS_AUTHOR && !end.readOnly) {
      void proveWhoIAm(welcome)
    } else enter(welcome)
  }
}
