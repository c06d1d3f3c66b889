/** Unsaved text of a copy that the server does not take: put aside as text, and offered until it is discarded. */
import type * as Y from 'yjs'
import type { Environment } from './environment.ts'
import type { Offline } from './offline.ts'
import type { Recovered, Refusal } from './types.ts'

export interface Recovery {
  readonly recovered: Recovered | null
  /** What an earlier visit put aside. */
  found(recovered: Recovered | null): void
  /** Puts the text aside when `unsaved` changes are in it, and gives up the copy of this device. */
  putAside(reason: Refusal, unsaved: number): void
  /** Forgets the text for good. */
  discard(): void
}

/** `tell` is told of every change. */
export function createRecovery(
  env: Environment,
  room: string,
  doc: Y.Doc,
  offline: Offline,
  tell: (recovered: Recovered | null) => void,
): Recovery {
  let recovered: Recovered | null = null
  return {
    get recovered() {
      return recovered
    },
    found(value) {
      recovered = value
      if (value !== null) tell(value)
    },
    putAside(reason, unsaved) {
      if (unsaved > 0) {
        const text = room.startsWith('p/') ? doc.getText('text').toJSON() : ''
        recovered = text === '' ? recovered : { text, reason, at: env.now() }
        tell(recovered)
      }
      void offline.drop(unsaved > 0 ? recovered : null)
    },
    discard() {
      recovered = null
      offline.discardRecovered()
      tell(null)
    },
  }
}
