/** A sync server with everything the people of a pad share: chat, ownership, deletion, decisions, notice. */
import { createCommons } from '../../server/pads/commons.ts'
import type { Commons, CommonsParts } from '../../server/pads/commons.ts'
import { createMeetings } from '../../server/pads/meeting.ts'
import { createOwners } from '../../server/pads/owner.ts'
import type { Owners } from '../../server/pads/owner.ts'
import { silent } from '../../server/log.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/store.ts'
import type { Person, ServerEvent } from '../../shared/protocol.ts'
import { Message } from '../../shared/protocol.ts'
import type { ClientEvent } from '../../shared/protocol.ts'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jsonMessage, RawClient } from './raw-client.ts'
import { sqliteIn, startServer } from './server.ts'
import type { TestServer, TestServerOptions } from './server.ts'
import { TestAccess } from './test-people.ts'

/** {@link TestAccess} with owners, as the real gate has them. */
class GateWithOwners extends TestAccess {
  readonly #owners: Owners
  constructor(owners: Owners) {
    super()
    this.#owners = owners
  }

  override async enter(name: string, person: Person | null): ReturnType<TestAccess['enter']> {
    const entry = await super.enter(name, person)
    if (entry.level !== 'write' || person === null) return entry
    return (await this.#owners.of(entry.pad)) === person.author ? { ...entry, level: 'own' } : entry
  }
}

export interface CommonsServer extends TestServer {
  commons: Commons
  /** Somebody with our own client in a pad (or in `b/NAME`). */
  visit(document: string, ticket: string): Promise<RawClient>
}

type Wishes = TestServerOptions & {
  /** Ms after which who left presents no more. */
  away?: number
} & Partial<
    Pick<
      CommonsParts,
      'allowPadDeletionByAllUsers' | 'enablePadWideSettings' | 'enablePluginPadOptions' | 'follow'
    >
  >

/** Starts it; `options.store` is not opened yet. */
export async function startCommons(options: Wishes = {}): Promise<CommonsServer> {
  const {
    allowPadDeletionByAllUsers = false,
    enablePadWideSettings = true,
    enablePluginPadOptions = true,
    away,
    ...rest
  } = options
  const directory = rest.directory ?? (await mkdtemp(join(tmpdir(), 'inkpad-commons-')))
  const real: Store = rest.store ?? openStore(sqliteIn(directory), silent)
  // The gate is made before the store it asks can be told to fail.
  const asked: { store: Store } = { store: real }
  const owners = createOwners({
    store: {
      padValues: (document) => asked.store.padValues(document),
      savePadValue: (document, value, once) => asked.store.savePadValue(document, value, once),
      find: (document) => asked.store.find(document),
    },
    log: silent,
  })
  const meetings = createMeetings({
    store: {
      padValues: (document) => asked.store.padValues(document),
      savePadValue: (document, value, once) => asked.store.savePadValue(document, value, once),
    },
    log: silent,
    ...(away === undefined ? {} : { away }),
  })
  const server = await startServer({
    ...rest,
    directory,
    store: real,
    access: new GateWithOwners(owners),
    narrow: meetings.narrow,
  })
  const { store, sync, people } = server
  asked.store = store
  const commons = createCommons({
    store,
    sync,
    people,
    owners,
    meetings,
    log: silent,
    allowPadDeletionByAllUsers,
    enablePadWideSettings,
    enablePluginPadOptions,
    ...(rest.follow === undefined ? {} : { follow: rest.follow }),
  })
  return {
    ...server,
    commons,
    visit: (document, ticket) =>
      new RawClient(`${server.url}/${document}`, { hello: { ticket } }).untilSynced(),
    async stop() {
      commons.close()
      await server.stop()
    },
  }
}

/** Sends an event. */
export function tell(client: RawClient, event: ClientEvent): void {
  client.send(jsonMessage(Message.event, event))
}

/** The events of one kind that came. */
export function eventsOf<T extends ServerEvent['type']>(
  client: RawClient,
  type: T,
): Extract<ServerEvent, { type: T }>[] {
  return client.events.filter((event): event is Extract<ServerEvent, { type: T }> => event.type === type)
}

/** The lines of the chat that came without being asked for, as `id name: text`. */
export function linesOf(client: RawClient): string[] {
  return eventsOf(client, 'chat')
    .filter(({ older }) => !older)
    .flatMap(({ messages }) => messages.map(({ id, name, text }) => `${id} ${name}: ${text}`))
}
