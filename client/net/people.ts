/** Who this person is and who the others are, from what this browser remembers and what the server says. */
import type { PersonColour } from '../../shared/colour.ts'
import type { Hello, Person, ServerEvent, Welcome } from '../../shared/protocol.ts'
import type { Emitter } from './emitter.ts'
import type { Identity } from './identity.ts'
import type { SessionEvents } from './types.ts'

export interface People {
  readonly byAuthor: ReadonlyMap<string, Person>
  authorOf(client: number): string | undefined
  /** What the person asks for, for the hello. */
  wishes(): Pick<Hello, 'name' | 'colour' | 'ticket'>
  wish(name: string, colour: PersonColour): void
  /** Takes the server's word. True when a new author should get the name this browser remembers. */
  welcome(welcome: Welcome): boolean
  event(event: ServerEvent): void
}

/** `wished` says that name or colour of `identity` were asked for just now, not only remembered. */
export function createPeople(identity: Identity, wished: boolean, emitter: Emitter<SessionEvents>): People {
  const people = new Map<string, Person>()
  const owners = new Map<number, string>()
  let asks = wished

  function learn(list: readonly Person[]): void {
    let news = false
    for (const person of list) {
      const before = people.get(person.author)
      if (person.author === identity.me.author) identity.learn(person)
      if (before?.name === person.name && before.colour === person.colour) continue
      people.set(person.author, person)
      news = true
    }
    if (news) emitter.emit('people', undefined)
  }

  function own(clients: Readonly<Record<string, readonly number[]>>): void {
    const added: number[] = []
    for (const [author, ids] of Object.entries(clients)) {
      for (const id of ids) {
        if (owners.get(id) === author) continue
        owners.set(id, author)
        added.push(id)
      }
    }
    if (added.length > 0) emitter.emit('authors', added)
  }

  return {
    byAuthor: people,
    authorOf: (client) => owners.get(client),
    wishes() {
      const { ticket, me } = identity
      return {
        ...(ticket === undefined ? {} : { ticket }),
        ...(asks ? { name: me.name, colour: me.colour } : {}),
      }
    },
    wish(name, colour) {
      asks = true
      identity.wish(name, colour)
    },
    welcome(welcome) {
      const before = identity.me
      identity.learn(welcome.me)
      learn([...welcome.people, welcome.me])
      own(welcome.clients)
      return welcome.me.name === '' && before.name !== '' && welcome.me.author !== before.author
    },
    event(event) {
      if (event.type === 'people') learn(event.people)
      else if (event.type === 'clients') own(event.clients)
    },
  }
}
