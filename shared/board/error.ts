/** Why something cannot be done or read; short and stable. */
export type BoardErrorCode =
  /** Ink whose bytes end too early, go on too long, or are no ink of a version known here. */
  | 'truncated'
  | 'trailing'
  | 'version'
  /** A number, a count or a coordinate outside of what is allowed. */
  | 'number'
  | 'count'
  | 'range'
  /** Two order keys with nothing between them. */
  | 'order'
  /** The board is full. */
  | 'full'

/** What the board's own code throws. */
export class BoardError extends Error {
  readonly code: BoardErrorCode
  constructor(code: BoardErrorCode) {
    super(`board: ${code}`)
    this.name = 'BoardError'
    this.code = code
  }
}
