/** A connection as its room sees it. */
import type { Person, ServerEvent } from '../../shared/protocol.ts'
import type { DocumentName } from '../store/store.ts'
import type { Present } from './presence.ts'
import type { Receiver } from './relay.ts'
import type { Speaker } from './types.ts'

export interface Member extends Receiver, Present {
  person: Person
  client: number | undefined
  /** Who it is, for the rest of the server. */
  speaker(document: DocumentName): Speaker
  /** An event for it, if it understands events. */
  tell(event: ServerEvent): void
  /** Answers a question that waited, when it is time. `now` is monotonic ms. */
  answer(now: number): void
  /** Edits are taken again (S34). */
  askAgain(): void
  /** The document was made again (S21). */
  rebuilt(): void
  close(code: number, reason: string): void
}
