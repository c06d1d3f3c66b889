/**
 * The signed note that goes along between the steps of a sign-in: whose password was right, and what is asked now
 * (SPEC-access AC24). It names the version of the account, so that it is worth nothing once the step was taken.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Ms a step may take. */
export const STEP_LIFETIME = 10 * 60_000
const LONGEST = 1000

/** A code of the second factor; another password in place of one that somebody else chose. */
export type StepKind = 'code' | 'password' | 'factor'

export interface StepContent {
  kind: StepKind
  id: string
  version: number
  /** The secret of a second factor that is being set up; '' otherwise. */
  secret: string
}

export interface StepNotes {
  make(content: StepContent): Promise<string>
  /** Null for what is none of ours, or too old. */
  read(note: string): Promise<StepContent | null>
}

/** @param key the installation's; notes of any of its servers are read by all */
export function createStepNotes(key: () => Promise<string>, now: () => number = Date.now): StepNotes {
  const sign = async (content: string): Promise<Buffer> =>
    createHmac('sha256', await key())
      .update(`account-step.${content}`)
      .digest()
  return {
    async make({ kind, id, version, secret }) {
      const content = Buffer.from(
        JSON.stringify([kind, id, version, secret, now() + STEP_LIFETIME]),
      ).toString('base64url')
      return `${content}.${(await sign(content)).toString('base64url')}`
    },
    async read(note) {
      const [content = '', signature = ''] = note.length > LONGEST ? [] : note.split('.')
      const [own, theirs] = [await sign(content), Buffer.from(signature, 'base64url')]
      if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) return null
      const [kind, id, version, secret, until] = JSON.parse(
        Buffer.from(content, 'base64url').toString(),
      ) as unknown[]
      if (!(Number(until) > now()) || !isKind(kind)) return null
      return { kind, id: String(id), version: Number(version), secret: String(secret) }
    },
  }
}

function isKind(value: unknown): value is StepKind {
  return value === 'code' || value === 'password' || value === 'factor'
}
