/**
 * The errors a person can meet. Each code stands here once, with the HTTP status it maps to; sockets map it to a
 * close code in `server/sync`. Anything else that is thrown is our bug and shows as `internal`.
 */
const STATUS = {
  badRequest: 400,
  badPadName: 400,
  notFound: 404,
  forbidden: 403,
  unauthenticated: 401,
  needsPassword: 401,
  tooLarge: 413,
  tooFast: 429,
  badSettings: 500,
  storeDown: 503,
  busy: 503,
  noFormat: 501,
  internal: 500,
} as const

/** One of the codes above. */
export type ErrorCode = keyof typeof STATUS

/** An expected failure: `message` may be shown to the person and says what is wrong and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.status = STATUS[code]
  }
}
