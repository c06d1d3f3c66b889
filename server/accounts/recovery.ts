/** Recovery codes: what one signs in with when the phone is gone; each once, kept as hashes (SPEC-access AC22). */
import { createHash, randomInt } from 'node:crypto'

const CODES = 10
/** Letters and digits that nobody takes for another; 16 of them are 79 bits. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 16

/** Ten new codes as people read them, and what is kept of them. */
export function newCodes(): { shown: readonly string[]; kept: readonly string[] } {
  const codes = Array.from({ length: CODES }, () =>
    Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  )
  return {
    shown: codes.map((code) => (code.match(/.{4}/g) ?? []).join('-')),
    kept: codes.map((code) => hashed(code)),
  }
}

/** What is kept of the code that was typed; null for what cannot be one. */
export function keptOf(typed: string): string | null {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, '')
  return code.length === LENGTH ? hashed(code) : null
}

function hashed(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
