/** What a kind of document may hold, and how much of it one update may bring. */

/** Yjs' content kinds, without sub-documents, which no document of ours has. */
export type ContentKind = 'deleted' | 'json' | 'binary' | 'string' | 'embed' | 'format' | 'type' | 'any'

/** The shared types a document may nest. */
export type TypeKind = 'array' | 'map' | 'text'

export interface GuardLimits {
  kinds: ReadonlySet<ContentKind>
  types: ReadonlySet<TypeKind>
  /** Names of root types; must not be global or sticky. */
  roots: RegExp
  /** Root types that are texts: only string, embed, format, type and deleted content may stand in their list. */
  textRoots: RegExp
  /** Per update: clients with structs, structs, delete ranges. */
  clients: number
  structs: number
  deletes: number
  /** Per update: characters that GC and deleted structs claim together; they cost no bytes. */
  deletedLength: number
  /** Bytes of one string, one format value, one embed, one key (format key, map key, object key), one root name. */
  string: number
  formatValue: number
  embed: number
  key: number
  rootName: number
  /** Levels of JSON and any-values. */
  depth: number
  /** Levels of shared types inside each other. */
  nesting: number
}

const BASE = {
  types: new Set<TypeKind>(['array', 'map', 'text']),
  clients: 20_000,
  structs: 100_000,
  deletes: 200_000,
  deletedLength: 10_000_000,
  string: 2 * 1024 * 1024,
  formatValue: 8192,
  embed: 512 * 1024,
  key: 256,
  rootName: 256,
  depth: 16,
  nesting: 16,
}

/** A pad's text: `text`, and the cells of its tables. */
export const TEXT_LIMITS: GuardLimits = {
  ...BASE,
  kinds: new Set<ContentKind>(['deleted', 'string', 'embed', 'format', 'type', 'any']),
  roots: /^(?:text|cell\/[\w-]{1,64}\/[\w-]{1,64}\/[\w-]{1,64})$/,
  textRoots: /^(?:text|cell\/)/,
}

/** A board: maps of shapes, with ink as byte strings. */
export const BOARD_LIMITS: GuardLimits = {
  ...BASE,
  kinds: new Set<ContentKind>(['deleted', 'binary', 'string', 'embed', 'format', 'type', 'any']),
  roots: /^[a-z][\w-]{0,63}$/,
  textRoots: /^$/,
}
