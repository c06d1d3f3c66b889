/** Who comes in, and as what (SPEC-sync S8, S10 to S15, S29). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { ANONYMOUS_AUTHOR } from '../../shared/ids.ts'
import { Close } from '../../shared/protocol.ts'
import type { ClientEvent, Hello, Person } from '../../shared/protocol.ts'
import { withAccount } from '../access/proved.ts'
import type { Credentials, Entry, Proved } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { DocumentName } from '../store/store.ts'
import { parseHello } from './client-json.ts'
import type { Hub } from './hub.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** A connection before anything is known of it. */
export const NOBODY: Person = { author: '', name: '', colour: '1' }

/** Everybody who proves nothing. */
const ANONYMOUS: Proved = { author: ANONYMOUS_AUTHOR, name: '', colour: '7' }

/** A connection at the door. */
export interface Visitor {
  readonly hub: Hub
  /** `p/NAME` or `b/NAME` as it stands in the URL. */
  readonly target: string
  readonly closed: boolean
  person: Person
  /** Through whose account they are signed in, if it is not their own (SPEC-groups G15). */
  through: string | undefined
  /** Hash of the session by which they are signed in. */
  session: string | undefined
  level: Level
  /** Monotonic ms of the last look at its permission. */
  checkedAt: number
  setLevel(level: Level): void
}

/** Why somebody stays outside: close code, the reason to count, the reason to tell. */
interface Refusal {
  code: number
  why: string
  reason: string
}

/** The room, held for the caller, and what the hello asked for. */
interface Entered {
  room: Room
  shown: string
  client: number | undefined
  packs: boolean
}

/** Sets the connection's person and level and opens its document. Rejects only with failures of ours. */
export async function enter(
  hub: Hub,
  rooms: Rooms,
  connection: Visitor,
  cookie: string,
  bytes: Uint8Array | null,
): Promise<Entered | Refusal> {
  let hello: Hello | null = null
  try {
    if (bytes) hello = parseHello(bytes)
  } catch (error) {
    return { code: Close.badData, why: 'hello', reason: error instanceof Error ? error.message : 'no hello' }
  }
  const proofs = proofsOf(cookie, hello?.ticket, connection.target.slice(2))
  const { through, ...proved } = (await hub.people.identify(proofs)) ?? ANONYMOUS
  const session = await hub.people.sessionOf(proofs)
  let person: Person = proved
  if (hello && person.author !== ANONYMOUS_AUTHOR) person = await grant(hub, person, hello.name, hello.colour)
  connection.person = person
  connection.through = through
  // A session of somebody else proved nothing here.
  if (session?.author === (through ?? person.author)) connection.session = session.hash
  if (person.author !== ANONYMOUS_AUTHOR && hub.authors.of(person.author) >= hub.limits.connectionsPerAuthor)
    return { code: Close.tryLater, why: 'authorFull', reason: 'too many connections of one person' }

  const entry = await levelOf(connection)
  if ('code' in entry) return entry
  connection.level = entry.level
  if (!allows(entry.level, 'read'))
    return { code: Close.unauthenticated, why: 'forbidden', reason: 'you may not read this' }

  const room = await rooms.open(entry.document, allows(entry.level, 'write'))
  if (!room) return { code: Close.deleted, why: 'missing', reason: 'there is no such document' }
  try {
    if (hello?.generation !== undefined && hello.generation !== room.generation) {
      rooms.release(room)
      return { code: Close.generation, why: 'generation', reason: 'your copy is of another generation' }
    }
    if (hello) await room.people.ready()
  } catch (error) {
    rooms.release(room)
    throw error
  }
  return { room, shown: entry.shown, client: hello?.client, packs: hello?.packs === true }
}

function proofsOf(cookie: string, ticket: string | undefined, pad: string): Credentials {
  return { pad, ...(cookie === '' ? {} : { cookie }), ...(ticket === undefined ? {} : { ticket }) }
}

/** Name and colour as wished, saved when they are new. */
async function grant(hub: Hub, person: Person, name?: string, colour?: string): Promise<Person> {
  const wanted = { name: name ?? person.name, colour: colour ?? person.colour }
  if (wanted.name === person.name && wanted.colour === person.colour) return person
  return hub.people.update(person.author, wanted.name, wanted.colour)
}

type Allowed = Entry & { document: DocumentName }

async function levelOf({ hub, target, person, through }: Visitor): Promise<Allowed | Refusal> {
  try {
    const proved = withAccount(person, through)
    const entry = await hub.access.enter(target.slice(2), person.author === ANONYMOUS_AUTHOR ? null : proved)
    const document = `${target.slice(0, 2)}${entry.pad}`
    return { ...entry, document, level: await hub.narrow(document, person.author, entry.level) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const code = CODES[error.code]
    if (code === undefined) throw error
    return { code, why: error.code, reason: error.message }
  }
}

/** Refusals of {@link Hub.access} as close codes (S38); what is missing here is a failure of ours. */
const CODES: Partial<Record<AppError['code'], number>> = {
  badRequest: Close.badData,
  badPadName: Close.badData,
  notFound: Close.deleted,
  forbidden: Close.unauthenticated,
  unauthenticated: Close.unauthenticated,
  needsPassword: Close.unauthenticated,
  tooLarge: Close.tooLarge,
  tooFast: Close.tooFast,
}

/** Asks again what the connection may do (S13). A failure of ours changes nothing. */
export async function recheck(connection: Visitor): Promise<void> {
  connection.checkedAt = performance.now()
  try {
    const entry = await levelOf(connection)
    if (connection.closed) return
    connection.setLevel('code' in entry ? 'none' : entry.level)
  } catch (error) {
    connection.hub.log.warn('a permission could not be asked again', { error: String(error) })
  }
}

/** A person wants another name or colour (S15). Nobody in particular has none. */
export async function wish(
  connection: Visitor,
  event: Extract<ClientEvent, { type: 'person' }>,
  tell: (person: Person) => void,
): Promise<void> {
  if (connection.person.author === ANONYMOUS_AUTHOR) return
  try {
    tell(await grant(connection.hub, connection.person, event.name, event.colour))
  } catch (error) {
    connection.hub.log.warn('a name was not saved', { error: String(error) })
  }
}
