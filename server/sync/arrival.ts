/** From the door into the room, which is held until the visitor is inside or turned away (SPEC-sync S5, S6, S29). */
import { withoutLink } from '../../shared/ids.ts'
import { Close } from '../../shared/protocol.ts'
import { enter } from './entrance.ts'
import type { Visitor } from './entrance.ts'
import type { Reading } from './reading.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export interface Arriving extends Visitor {
  /** The client id it speaks for in presence. */
  client: number | undefined
  readonly reading: Pick<Reading, 'packs'>
  refuse(code: number, why: string, reason: string): void
  /** It is in; `shown` is the pad's name as it may see it. */
  entered(room: Room, shown: string): void
}

/** Brings the visitor in, or refuses it. `hello` is its first message, null for a stock client. Never rejects. */
export async function arrive(
  visitor: Arriving,
  rooms: Rooms,
  cookie: string,
  hello: Uint8Array | null,
): Promise<void> {
  const { hub } = visitor
  let room: Room | null = null
  try {
    const entry = await enter(hub, rooms, visitor, cookie, hello)
    if ('code' in entry) {
      visitor.refuse(entry.code, entry.why, entry.reason)
      return
    }
    room = entry.room
    if (visitor.closed) return
    if (room.connections.size >= hub.limits.connectionsPerPad) {
      visitor.refuse(Close.tryLater, 'padFull', 'too many people are here')
      return
    }
    if (entry.client !== undefined && room.announce(entry.client, visitor.person.author))
      visitor.client = entry.client
    if (entry.packs) visitor.reading.packs()
    visitor.entered(room, entry.shown)
  } catch (error) {
    hub.log.warn('somebody could not enter', { document: withoutLink(visitor.target), error: String(error) })
    visitor.refuse(Close.tryLater, 'entering', 'not now')
  } finally {
    if (room) rooms.release(room)
  }
}
