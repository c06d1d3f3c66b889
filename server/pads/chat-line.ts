/** Whether somebody may say something in a pad's chat, and how it is kept (SPEC-pads P3, P4). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { LIMITS } from '../../shared/protocol.ts'
import { Bucket } from '../sync/limits.ts'

/** Why a line is not taken. */
export type ChatRefusal = 'readonly' | 'empty' | 'tooLong' | 'badKey' | 'tooFast' | 'later' | 'gone'

/** Lines a second and at once. */
const CONNECTION = { rate: 5, burst: 10 }
const PAD = { rate: 20, burst: 100 }
/** Questions for older lines a second and at once, of one connection. */
const QUESTIONS = { rate: 2, burst: 10 }

const KEY = /^[\w-]{1,64}$/
const CONTROL = /[\p{Cc}\p{Cs}]/gu

/** A line without what no screen should get. */
export function tidyLine(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROL, (char) => (char === '\n' || char === '\t' ? char : ''))
    .trim()
}

/** The line as it is kept, or why it is not. */
export function readLine(text: string, key: string, level: Level): { text: string } | { why: ChatRefusal } {
  if (!allows(level, 'comment')) return { why: 'readonly' }
  if (!KEY.test(key)) return { why: 'badKey' }
  const tidy = tidyLine(text)
  if (tidy === '') return { why: 'empty' }
  return tidy.length > LIMITS.chat ? { why: 'tooLong' } : { text: tidy }
}

/** Counts what connections and pads send. Nothing is kept of a connection that is gone. */
export function createChatRates(now: () => number): {
  maySay(connection: object, pad: PadRate): boolean
  mayAsk(connection: object): boolean
  pad(): PadRate
} {
  const connections = new WeakMap<object, { lines: Bucket; questions: Bucket }>()
  const of = (connection: object): { lines: Bucket; questions: Bucket } => {
    const known = connections.get(connection) ?? {
      lines: new Bucket(CONNECTION.rate, CONNECTION.burst, now()),
      questions: new Bucket(QUESTIONS.rate, QUESTIONS.burst, now()),
    }
    connections.set(connection, known)
    return known
  }
  return {
    maySay: (connection, pad) => of(connection).lines.take(1, now()) && pad.take(1, now()),
    mayAsk: (connection) => of(connection).questions.take(1, now()),
    pad: () => new Bucket(PAD.rate, PAD.burst, now()),
  }
}

/** What all lines of a pad are counted in. */
export type PadRate = Bucket
