/**
 * Messages of plugins between the people of a pad: counted, checked by the declaration, then given to the plugin's
 * server half, or, where that does not take messages of the name, to everybody else in the pad.
 */
import { allows } from '../../shared/access.ts'
import type { Declaration } from '../../shared/plugin.ts'
import type { ClientEvent } from '../../shared/protocol.ts'
import { Bucket } from '../sync/limits.ts'
import type { Speaker, Sync } from '../sync/types.ts'
import type { Registrations } from './registrations.ts'

/** Messages a second, and at once, of one connection. */
const RATE = 20

type PluginMessage = Extract<ClientEvent, { type: 'plugin' }>

/** A plugin that is on. */
export interface Listening {
  readonly declaration: Declaration
  readonly registrations: Registrations
  run(work: () => unknown): Promise<void>
  /** A message was not what the plugin expects. */
  refused(): void
}

/** Takes messages of connections. */
export function createMessages(parts: {
  sync: Pick<Sync, 'tellEverywhere'>
  plugin: (name: string) => Listening | null
}): (from: Speaker, message: PluginMessage) => void {
  const rates = new WeakMap<object, Bucket>()

  function mayTalk(connection: object): boolean {
    const now = performance.now()
    let rate = rates.get(connection)
    if (rate === undefined) {
      rate = new Bucket(RATE, RATE, now)
      rates.set(connection, rate)
    }
    return rate.take(1, now)
  }

  return (from, message) => {
    const refuse = (why: string): void =>
      from.tell({ type: 'refused', what: `${message.plugin} ${message.name}`, why })
    if (!mayTalk(from.connection)) return refuse('tooFast')
    const plugin = parts.plugin(message.plugin)
    if (plugin === null) return refuse('off')
    const { messages = {} } = plugin.declaration
    const check = Object.hasOwn(messages, message.name) ? messages[message.name] : undefined
    let payload: unknown
    try {
      if (check === undefined) throw new RangeError('there is no such message')
      payload = check(message.payload)
    } catch {
      plugin.refused()
      return refuse('invalid')
    }
    const pad = from.document.slice(2)
    const receivers = plugin.registrations.receivers.get(message.name)
    if (receivers !== undefined && receivers.size > 0) {
      for (const receive of Array.from(receivers)) void plugin.run(() => receive(from.proved, pad, payload))
    } else if (allows(from.level, 'comment')) {
      const { plugin: name, name: what } = message
      parts.sync.tellEverywhere(
        from.document,
        { type: 'plugin', plugin: name, name: what, from: from.person, payload },
        undefined,
        from.connection,
      )
    } else refuse('forbidden')
  }
}
