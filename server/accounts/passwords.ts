/** Passwords of accounts of our own: what is a good one, and what is kept of it (SPEC-access AC10 to AC13). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors.ts'
import { isCommon } from './common.ts'

/** Characters a password has at least and at most. */
export const LEAST = 10
const MOST = 1000
/** The work of one hash: about 32 MB, and a good tenth of a second of a core, beside the server's own thread. */
export const WORK: Work = { ln: 15, r: 8, p: 3 }
const BYTES = 32
/** Hashes at once, and those that may wait for their turn. */
const AT_ONCE = 2
const WAITING = 40

interface Work {
  /** Binary logarithm of N. */
  ln: number
  r: number
  p: number
}

const FORM =
  /^\$scrypt\$ln=(1[0-8]),r=([1-9]|1\d|2[0-4]),p=([1-9]|1[0-6])\$([\w+/]{22,44}={0,2})\$([\w+/]{43}=)$/

/** The same letters however they were typed (NFKC, as SASLprep has it). */
const typed = (password: string): string => password.normalize('NFKC')

/** Says what is wrong with a new password. @throws AppError `badRequest` */
export function checkNew(password: string, name: string): void {
  const letters = Array.from(typed(password))
  if (letters.length < LEAST) throw new AppError('badRequest', 'A password has at least 10 characters.')
  if (password.length > MOST) throw new AppError('badRequest', 'A password has at most 1000 characters.')
  if (isCommon(letters.join(''), name))
    throw new AppError(
      'badRequest',
      'Others use this password too, or it is easy to guess; please think of another.',
    )
}

/** Hashes and compares, a few at once, so that people who write do not notice. */
export interface PasswordHashes {
  /** What is kept of a password. @throws AppError `tooFast` when too many wait */
  make(password: string): Promise<string>
  /**
   * Is this the password? The work is the same where there is no account (null). `outdated`: it should be hashed anew, with
   * more work.
   */
  check(password: string, kept: string | null): Promise<{ right: boolean; outdated: boolean }>
}

export function createPasswordHashes(work: Work = WORK): PasswordHashes {
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn<T>(job: () => Promise<T>): Promise<T> {
    if (waiting.length >= WAITING)
      throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await job()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }

  const nobody = { work, salt: randomBytes(16), hash: Buffer.alloc(BYTES) }

  return {
    async make(password) {
      const salt = randomBytes(16)
      const hash = await inTurn(() => derive(password, salt, work))
      return `$scrypt$ln=${work.ln},r=${work.r},p=${work.p}$${salt.toString('base64')}$${hash.toString('base64')}`
    },
    async check(password, kept) {
      const own = kept === null ? null : parse(kept)
      const { work: asked, salt, hash } = own ?? nobody
      const given = await inTurn(() => derive(password, salt, asked))
      const right = timingSafeEqual(given, hash) && own !== null
      return { right, outdated: right && !atLeast(asked, work) }
    },
  }
}

function atLeast(one: Work, other: Work): boolean {
  return one.ln >= other.ln && one.r >= other.r && one.p >= other.p
}

function parse(kept: string): { work: Work; salt: Buffer; hash: Buffer } | null {
  const [, ln, r, p, salt = '', hash = ''] = FORM.exec(kept) ?? []
  if (ln === undefined) return null
  return {
    work: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** On a thread of node's own. */
function derive(password: string, salt: Buffer, { ln, r, p }: Work): Promise<Buffer> {
  const N = 2 ** ln
  return new Promise((resolve, reject) => {
    scrypt(typed(password), salt, BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
