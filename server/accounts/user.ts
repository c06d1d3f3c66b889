/** An account of our own as it is worked with, and as it is kept (SPEC-access AC1 to AC5). */
import type { UserRow } from '../store/user-store.ts'

/** Longest name in characters. */
const NAME = 50

/** What proves a person. */
export interface Proof {
  /** A scrypt hash. */
  password: string
  /** Somebody else chose the password, so the person has to choose another before they come in. */
  given: boolean
  /** The second factor; null for none. `last`: the counter of the last code, up to which none is good any more. */
  factor: { secret: string; last: number } | null
  /** Hashes of recovery codes that were not used. */
  recovery: readonly string[]
}

export interface User extends Omit<UserRow, 'proof'> {
  proof: Proof
}

export function userOf({ proof, ...row }: UserRow): User {
  const given: unknown = JSON.parse(proof)
  const read = (key: string): unknown =>
    typeof given === 'object' && given !== null ? Reflect.get(given, key) : undefined
  const factor = read('factor')
  const recovery = read('recovery')
  return {
    ...row,
    proof: {
      password: String(read('password') ?? ''),
      given: read('given') === true,
      factor:
        typeof factor === 'object' && factor !== null
          ? {
              secret: String(Reflect.get(factor, 'secret')),
              last: Number(Reflect.get(factor, 'last')),
            }
          : null,
      recovery: Array.isArray(recovery) ? recovery.filter((one) => typeof one === 'string') : [],
    },
  }
}

export function rowOf({ proof, ...user }: User): UserRow {
  return { ...user, proof: JSON.stringify(proof) }
}

/** A name as it is kept: without what cannot be seen; null for what is none. */
export function cleanName(text: string): string | null {
  const name = text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  if (name === '' || Array.from(name).length > NAME || /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u.test(name)) return null
  return name
}

/** What names are compared by: capitals, widths and accents written in two ways make no other person. */
export function keyOfName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim().slice(0, 190)
}
