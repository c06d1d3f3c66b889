/**
 * A signed note with which a browser that keeps no cookies opens the page of a pad once it gave the password: who proved it
 * by a ticket, for which pad, for a minute (SPEC-access L105). Nothing is kept on the server.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Ms a note is good for. */
export const NOTE_LIFETIME = 60_000
const LONGEST = 1000

export interface PassNotes {
  make(name: string, author: string): Promise<string>
  /** The author of a note for the pad of this name; null for a note of anything else, or one that is too old. */
  read(note: string, name: string): Promise<string | null>
}

/** @param key the installation's; notes of any of its servers are read by all */
export function createPassNotes(key: () => Promise<string>, now: () => number = Date.now): PassNotes {
  const sign = async (content: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`pass.${content}`)
      .digest('base64url')
  return {
    async make(name, author) {
      const content = Buffer.from(JSON.stringify([name, author, now() + NOTE_LIFETIME])).toString('base64url')
      return `${content}.${await sign(content)}`
    },
    async read(note, name) {
      const [content = '', signature = ''] = note.length > LONGEST ? [] : note.split('.')
      const [own, theirs] = [Buffer.from(await sign(content)), Buffer.from(signature)]
      if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) return null
      const [pad, author, until] = JSON.parse(Buffer.from(content, 'base64url').toString()) as unknown[]
      return pad === name && Number(until) > now() ? String(author) : null
    },
  }
}
