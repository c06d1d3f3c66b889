/** The bus that the settings ask for. */
import { randomBytes } from 'node:crypto'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { createBus } from './bus.ts'
import { noBus } from './no-bus.ts'
import { createRedisCarriage } from './redis.ts'
import type { Bus } from './types.ts'

/** Opens it; nothing is loaded or connected before {@link Bus.start}. */
export function openBus(parts: { url: string | null; store: Store; log: Log }): Bus {
  const { url, store, log } = parts
  if (url === null) return noBus
  if (store.kind === 'sqlite') {
    log.info('redis.url has no effect with SQLite: its file is one server’s, and there is no other to tell')
    return noBus
  }
  const key = (): Promise<string> => store.setting('bus-key', () => randomBytes(32).toString('base64'))
  return createBus({ carriage: createRedisCarriage(url), key, log })
}
