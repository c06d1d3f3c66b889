/** Who wrote or is in a room, for the welcome and the `people` event (SPEC-sync S6, S15). */
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Hub } from './hub.ts'
import type { Owners } from './owners.ts'
import type { Relay } from './relay.ts'

/** The room the people are in. */
interface Place {
  readonly hub: Pick<Hub, 'people' | 'log'>
  readonly owners: Owners
  readonly relay: Relay
  readonly connections: Iterable<{ readonly person: Person }>
}

export class RoomPeople {
  readonly #room: Place
  /** Null until the first of our own clients asks. */
  #people: Map<string, Person> | null = null
  #loading: Promise<void> | null = null
  #peopleJson = ''
  #clientsJson = ''
  #clientsSize = -1

  constructor(room: Place) {
    this.#room = room
  }

  /** Reads names and colours once a room. */
  async ready(): Promise<void> {
    if (this.#people) return
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    await this.#loading
  }

  async #load(): Promise<void> {
    const authors = [...new Set(this.#room.owners.bound.values())].filter(
      (author) => author !== SYSTEM_AUTHOR,
    )
    const known = authors.length === 0 ? [] : await this.#room.hub.people.people(authors)
    const people = new Map(known.map((person) => [person.author, person]))
    for (const { person } of this.#room.connections) people.set(person.author, person)
    this.#people = people
    this.#peopleJson = ''
  }

  /** The person is here, or has another name or colour now: everybody is told when that is new. */
  here(person: Person): void {
    if (!this.#people) return
    const before = this.#people.get(person.author)
    if (before && before.name === person.name && before.colour === person.colour) return
    this.#people.set(person.author, person)
    this.#peopleJson = ''
    this.#room.relay.tell({ type: 'people', people: [person] })
  }

  /** Everybody known so far, and once more everybody who is here. */
  all(): Person[] {
    const here = new Map<string, Person>()
    for (const { person } of this.#room.connections) here.set(person.author, person)
    return [...(this.#people?.values() ?? []), ...here.values()]
  }

  /** Is this author among them? */
  knows(author: string): boolean {
    return this.#people?.has(author) ?? false
  }

  /** An author wrote here for the first time; on another server, perhaps. */
  wrote(author: string): void {
    if (!this.#people || this.#people.has(author) || author === SYSTEM_AUTHOR) return
    this.#room.hub.people.people([author]).then(
      ([person]) => person && this.here(person),
      (error: unknown) => this.#room.hub.log.warn('a name is unknown', { error: String(error) }),
    )
  }

  /** `"people":[...],"clients":{...}` for the welcome. */
  json(): string {
    this.#peopleJson ||= JSON.stringify([...(this.#people?.values() ?? [])])
    if (this.#clientsSize !== this.#room.owners.bound.size) {
      this.#clientsSize = this.#room.owners.bound.size
      const clients: Record<string, number[]> = {}
      for (const [client, author] of this.#room.owners.bound) (clients[author] ??= []).push(client)
      this.#clientsJson = JSON.stringify(clients)
    }
    return `"people":${this.#peopleJson},"clients":${this.#clientsJson}`
  }
}
