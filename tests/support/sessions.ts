/** Sessions of people on a test server, destroyed together. */
import { openSession } from '../../client/net/index.ts'
import type { SessionOptions } from '../../client/net/session-options.ts'
import type { Session, Status } from '../../client/net/types.ts'
import { createClientEnvironment } from './client-environment.ts'
import type { ClientEnvironment, ClientEnvironmentOptions } from './client-environment.ts'
import { until } from './wait.ts'

export interface Opened {
  session: Session
  env: ClientEnvironment
  /** Every status that was told. */
  history: Status[]
  /** The text of the pad. */
  text(): string
  type(words: string, at?: number): void
  /** Waits for a status. */
  is(state: Status['state'], limit?: number): Promise<void>
}

export interface OpenInTest extends ClientEnvironmentOptions, Partial<Omit<SessionOptions, 'env'>> {
  /** An environment made before, to be another tab or a later visit of the same browser. */
  env?: ClientEnvironment
}

export interface Sessions {
  open(port: number, pad: string, options?: OpenInTest): Opened
  destroyAll(): Promise<void>
}

export function createSessions(): Sessions {
  const all: Session[] = []
  return {
    open(port, pad, options = {}) {
      const env = options.env ?? createClientEnvironment(options)
      const { readOnly, name, colour } = options
      const session = openSession({
        base: options.base ?? `http://127.0.0.1:${port}/p/${encodeURIComponent(pad)}`,
        room: options.room ?? `p/${pad}`,
        env,
        ...(readOnly === undefined ? {} : { readOnly }),
        ...(name === undefined ? {} : { name }),
        ...(colour === undefined ? {} : { colour }),
      })
      all.push(session)
      const history: Status[] = []
      session.on('status', (status) => history.push(status))
      const text = session.doc.getText('text')
      return {
        session,
        env,
        history,
        text: () => text.toJSON(),
        type: (words, at = text.length) => text.insert(at, words),
        is: (state, limit) =>
          until(
            `status ${state}`,
            () => session.status.state === state,
            limit,
            () => session.status,
          ),
      }
    },
    async destroyAll() {
      await Promise.all(all.splice(0).map((session) => session.destroy()))
    },
  }
}
