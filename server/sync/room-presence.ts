/** Where the people of one room are: kept only while somebody says something (SPEC-sync S24 to S27). */
import type { Person } from '../../shared/protocol.ts'
import type { HereEntry } from '../bus/types.ts'
import { Presence } from './presence.ts'
import type { Here, Present } from './presence.ts'
import type { Relay } from './relay.ts'

export class RoomPresence {
  readonly #relay: Relay
  readonly #moved: (here: readonly Here[]) => void
  #presence: Presence | null = null

  /** `moved` hears of people of ours whenever receivers do. */
  constructor(relay: Relay, moved: (here: readonly Here[]) => void) {
    this.#relay = relay
    this.#moved = moved
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

  /** What another server says of somebody there (SPEC-bus BU30). */
  takeFrom(node: string, entry: HereEntry): void {
    this.#presence ??= new Presence()
    if (this.#presence.takeFrom(node, entry)) this.#changed()
  }

  isOn(node: string, client: number): boolean {
    return this.#presence?.isOn(node, client) ?? false
  }

  leaveNode(node: string): void {
    if (this.#presence?.leaveNode(node)) this.#changed()
  }

  /** Everybody who is on this server. */
  ours(): readonly Here[] {
    return this.#presence?.ours() ?? []
  }

  /** Forgets who left long ago. */
  sweep(): void {
    if (this.#presence && !this.#presence.sweep(Date.now())) this.#presence = null
  }

  #changed(): void {
    this.#relay.presenceChanged(() => {
      const changed = this.#presence?.flush() ?? []
      const ours = changed.flatMap(({ here }) => here ?? [])
      if (ours.length > 0) this.#moved(ours)
      return changed
    })
  }
}
