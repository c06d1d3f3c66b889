/** What each message of a connection that is inside comes to (SPEC-sync S3, S12, S22, S24, S28). */
import { allows } from '../../shared/access.ts'
import { Close } from '../../shared/protocol.ts'
import type { ClientEvent, Person } from '../../shared/protocol.ts'
import { withAccount } from '../access/proved.ts'
import type { DocumentName } from '../store/store.ts'
import { dispatch } from './dispatch.ts'
import type { Messages } from './dispatch.ts'
import { wish } from './entrance.ts'
import type { Visitor } from './entrance.ts'
import { GuardError } from './guard/errors.ts'
import type { Intake } from './intake.ts'
import type { Member } from './member.ts'
import { speaksFor } from './presence.ts'
import type { Reading } from './reading.ts'
import type { Room } from './room.ts'
import type { Speaker } from './types.ts'
import type { Writer, Writing } from './writing.ts'

/** The connection that talks. */
export interface Talker extends Writer, Visitor, Member {
  readonly hub: Writer['hub']
  person: Person
  level: Visitor['level']
  client: number | undefined
}

interface Parts {
  talker: Talker
  intake: Intake
  reading: Reading
  writing: Writing
  /** A person has another name or colour. */
  renamed: (person: Person) => void
}

export class Talk implements Messages {
  readonly ours: boolean
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.ours = parts.talker.ours
    this.#parts = parts
  }

  /** Handles one message; what is no message of the protocol ends the connection. `now` is monotonic ms. */
  handle(room: Room, bytes: Uint8Array, now: number): void {
    try {
      dispatch(this, room, bytes, now)
    } catch (error) {
      const { talker } = this.#parts
      const reason = error instanceof GuardError ? error.reason : 'malformed'
      if (!(error instanceof GuardError))
        talker.hub.log.debug('a malformed message', { error: String(error) })
      talker.refuse(Close.badData, reason, 'malformed message')
    }
  }

  wrote(room: Room, update: Uint8Array, whole: boolean, now: number): void {
    this.#parts.writing.take(room, update, whole, now)
  }

  asked(room: Room, vector: Uint8Array, now: number): void {
    this.#parts.reading.question(room, vector, now)
  }

  moved(room: Room, presence: Uint8Array, now: number): void {
    const { talker, intake } = this.#parts
    if (talker.client !== undefined && !speaksFor(presence, talker.client)) return
    if (intake.move(now)) room.hear(talker, presence)
  }

  askedPresence(room: Room): void {
    this.#parts.talker.send(...this.#parts.reading.presence(room, true))
  }

  heard(room: Room, event: ClientEvent): void {
    const { talker, writing, renamed } = this.#parts
    if (event.type === 'others') writing.bringsOthers()
    else if (event.type === 'person') void wish(talker, event, renamed)
    else talker.hub.house.heard(talker.speaker(room.name), event)
  }

  drew(room: Room, message: Uint8Array): void {
    const { talker } = this.#parts
    if (allows(talker.level, 'write')) room.drew(talker, message)
  }

  piece(bytes: Uint8Array, more: boolean): Uint8Array | null {
    const whole = this.#parts.intake.piece(bytes, more)
    if (whole !== 'tooLarge') return whole
    this.#parts.talker.refuse(Close.tooLarge, 'message', 'message too large')
    return null
  }
}

/** Who is at the other end of a connection, for the rest of the server. */
export function speakerOf(talker: Member & Visitor, document: DocumentName): Speaker {
  return {
    document,
    person: talker.person,
    proved: withAccount(talker.person, talker.through),
    level: talker.level,
    connection: talker,
    tell: (event) => talker.tell(event),
  }
}
