/** Tokens of guests: the secret behind a cookie or a ticket. Only their SHA-256 is stored. */
import { createHash, randomBytes, randomInt } from 'node:crypto'

const TOKEN = /^t\.[\w-]{20,64}$/
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A new token: `t.` and 192 random bits. */
export function newToken(): string {
  return `t.${randomBytes(24).toString('base64url')}`
}

/** Can this be a token at all? */
export function isToken(value: string): boolean {
  return TOKEN.test(value)
}

const SESSION_SECRET = /^l\.[\w-]{43}$/

/** Can this be the secret of a session of somebody who is signed in? */
export function isSessionSecret(value: string): boolean {
  return SESSION_SECRET.test(value)
}

/** What is stored of a token: its SHA-256 in hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A new author id: `a.` and 16 letters or digits. */
export function newAuthorId(): string {
  return `a.${Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}

/** A new id of a secret link: `k.` and 32 hex digits. */
export function newLinkId(): string {
  return `k.${randomBytes(16).toString('hex')}`
}

/** A new read-only id: `r.` and 32 hex digits. */
export function newReadOnlyId(): string {
  return `r.${randomBytes(16).toString('hex')}`
}
