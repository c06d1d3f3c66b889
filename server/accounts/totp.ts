/** Time-based one-time passwords (RFC 6238, on HOTP of RFC 4226): SHA-1, six digits, thirty seconds, as every app takes them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP = 30_000
const DIGITS = 6
/** Steps before and after the clock's that a code may be of: clocks differ, and people type slowly. */
const DRIFT = 1
/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret, in base32 as apps take it. */
export function newSecret(): string {
  return base32(randomBytes(SECRET_BYTES))
}

/** The code of a counter. */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  const number = (mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** The counter of a moment in ms. */
export function stepAt(time: number): number {
  return Math.floor(time / STEP)
}

/**
 * The counter whose code was typed: of the clock's and those beside it, but none up to `last`, so that a code is good once.
 * Null for none. The time it takes tells nothing.
 */
export function stepOf(secret: string, typed: string, time: number, last: number): number | null {
  const given = Buffer.from(typed.replaceAll(/\s/g, '').padEnd(DIGITS).slice(0, 20))
  let found: number | null = null
  for (let step = stepAt(time) - DRIFT; step <= stepAt(time) + DRIFT; step++) {
    const own = Buffer.from(codeOf(secret, step))
    const same = given.length === own.length && timingSafeEqual(given, own)
    if (same && step > last) found = step
  }
  return found
}

/** The address that an app reads from a QR code. */
export function otpauth(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer.replaceAll(':', ' '))}:${encodeURIComponent(account)}`
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: '6', period: '30' })
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`
}

function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text
}

function bytesOf(secret: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of secret) {
    held = (held << 5) | BASE32.indexOf(letter)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 255)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
