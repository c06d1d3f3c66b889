/**
 * Signing in a frame by a pop-up (SPEC-access L52 to L54): a note that tells the pop-up which frame it is for, and a code
 * that gives the frame a session of its own. Both are signed; nothing is kept on the server but which codes were used.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { outdated, STATE_LIFETIME } from './login-state.ts'

/** Ms a code is good for. */
export const CODE_LIFETIME = 60_000
/** Used codes remembered until they are too old anyway. */
const MOST_USED = 10_000
/** Characters of a note or code. */
const LONGEST = 1000

export interface HandOvers {
  /** A note for the pop-up of a frame; `frame` is {@link frameKey} of its binding. */
  note(frame: string): Promise<string>
  /** Which frame a note is for. @throws AppError `badRequest` */
  frameOf(note: string): Promise<string>
  /** A code with which the frame gets what the session with this hash has. */
  give(frame: string, session: string): Promise<string>
  /** The session's hash, once, for the frame with one of these bindings. @throws AppError `badRequest` */
  take(code: string, bindings: readonly string[]): Promise<string>
}

/** What a frame is told apart by: a hash of the secret that is in its browser's cookie. */
export function frameKey(binding: string): string {
  return createHash('sha256').update(binding).digest('base64url')
}

/** @param key the installation's; what one of its servers wrote the others read */
export function createHandOvers(key: () => Promise<string>, now: () => number = Date.now): HandOvers {
  const used = new Map<string, number>()

  const sign = async (kind: string, content: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`${kind}.${content}`)
      .digest('base64url')

  async function write(kind: string, frame: string, more: string, lifetime: number): Promise<string> {
    const parts = [frame, more, now() + lifetime, randomBytes(9).toString('base64url')]
    const content = Buffer.from(JSON.stringify(parts)).toString('base64url')
    return `${content}.${await sign(kind, content)}`
  }

  async function read(kind: string, text: string): Promise<{ frame: string; more: string }> {
    const [content = '', signature = ''] = text.length > LONGEST ? [] : text.split('.')
    const [own, theirs] = [Buffer.from(await sign(kind, content)), Buffer.from(signature)]
    if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) throw outdated('it is none of ours')
    const [frame, more, until] = JSON.parse(Buffer.from(content, 'base64url').toString()) as unknown[]
    if (!(Number(until) > now())) throw outdated('it is too old')
    return { frame: String(frame), more: String(more) }
  }

  return {
    note: (frame) => write('popup', frame, '', STATE_LIFETIME),
    frameOf: async (note) => (await read('popup', note)).frame,
    give: (frame, session) => write('code', frame, session, CODE_LIFETIME),
    async take(code, bindings) {
      const { frame, more } = await read('code', code)
      if (!bindings.some((binding) => frameKey(binding) === frame))
        throw outdated('it is of another frame, or its cookie is gone')
      if (used.has(code)) throw outdated('it was used already')
      used.set(code, now() + CODE_LIFETIME)
      for (const [oldest, until] of used) {
        if (until > now() && used.size <= MOST_USED) break
        used.delete(oldest)
      }
      return more
    },
  }
}
