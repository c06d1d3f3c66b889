/** Where the people of one room are: kept only while somebody says something (SPEC-sync S24 to S27). */
import type { Person } from '../../shared/protocol.ts'
import { Presence } from './presence.ts'
import type { Present } from './presence.ts'
import type { Relay } from './relay.ts'

export class RoomPresence {
  readonly #relay: Relay
  #presence: Presence | null = null

  constructor(relay: Relay) {
    this.#relay = relay
  }

  /** Takes an awareness message. `mayAnnounce(client)`: may a stock client speak for it? @throws GuardError */
  hear(from: Present, body: Uint8Array, mayAnnounce: (client: number) => boolean): void {
    this.#presence ??= new Presence()
    if (this.#presence.take(from, body, mayAnnounce)) this.#changed()
  }

  leave(from: Present): void {
    if (this.#presence?.leave(from)) this.#changed()
  }

  rename(person: Person): void {
    if (this.#presence?.rename(person)) this.#changed()
  }

  /** Everybody else's state. */
  others(than: Present): Uint8Array[] {
    return this.#presence?.others(than) ?? []
  }

  /** Forgets who left long ago. */
  sweep(): void {
    if (this.#presence && !this.#presence.sweep(Date.now())) this.#presence = null
  }

  #changed(): void {
    this.#relay.presenceChanged(() => this.#presence)
  }
}
