/** Passwords of pads: kept as scrypt hashes, tried a few times only (SPEC-access L105). */
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors.ts'
import { createRates } from './rates.ts'
import type { StoredPassword } from './rule.ts'

/** About 50 ms and 16 MB each. */
const COST = { N: 16_384, r: 8, p: 1 }
const BYTES = 32
/** Tries a second and at once: of one person, of one public address, in one pad, of everybody. */
const RATES = {
  person: { rate: 0.1, burst: 10 },
  address: { rate: 0.2, burst: 20 },
  pad: { rate: 1, burst: 60 },
  all: { rate: 10, burst: 100 },
} as const

/** What is kept of a new password. */
export async function hashPassword(password: string): Promise<StoredPassword> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return {
    id: randomBytes(12).toString('hex'),
    salt: salt.toString('base64'),
    hash: hash.toString('base64'),
  }
}

/** Is this the password? In the same time whatever is wrong with it. */
export async function isPassword(password: string, kept: StoredPassword): Promise<boolean> {
  const hash = Buffer.from(kept.hash, 'base64')
  const given = await derive(password, Buffer.from(kept.salt, 'base64'))
  return given.length === hash.length && timingSafeEqual(given, hash)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}

/** Passwords remembered that were shown with a request, and ms. */
const SHOWN = { most: 1000, fresh: 10 * 60_000 }

/**
 * Remembers whether what was shown for a pad's password is it, so that a program that shows it with every request is asked to
 * prove it once. What is kept of it is worth nothing outside this process.
 */
export function createShown(now: () => number = Date.now): {
  /** Was this shown for this password? Undefined for a thing not seen before. */
  known(password: string, kept: StoredPassword): boolean | undefined
  keep(password: string, kept: StoredPassword, right: boolean): void
} {
  const key = randomBytes(32)
  const shown = new Map<string, { right: boolean; until: number }>()
  const nameOf = (password: string, { id }: StoredPassword): string =>
    createHmac('sha256', key).update(`${id} ${password}`).digest('base64')
  return {
    known(password, kept) {
      const entry = shown.get(nameOf(password, kept))
      return entry !== undefined && entry.until > now() ? entry.right : undefined
    },
    keep(password, kept, right) {
      shown.set(nameOf(password, kept), { right, until: now() + SHOWN.fresh })
      if (shown.size > SHOWN.most) for (const [oldest] of shown) if (shown.delete(oldest)) break
    },
  }
}

/** Counts a try. The answer throws AppError `tooFast` when there were too many; `address` is null for one that is not counted. */
export function createPasswordTries(
  now: () => number = Date.now,
): (pad: string, author: string, address: string | null) => void {
  const persons = createRates(RATES.person)
  const addresses = createRates(RATES.address)
  const pads = createRates(RATES.pad)
  const all = createRates(RATES.all)
  return (pad, author, address) => {
    const time = now()
    const may =
      persons(author, time) &&
      (address === null || addresses(address, time)) &&
      pads(pad, time) &&
      all('', time)
    if (!may) throw new AppError('tooFast', 'These were many tries; please wait a little before the next.')
  }
}
