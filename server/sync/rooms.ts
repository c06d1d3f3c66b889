/** The open rooms by document name; each leaves only by closing itself (SPEC-sync S36). */
import type { Person } from '../../shared/protocol.ts'
import type { Hub } from './hub.ts'
import { Room } from './room.ts'

/** Rooms that may be open at once; beyond it those without visitors go before their time. */
const MOST_IDLE = 2000

export class Rooms {
  readonly #hub: () => Hub
  readonly #rooms = new Map<string, Room>()

  constructor(hub: () => Hub) {
    this.#hub = hub
  }

  /**
   * The open room, held until {@link Rooms.release}; null when the document does not exist and is not to be created.
   * @throws StoreDown and whatever else kept it from loading
   */
  async open(name: string, create: boolean): Promise<Room | null> {
    for (;;) {
      const room = this.#rooms.get(name) ?? this.#make(name, create)
      room.holds++
      let there = false
      try {
        there = await room.opened
        while (there && room.state === 'loading') there = await room.opened
      } finally {
        if (!there || room.state === 'closed') room.holds--
      }
      if (there && room.state !== 'closed') {
        if (room.state === 'draining') room.state = 'open'
        return room
      }
      if (!there && !create) return null
    }
  }

  release(room: Room): void {
    room.holds--
    if (room.connections.size === 0) room.idleSince = performance.now()
  }

  #make(name: string, create: boolean): Room {
    const room: Room = new Room(name, create, this.#hub(), () => {
      if (this.#rooms.get(name) === room) this.#rooms.delete(name)
    })
    this.#rooms.set(name, room)
    return room
  }

  /** A person has another name or colour: their connections carry it, and rooms that know them tell. */
  renamed(person: Person): void {
    for (const room of this.#rooms.values()) room.renamed(person)
  }

  get(name: string): Room | undefined {
    return this.#rooms.get(name)
  }

  all(): Iterable<Room> {
    return this.#rooms.values()
  }

  count(): Record<'loading' | 'open' | 'draining', number> {
    const count = { loading: 0, open: 0, draining: 0 }
    for (const room of this.#rooms.values()) if (room.state !== 'closed') count[room.state]++
    return count
  }

  /** Lets go of rooms nobody needs. */
  unloadUnused(now: number, linger: number): void {
    const unused = [...this.#rooms.values()].filter((room) => room.unused)
    unused.sort((a, b) => a.idleSince - b.idleSince)
    for (const [index, room] of unused.entries())
      if (now - room.idleSince >= linger || index < unused.length - MOST_IDLE) void room.unload()
  }
}
