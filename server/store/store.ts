/**
 * What the rest of the server knows of the database. Two implementations (SQLite, MariaDB) behind one contract
 * suite; the only SQL of the project stands in this folder. The log is the truth (DESIGN D4): a document is its rows
 * in the order of `seq`, and everything else here (snapshots, chunks) can be made again from them.
 *
 * Every promise rejects with a {@link StoreDown} when the database cannot be reached or does not answer in time; the
 * caller decides to try again. A read error is never an empty document. The numbered rules stand in
 * `docs/SPEC-store.md`.
 */
import type { AuthorRow } from './author-row.ts'
import type { AuditStore } from './audit-store.ts'
import type { GrantStore } from './grant-store.ts'
import type { GroupStore } from './group-store.ts'
import type { LoginStore } from './login-store.ts'
import type { PictureStore } from './picture-store.ts'
import type { UserStore } from './user-store.ts'

export type { AuthorRow } from './author-row.ts'
export { SeqConflict, StoreDamage, StoreDown } from './errors.ts'

/** `p/NAME` for a pad's text, `b/NAME` for its board. Compared by bytes. */
export type DocumentName = string

/** A document without its content. */
export interface DocumentHead {
  /** The database's own number for it. */
  id: number
  name: DocumentName
  /** Changes when the content is replaced as a whole; copies of another generation must never be merged (SPEC-sync). */
  generation: string
  /** Milliseconds since 1970, as all times here. */
  created: number
  /** `seq` of the last row; 0 for none. */
  head: number
}

/** One accepted update. */
export interface LogRow {
  document: number
  /** 1, 2, 3... without gaps. */
  seq: number
  author: string
  time: number
  /** A Yjs update, format V1. */
  bytes: Uint8Array
  /**
   * Client ids that write here for the first time with this row; bound to `author` in the same transaction. The first
   * binding of an id stays. Rows that are read carry them too, so that another server learns whose they are.
   */
  clients?: readonly number[]
}

/** A document as needed to open it: newest snapshot, then the rows after it. */
export interface StoredDocument extends DocumentHead {
  snapshot: { seq: number; bytes: Uint8Array } | null
  tail: readonly LogRow[]
  /** Whose each Yjs client id is. */
  clients: ReadonlyMap<number, string>
}

/** A document to create. `seed` becomes row 1, in the same transaction. */
export interface NewDocument {
  name: DocumentName
  generation: string
  time: number
  seed: { author: string; bytes: Uint8Array; clients: readonly number[] }
}

/** A run of old rows packed into one record that keeps each row's author and time (DESIGN D5). */
export interface Chunk {
  from: number
  to: number
  timeFrom: number
  timeTo: number
  /** Compressed; the form is `server/store/chunk.ts`'s own. */
  bytes: Uint8Array
}

/** How far a document is packed, as {@link Store.packState} gives it; 0 for none. */
export interface PackState {
  /** Last packed row. */
  packedTo: number
  /** Newest unpacked row that is old enough. */
  lastOldSeq: number
  /** Newest snapshot. */
  snapshotSeq: number
}

/** A value with its key. */
export interface PluginValue {
  key: string
  value: string
}

/** What lists show of a pad; brought up to date every few seconds while it is open (SPEC-store ST60). */
export interface PadFacts {
  document: number
  /** Time of the last edit. */
  edited: number
  /** Rows of its log. */
  versions: number
  /** Size of its text's document. */
  bytes: number
}

/** A pad in a list. */
export interface PadRow extends Omit<PadFacts, 'document'> {
  /** Without `p/`. */
  name: string
  /** Some of those who wrote in it, and how many they are. */
  authors: readonly string[]
  authorCount: number
}

/** Which pads, in which order. */
export interface PadQuery {
  /** Part of the name, in any case; '' for all. */
  search: string
  order: 'name' | 'edited' | 'versions' | 'bytes'
  descending: boolean
  editedAfter?: number
  editedBefore?: number
  /** Only those nobody ever edited. */
  empty?: boolean
  /** Only these (500 at most). */
  among?: readonly string[]
  offset: number
  /** 500 at most. */
  limit: number
}

export interface PadPage {
  pads: readonly PadRow[]
  total: number
}

export interface AuthorQuery {
  /** Part of the name, in any case, or an id; '' for all. */
  search: string
  order: 'name' | 'seen'
  descending: boolean
  offset: number
  limit: number
}

/** A line to put at the end of a chat (SPEC-pads P1, P2). */
export interface NewChatLine {
  author: string
  /** The author's name at that time. */
  name: string
  text: string
  time: number
  /** The sender's own mark for it, 1 to 64 of `A-Za-z0-9_-`. */
  key: string
}

/** A line of a chat. */
export interface ChatRow extends NewChatLine {
  /** 0, 1, 2... without gaps within a document. */
  id: number
}

/** A line as it stands; `fresh` when it was put there just now. */
export interface ChatLine extends ChatRow {
  fresh: boolean
}

/** Something kept with a pad besides its text: its owner, what its owner decided. */
export interface PadValue {
  name: string
  value: string
  /** Of the last change; ascends with every change of any value of the document. */
  time: number
}

/** What another server may have changed in a pad. */
export interface PadNews {
  document: DocumentName
  /** The last line of the chat; -1 for none. */
  chat: number
  /** The newest {@link PadValue.time}; 0 for none. */
  changed: number
}

export interface Store extends AuditStore, GrantStore, GroupStore, LoginStore, PictureStore, UserStore {
  readonly kind: 'sqlite' | 'mariadb'
  /** Connects and migrates. Rejects when the database is not there (yet): the caller tries again. */
  open(): Promise<void>
  /** Waits for what was begun, then lets go. */
  close(): Promise<void>
  /** A round trip. */
  ping(): Promise<void>
  /** Sentences for the administrator about settings of the database that make "saved" untrue; empty when all is well. */
  durability(): Promise<readonly string[]>

  /** The document's head, or null. */
  find(name: DocumentName): Promise<DocumentHead | null>
  /** Everything needed to open it, read in one consistent view; null when there is none. Rows are contiguous up to head. */
  load(name: DocumentName): Promise<StoredDocument | null>
  /** Creates it, or, when somebody was faster, gives what they created. */
  create(document: NewDocument): Promise<StoredDocument>
  /**
   * Appends all rows in one transaction, durable (fsync, COMMIT) when it resolves. Rows of one document ascend without
   * gaps from its head; the order of the documents does not matter.
   *
   * After a StoreDown nothing is known about them: append the same rows again, with or without more behind them. Those
   * that stand there with the same author, time and bytes count as written (SPEC-store ST7).
   * @throws SeqConflict when a seq is taken; then nothing was written.
   * @throws AppError `tooLarge` when one row alone is more than the database takes at once
   */
  append(rows: readonly LogRow[]): Promise<void>
  /** Rows after `after`, ascending, at most `limit`, whether packed into chunks or not. */
  rows(document: number, after: number, limit: number): Promise<readonly LogRow[]>
  /** Heads of several documents in one query. */
  heads(documents: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Names of documents that begin with `prefix`, after `after`, in byte order. */
  list(prefix: string, after: string, limit: number): Promise<readonly DocumentHead[]>
  /** Deletes the document with all that belongs to it. False when there was none. */
  remove(name: DocumentName): Promise<boolean>

  /** Keeps the state at `seq`; the newest snapshots and a geometric series of older ones stay (DESIGN D5). */
  saveSnapshot(document: number, seq: number, bytes: Uint8Array, time: number): Promise<void>
  /** The newest snapshot at or before `seq`; null for none. */
  snapshot(document: number, seq: number): Promise<{ seq: number; bytes: Uint8Array } | null>
  /**
   * Packs the oldest unpacked rows up to `upTo` into one chunk of at most `limit` rows: written, read back and
   * compared, and only then the rows removed, in one transaction. Gives the number of rows packed.
   */
  pack(document: number, upTo: number, limit: number): Promise<number>
  /** What {@link file://./maintenance.ts} needs to decide what to pack; `before` is a time in ms. */
  packState(document: number, before: number): Promise<PackState>

  /** The author who holds the token with this SHA-256 (hex), or null. */
  authorOfToken(hash: string): Promise<string | null>
  /** Binds a token to an author; the first binding stays. Gives the author it is bound to. */
  bindToken(hash: string, author: string, time: number): Promise<string>
  /** Inserts or updates an author. */
  saveAuthor(author: AuthorRow): Promise<void>
  /** The authors with these ids that exist. */
  authors(ids: readonly string[]): Promise<readonly AuthorRow[]>

  /** The pad's read-only id; made by `make` when it has none (one caller wins). */
  readOnlyId(pad: string, make: () => string): Promise<string>
  /** Another read-only id in place of the one there is; false when there is no such pad. `time` in ms since 1970. */
  replaceReadOnlyId(pad: string, id: string, time: number): Promise<boolean>
  /** The pad behind a read-only id, or null. */
  padOfReadOnlyId(id: string): Promise<string | null>

  /** Brings the facts of pads up to date. */
  savePadFacts(facts: readonly PadFacts[]): Promise<void>
  padPage(query: PadQuery): Promise<PadPage>
  padFacts(pad: string): Promise<PadRow | null>
  authorPage(query: AuthorQuery): Promise<{ authors: readonly AuthorRow[]; total: number }>
  /** Names of pads an author wrote in, those edited last first. */
  padsOfAuthor(author: string, limit: number): Promise<readonly string[]>
  /** Forgets an author's name, colour and tokens; false when nothing was known. */
  forgetAuthor(author: string): Promise<boolean>

  /** A value kept for the installation, such as a signing key: made by `make` when there is none (one caller wins). */
  setting(key: string, make: () => string): Promise<string>
  /** A value of the installation as it stands, or null. */
  settingNow(key: string): Promise<string | null>
  /** Of two who save at once the later one stands. */
  saveSetting(key: string, value: string): Promise<void>

  /**
   * Puts a line at the end of a document's chat; one that the same author sent before under the same key is given as it
   * stands. Null when there is no such document.
   */
  addChat(document: DocumentName, line: NewChatLine): Promise<ChatLine | null>
  /** Lines before the line `before` (null: the newest), at most `limit` and 1000, ascending. */
  chatBefore(document: DocumentName, before: number | null, limit: number): Promise<readonly ChatRow[]>
  /** Lines after the line `after`, at most `limit` and 1000, ascending. */
  chatAfter(document: DocumentName, after: number, limit: number): Promise<readonly ChatRow[]>
  /** Of those documents that exist, in no order. */
  padNews(documents: readonly DocumentName[]): Promise<readonly PadNews[]>
  padValues(document: DocumentName): Promise<readonly PadValue[]>
  /** With `once` only where there is none yet. False when nothing was written, or there is no such document. */
  savePadValue(document: DocumentName, value: PadValue, once: boolean): Promise<boolean>

  /** A plugin's value by key (JSON as text), or null. The server's own values about plugins stand under the empty name. */
  pluginValue(plugin: string, key: string): Promise<string | null>
  /** Saves a value; of two who save at once the later one stands. @throws RangeError for a key of no or over 200 characters */
  savePluginValue(plugin: string, key: string, value: string): Promise<void>
  /** False when there was none. */
  removePluginValue(plugin: string, key: string): Promise<boolean>
  /** Forgets everything a plugin kept. */
  removePluginValues(plugin: string): Promise<void>
  /** Keys that begin with `prefix`, in byte order, after `after`; at most `limit`, and 1000. */
  pluginKeys(plugin: string, prefix: string, after: string, limit: number): Promise<readonly string[]>
  /** All values whose keys begin with `prefix`, in byte order; at most 10 000. */
  pluginValues(plugin: string, prefix: string): Promise<readonly PluginValue[]>
}
