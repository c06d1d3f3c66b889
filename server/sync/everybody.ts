/** What concerns all connections of the server: who is here, and whose permission is asked again or who has to come back. */
import { Close } from '../../shared/protocol.ts'
import type { Connection } from './connection.ts'
import { recheck } from './entrance.ts'
import type { Tally } from './limits.ts'
import type { Sync } from './types.ts'

/** These parts of the sync server, over its connections; `authors` counts them by author. */
export function overEverybody(
  connections: ReadonlySet<Connection>,
  authors: Tally,
): Pick<
  Sync,
  'recheck' | 'recheckAuthor' | 'signedOut' | 'sessionEnded' | 'sessionsHere' | 'authorsHere' | 'tellAll'
> {
  async function again(which: (connection: Connection) => boolean): Promise<void> {
    const some = [...connections].filter((connection) => connection.room !== null && which(connection))
    await Promise.all(some.map((connection) => recheck(connection)))
  }

  function comeBack(which: (connection: Connection) => boolean): void {
    for (const connection of connections) if (which(connection)) connection.close(Close.restart, 'signed out')
  }

  const isOf = (author: string) => (connection: Connection) =>
    connection.person.author === author || connection.through === author

  return {
    recheck(pad) {
      const names = new Set([`p/${pad}`, `b/${pad}`])
      return again(({ room }) => room !== null && names.has(room.name))
    },
    recheckAuthor: (author) => again(isOf(author)),
    signedOut: (author) => comeBack(isOf(author)),
    sessionEnded: (hash) => comeBack(({ session }) => session === hash),
    sessionsHere() {
      const here = new Map<string, string>()
      for (const { session, person, through } of connections)
        if (session !== undefined) here.set(session, through ?? person.author)
      return here
    },
    authorsHere() {
      const through = [...connections].flatMap((connection) => connection.through ?? [])
      return through.length === 0 ? authors.keys() : new Set([...authors.keys(), ...through])
    },
    tellAll(event) {
      for (const connection of connections) if (connection.room !== null) connection.tell(event)
    },
  }
}
