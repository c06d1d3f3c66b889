/** Why the guard refuses bytes; short, stable, fit for a metric's label. SPEC-guard says what each one covers. */
export type GuardReason =
  /** The bytes end inside something, or go on after the end. */
  | 'truncated'
  | 'trailing'
  /** A variable-length number beyond 2^53, or spelled with more bytes than it can need. */
  | 'number'
  /** A count over its cap, or over what the bytes left can hold. */
  | 'count'
  /** A length over its cap. */
  | 'length'
  /** A struct, delete range or list without anything in it. */
  | 'empty'
  /** A client id beyond 32 bits, or a client listed twice. */
  | 'client'
  /** A clock over the cap. */
  | 'clock'
  /** Info bits or a parent flag that Yjs never writes. */
  | 'info'
  /** Content, a type or a root name this kind of document does not have, or content where it cannot be. */
  | 'content'
  | 'type'
  | 'root'
  /** A struct that refers to itself or to a later struct of its own client. */
  | 'reference'
  /** Structs that wait for each other. */
  | 'cycle'
  /** Delete ranges out of order or overlapping. */
  | 'order'
  | 'utf8'
  | 'json'
  /** JSON or an any-value nested too deep; types nested too deep. */
  | 'depth'
  | 'nesting'
  /** `__proto__`, `constructor`, `prototype`, or a key that is too long. */
  | 'key'
  /** A format that is no scalar, an embed that is no object, a bigint. */
  | 'value'

/** Bytes that must not reach Yjs. The connection that sent them is closed with 4400. */
export class GuardError extends Error {
  readonly reason: GuardReason
  /** Position in the bytes, for the log. */
  readonly at: number
  constructor(reason: GuardReason, at: number) {
    super(`refused: ${reason} at byte ${at}`)
    this.name = 'GuardError'
    this.reason = reason
    this.at = at
  }
}
