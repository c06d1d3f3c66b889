/** What is written here, on its way out: a single keystroke leaves at once, a burst leaves together. */
import * as Y from 'yjs'
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'

/** Ms between two sendings. */
const INTERVAL = 30
/**
 * Merging costs more than linearly with the number of updates, so only small groups are merged; beyond `MANY`
 * the document itself says what is new.
 */
const GROUP = 32
const GROUP_BYTES = 64 * 1024
const MANY = 256

export interface Outbox {
  readonly empty: boolean
  /** Takes one local update in the order in which it happened. */
  push(update: Uint8Array): void
  /** Sends now. */
  flush(): void
  /** Forgets everything: a step 2 with the whole state is on its way instead. */
  clear(): void
}

export interface OutboxEnd {
  /** False: what waits goes on waiting, until {@link Outbox.flush} is called again. */
  ready: () => boolean
  /** Gets the updates in order. What cannot be sent is not lost: the next step 2 brings it. */
  send: (updates: Uint8Array[]) => void
}

export function createOutbox(env: Environment, doc: Y.Doc, { ready, send }: OutboxEnd): Outbox {
  let waiting: Uint8Array[] = []
  let from: number | null = null
  let timer: Off | null = null
  let last = -Infinity

  function flush(): void {
    timer?.()
    timer = null
    if (waiting.length === 0 || !ready()) return
    const updates = waiting.length > MANY && from !== null ? [sinceClock(doc, from)] : grouped(waiting)
    waiting = []
    from = null
    last = env.now()
    send(updates)
  }
  return {
    get empty() {
      return waiting.length === 0
    },
    push(update) {
      if (waiting.length === 0) from = clockBefore(update, doc.clientID)
      waiting.push(update)
      timer ??= env.after(Math.min(INTERVAL, Math.max(0, last + INTERVAL - env.now())), flush)
    },
    flush,
    clear() {
      timer?.()
      timer = null
      waiting = []
      from = null
    },
  }
}

/** Neighbours joined, each group one message. */
export function grouped(updates: readonly Uint8Array[]): Uint8Array[] {
  const groups: Uint8Array[] = []
  let group: Uint8Array[] = []
  let bytes = 0
  const close = () => {
    const [only] = group
    if (only !== undefined) groups.push(group.length === 1 ? only : Y.mergeUpdates(group))
    group = []
    bytes = 0
  }
  for (const update of updates) {
    if (group.length === GROUP || (group.length > 0 && bytes + update.length > GROUP_BYTES)) close()
    group.push(update)
    bytes += update.length
  }
  close()
  return groups
}

/** Clock of this client at which `update` begins; null when it only deletes or is another client's. */
function clockBefore(update: Uint8Array, client: number): number | null {
  return Y.parseUpdateMeta(update).from.get(client) ?? null
}

/** Everything this client wrote from `clock` on, and every deletion. */
function sinceClock(doc: Y.Doc, clock: number): Uint8Array {
  const vector = Y.decodeStateVector(Y.encodeStateVector(doc))
  vector.set(doc.clientID, clock)
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(vector))
}
