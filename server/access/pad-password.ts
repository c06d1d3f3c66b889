/** Passwords of pads: kept as scrypt hashes, tried a few times only (SPEC-access L105). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
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
