/** Looks in the log for what other servers wrote to documents that are open here (SPEC-sync S35, S43). */
import { Close } from '../../shared/protocol.ts'
import type { Log } from '../log.ts'
import type { DocumentName, Store } from '../store/store.ts'
import type { Journal } from './journal.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export interface Follower {
  /** Looks when it is time; `now` is monotonic ms. */
  sweep(now: number): void
  /** Looks at these rooms now. */
  look(which: Iterable<Room>): Promise<void>
}

/** @param parts.every ms between the end of a look and the next; 0 for never, where no other server can be */
export function createFollower(parts: {
  store: Pick<Store, 'heads'>
  log: Log
  rooms: Rooms
  journal: Pick<Journal, 'follow' | 'down'>
  every: number
  /** A document is gone. */
  removed: (document: DocumentName) => void
}): Follower {
  const { store, log, rooms, journal, every } = parts
  let looked = performance.now()

  async function look(which: Iterable<Room>): Promise<void> {
    const open = [...which].filter((room) => room.state === 'open')
    if (open.length === 0 || journal.down) return
    try {
      const heads = await store.heads(open.map((room) => room.rows.id))
      for (const room of open) {
        const head = heads.get(room.rows.id)
        if (head === undefined) {
          room.end(Close.deleted, 'deleted')
          parts.removed(room.name)
        } else if (head > room.rows.ledger.saved) journal.follow(room.rows)
      }
    } catch (error) {
      log.warn('the log could not be followed', { error: String(error) })
    }
  }

  return {
    look,
    sweep(now) {
      if (every === 0 || now - looked < every) return
      looked = Infinity
      void look(rooms.all()).finally(() => {
        looked = performance.now()
      })
    },
  }
}
