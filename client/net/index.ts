/** The connection to a pad: `openSession` is all that screens need. */
import { browserEnvironment } from './environment.ts'
import { openSession as open } from './session.ts'
import type { SessionOptions } from './session-options.ts'
import type { Session } from './types.ts'

export type { Environment } from './environment.ts'
export { forgetCopies } from './forget.ts'
export type { SessionOptions } from './session-options.ts'
export * from './types.ts'

/** What a page passes: all of {@link SessionOptions}, of which the environment is the browser unless a test says otherwise. */
export type OpenOptions = Omit<SessionOptions, 'env'> &
  ({ env: SessionOptions['env'] } | { report: (error: unknown) => void })

/** Opens a document. `report` is told of everything that went wrong and was survived. */
export function openSession(options: OpenOptions): Session {
  const env = 'env' in options ? options.env : browserEnvironment(options.report)
  return open({ ...options, env })
}
