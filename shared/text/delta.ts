/** The text as Yjs hands it out: a list of inserts with attributes (SPEC-text). */

/** Values of a format: scalars only (reference: object values cost and compare badly). `null` removes a format. */
export type FormatValue = string | number | boolean | null

/** Formats by name; on text the inline ones, on a newline the line ones. */
export type Attributes = Readonly<Record<string, FormatValue>>

/** An embed: one key (its kind) and its value. */
export type Embed = Readonly<Record<string, unknown>>

/** A piece of content. */
export interface Insert {
  insert: string | Embed
  attributes?: Attributes
}

/** One operation of a change. Lengths are UTF-16 units; an embed has length 1. */
export type DeltaOp = Insert | { retain: number; attributes?: Attributes } | { delete: number }

/** A whole text: only inserts. */
export type Content = readonly Insert[]

/** A change. */
export type Delta = readonly DeltaOp[]
