/**
 * What other servers say of documents that are open here (SPEC-bus BU30, BU31, BU40 to BU43). Text is never taken from them: they
 * say that there are rows, and the rows come from the log. Cursors, ink and passing events come as they are.
 */
import { LIMITS, Message } from '../../shared/protocol.ts'
import type { Bus, BusMessage } from '../bus/types.ts'
import type { DocumentName } from '../store/store.ts'
import type { Journal } from './journal.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** The parts of the sync server that other servers reach. */
export interface Reached {
  rooms: Rooms
  journal: Pick<Journal, 'follow' | 'down'>
  /** Looks in the database for what was written to these rooms, or whether they are gone. */
  look(rooms: readonly Room[]): void
  /** Tells people here. */
  tell(message: Extract<BusMessage, { kind: 'event' }>): void
}

/** Listens to other servers until the answer is called. */
export function listenElsewhere(bus: Bus, reached: Reached): () => void {
  const { rooms, journal } = reached
  const open = (document: DocumentName): Room | null => {
    const room = rooms.get(document)
    return room?.state === 'open' ? room : null
  }

  function heard(message: BusMessage, node: string): void {
    if (!('document' in message)) return
    const room = open(message.document)
    if (room === null) return
    if (message.kind === 'wrote') {
      if (message.to > room.rows.ledger.saved && !journal.down) journal.follow(room.rows)
    } else if (message.kind === 'gone') reached.look([room])
    else if (message.kind === 'ask') room.tellWhoIsHere()
    else if (message.kind === 'here') room.elsewhere(node, message.entries)
    else if (message.kind === 'event') reached.tell(message)
    else drew(room, node, message.client, message.bytes)
  }

  /** Ink comes only from who is known to be on that server. */
  function drew(room: Room, node: string, client: number, bytes: Uint8Array): void {
    const fits = bytes.length <= LIMITS.ink + 1 && bytes[0] === Message.ink
    if (fits && room.presence.isOn(node, client)) room.relay.inkOf(bytes, client)
  }

  return bus.listen({
    heard,
    missed() {
      const all = [...rooms.all()].filter((room) => room.state === 'open')
      reached.look(all)
      for (const room of all) {
        if (room.connections.size === 0) continue
        room.hub.elsewhere.ask(room.name)
        room.tellWhoIsHere()
      }
    },
    left(node) {
      for (const room of rooms.all()) room.presence.leaveNode(node)
    },
  })
}
