/**
 * What travels between a browser and the server: message types, close codes, limits and the JSON messages of our own
 * clients. `docs/SPEC-sync.md` holds the numbered rules. The base is the y-websocket protocol, so that any stock
 * Yjs provider is a full client; types from 100 up go only to clients that ask with `?v=1`.
 */
import type { Level } from './access.ts'
import type { PersonColour } from './colour.ts'
import type { Meeting, SeenPart } from './meeting.ts'
import type { PadRule, RuleView } from './rule.ts'
import type { BootPlugin, PadSettings } from './settings.ts'

/** The version of the messages from 100 up; a client asks with `?v=1`. */
export const PROTOCOL_VERSION = 1

/** First varUint of every binary message. */
export const Message = {
  sync: 0,
  awareness: 1,
  /** `[2, 0, varString]` refuses; `[2, 1 + n]` says: n write messages of this connection, counted from its start, are durable. */
  auth: 2,
  queryAwareness: 3,
  /** JSON as varString: the client's {@link Hello}, answered by the server's {@link Welcome}. */
  hello: 100,
  /** JSON as varString: a {@link ServerEvent} or a {@link ClientEvent}. */
  event: 101,
  /** Live ink of a board (`board/live.ts`); never document state. The server puts the sender's client id (varUint) before it. */
  ink: 102,
  /** `[103, more, bytes...]`: a piece of a larger message; `more` is 1 until the last piece, which has 0. */
  part: 103,
  /** `[104, size, bytes...]`: a large message, deflated (RFC 1951), with its size; only to clients whose hello says `packs`. */
  packed: 104,
} as const

/** Second varUint of a sync message. Update format V1 only. */
export const Sync = { step1: 0, step2: 1, update: 2 } as const

/** WebSocket close codes. The socket.io carrier sends the same numbers in its `close` event. */
export const Close = {
  /** Malformed or hostile message. */
  badData: 4400,
  /** May not read (any more). */
  unauthenticated: 4401,
  /** Tried to write without the right to, or under somebody else's client id. */
  forbidden: 4403,
  /** The pad was deleted. */
  deleted: 4404,
  /** The client's copy is of another generation of this pad; it must not be merged. */
  generation: 4410,
  /** Message or pad too large. */
  tooLarge: 4413,
  /** Sends too fast, or reads too slowly. */
  tooFast: 4429,
  /** Come back after a random 0.2 to 3 s: the server restarts, or it is to be said again who one is. */
  restart: 1012,
  /** Not now (loading failed, full); come back later. */
  tryLater: 1013,
} as const

/** Close codes after which the same client must not simply reconnect. */
export const FINAL_CLOSES: ReadonlySet<number> = new Set([
  Close.badData,
  Close.unauthenticated,
  Close.forbidden,
  Close.deleted,
  Close.generation,
  Close.tooLarge,
])

/** Sizes in bytes and counts both ends know. The server's settings may only narrow them. */
export const LIMITS = {
  /** Our own messages are cut into parts of this size, so that any proxy and socket.io's polling passes them. */
  part: 256 * 1024,
  /** Bytes from which an answer is packed, and the largest there is unpacked. */
  packFrom: 512 * 1024,
  unpacked: 128 * 1024 * 1024,
  /** A whole message after joining its parts. */
  message: 2 * 1024 * 1024,
  /** One awareness state as JSON. */
  awareness: 2048,
  /** One message of live ink; more than 60 a second are dropped. */
  ink: 4096,
  /** A hello or an event from a client. */
  json: 16 * 1024,
  /** A person's name, in UTF-16 units. */
  name: 64,
  /** A line of the chat, in UTF-16 units. */
  chat: 2000,
  /** Lines of the chat in one answer. */
  chatPage: 50,
  /** The administrator's word to all pads, in UTF-16 units. */
  notice: 500,
} as const

/** Milliseconds both ends agree on. */
export const TIMES = {
  /** The server says something at least this often ([2, 1 + n]); stock clients close after 30 to 45 s of silence. */
  keepAlive: 20_000,
  /** A client treats a connection that was silent this long as dead. */
  dead: 45_000,
} as const

/** A person or guest browser, as the server knows it. */
export interface Person {
  /** `a.` and 16 letters or digits. */
  author: string
  /** Empty when the person gave no name. */
  name: string
  colour: PersonColour
}

/** First message of our own client on each connection; nothing else is answered before it. */
export interface Hello {
  v: number
  /** The Yjs client id this tab writes under from now on. */
  client: number
  /** It can read {@link Message.packed}. */
  packs?: true
  /** Generation of the local copy, when the client has one; another one is refused with {@link Close.generation}. */
  generation?: string
  /** Proof of identity of a browser that may not keep cookies (DESIGN D6). */
  ticket?: string
  /** Wishes; the server checks them and its answer counts. */
  name?: string
  colour?: PersonColour
}

/** The server's answer to {@link Hello}, before any sync message. */
export interface Welcome {
  v: number
  /** The name to show and to link to: for a reader who came by a read-only id it is that id. */
  pad: string
  generation: string
  /** Who the server takes this connection for. */
  me: Person
  level: Level
  /** Everybody who ever wrote here or is here now. */
  people: Person[]
  /** Whose the Yjs client ids in this document are: author -> ids. Authorship is read from this (SPEC-text). */
  clients: Record<string, number[]>
  store: StoreState
}

/** `ok`: acknowledgements mean durable. `down`: edits are relayed but not saved. `readonly`: the bound was reached. */
export type StoreState = 'ok' | 'down' | 'readonly'

/** A line of a pad's chat. */
export interface ChatMessage {
  /** Ascends within a pad. */
  id: number
  author: string
  /** Who it was then: people may have another name by now, or be gone. */
  name: string
  text: string
  /** Ms since 1970. */
  time: number
  /** What its sender's client gave it, to know it again. */
  key: string
}

/** What the server tells our own clients besides sync and awareness. */
export type ServerEvent =
  /** Somebody is new, or has another name or colour. */
  | { type: 'people'; people: Person[] }
  /** Client ids wrote here for the first time. */
  | { type: 'clients'; clients: Record<string, number[]> }
  | { type: 'level'; level: Level }
  | { type: 'store'; store: StoreState }
  /** A plugin's message; `from` is null when the server itself says it. */
  | { type: 'plugin'; plugin: string; name: string; from: Person | null; payload: unknown }
  /** Which plugins are on, or their settings, changed: all of them as a page gets them at its start. */
  | { type: 'plugins'; plugins: readonly BootPlugin[] }
  /** New lines of the chat, or older ones that were asked for (`older`); ascending ids. */
  | { type: 'chat'; messages: readonly ChatMessage[]; older: boolean; more: boolean }
  /** What the pad's owner decided for everybody. */
  | { type: 'padSettings'; settings: PadSettings }
  /** Who presents on the board and who may draw; `now` is the server's time (ms since 1970). */
  | { type: 'meeting'; meeting: Meeting; now: number }
  /** The board takes up this part of what a document may; told from 0.8 on. */
  | { type: 'fullness'; part: number }
  /** Somebody brings everybody to what they see. */
  | { type: 'gather'; from: Person; seen: SeenPart }
  /** A word of the administrator to all pads; an empty text takes it back. */
  | { type: 'notice'; text: string }
  /** The token with which anybody can delete this pad; told once, to the owner who asked for it. */
  | { type: 'deletionToken'; token: string }
  /** Who may do what here, as far as this person is told. */
  | { type: 'rule'; view: RuleView }
  /** People whose name holds the text that was searched for. */
  | { type: 'rulePeople'; search: string; people: readonly Pick<Person, 'author' | 'name'>[] }
  /** Something asked for over this connection was not done; for a line of the chat with its `key`. */
  | { type: 'refused'; what: string; why: string; key?: string }

/** What our own client tells the server besides sync and awareness. */
export type ClientEvent =
  | { type: 'person'; name: string; colour: PersonColour }
  /** What is offered from now on may hold what others wrote (S14). */
  | { type: 'others' }
  | { type: 'plugin'; plugin: string; name: string; payload: unknown }
  /** A line of the chat. `key` comes from the client, so that a line sent again after a lost connection stands once. */
  | { type: 'chat'; text: string; key: string }
  /** Asks for the lines of the chat before the line with this id; null: the newest. */
  | { type: 'chatBefore'; before: number | null }
  /** The pad's owner decides for everybody. */
  | { type: 'padSettings'; settings: PadSettings }
  /** Who presents on the board, or who may draw, is to be another. */
  | { type: 'meeting'; change: Partial<Meeting> }
  /** Brings everybody on the board to what this person sees. */
  | { type: 'gather'; seen: SeenPart }
  /** Asks for what may have changed since the page was made: `padSettings`, `notice` and, on a board, `meeting` are the answer. */
  | { type: 'catchUp' }
  /** The owner wants a (new) token for the deletion. */
  | { type: 'deletionToken' }
  /** Deletes the pad: as its owner, or with its token. */
  | { type: 'padDelete'; token: string | null }
  /** Asks who may do what here. */
  | { type: 'rule' }
  /** The owner sets the rule, with another password (null: the one there is), with another secret link. */
  | { type: 'ruleSet'; rule: PadRule; password: string | null; newLink: boolean }
  /** The owner gives the pad to somebody. */
  | { type: 'ruleOwner'; author: string }
  /** The owner wants another read-only link in place of the one there is. */
  | { type: 'ruleReadLink' }
  /** The owner looks for people. */
  | { type: 'rulePeople'; search: string }

/** An awareness state as our clients send it and as every receiver gets it; `user` is always the server's word. */
export interface Presence {
  user?: {
    author: string
    name: string
    colour: PersonColour
    /** `#rrggbb`, for stock clients. */ color: string
  }
  /** Relative positions in Yjs' JSON form; null while the text has no focus. */
  cursor?: { anchor: unknown; head: unknown } | null
  /** Where somebody is on a board (`board/presence.ts`). */
  board?: unknown
}
