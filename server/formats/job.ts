/** What the server and the thread that makes files say to each other (SPEC-formats F14). */
import type { Past } from './past.ts'
import type { Asked, AskedRule, TableNames, Told, ToldRule } from './portable.ts'
import type { PadFacts, TextFacts } from './types.ts'

/** A text as the store has it. */
export interface StoredText {
  /** A snapshot and the rows behind it, in their order. */
  updates: readonly Uint8Array[]
  /** Who each Yjs client is. */
  clients: ReadonlyMap<number, string>
}

/** To the thread: first the text, then what is known beside it. */
export type ToThread =
  | { kind: 'read'; text: StoredText; past: Past | null; names: TableNames }
  | {
      kind: 'write'
      type: string
      facts: TextFacts | PadFacts
      told: readonly Told[]
      rules: readonly ToldRule[]
    }

/** From the thread, one for each of the above. */
export type FromThread =
  | { kind: 'read'; asked: readonly Asked[]; rules: readonly AskedRule[]; authors: readonly string[] }
  | { kind: 'written'; file: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; message: string }
