/** What rooms tell, handed to the plugins that listen. */
import type { Registrations } from './registrations.ts'
import type { ServerEvents } from '../../shared/plugin/server.ts'
import type { DocumentName } from '../store/store.ts'
import type { Speaker, Sync, SyncListener } from '../sync/types.ts'
import type { Presence } from './pads.ts'

type Heard = Parameters<NonNullable<SyncListener['heard']>>[1]

/** A plugin that may listen. */
interface Listener {
  readonly registrations: Registrations
  run(work: () => unknown): Promise<void>
}

/** Listens to rooms until the answer is called. Boards are no pads: what is said of them is not handed on. */
export function listenToRooms(parts: {
  sync: Pick<Sync, 'listen'>
  presence: Presence
  plugins: () => Iterable<Listener>
  message: (from: Speaker, message: Extract<Heard, { type: 'plugin' }>) => void
  /** A page wants to know what changed since it was made. */
  catchUp: (from: Speaker) => void
}): () => void {
  const { presence } = parts

  function tell<E extends keyof ServerEvents>(event: E, facts: ServerEvents[E]): void {
    for (const plugin of parts.plugins())
      for (const listener of Array.from(plugin.registrations.events.get(event) ?? []))
        void plugin.run(() => listener(facts as never))
  }

  const ofPad = (document: DocumentName, then: (pad: string) => void): void => {
    if (document.startsWith('p/')) then(document.slice(2))
  }

  return parts.sync.listen({
    heard(from, event) {
      if (event.type === 'plugin') ofPad(from.document, () => parts.message(from, event))
      else if (event.type === 'catchUp') {
        parts.catchUp(from)
        ofPad(from.document, (pad) => tell('connect', { pad, person: from.proved }))
      }
    },
    joined: (document, person) =>
      ofPad(document, (pad) => {
        presence.joined(pad)
        tell('join', { pad, person })
      }),
    left: (document, person) =>
      ofPad(document, (pad) => {
        presence.left(pad)
        tell('leave', { pad, person })
      }),
    created: (document, author) => ofPad(document, (pad) => tell('padCreate', { pad, author })),
    changed: (document) => ofPad(document, (pad) => tell('padChange', { pad })),
    removed: (document) => ofPad(document, (pad) => tell('padRemove', { pad })),
  })
}
