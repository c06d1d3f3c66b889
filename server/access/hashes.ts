/** Passwords of the settings file that stand there as hashes, as Etherpad's `ep_hash_auth` wrote them (SPEC-access L42). */
import { AppError } from '../errors.ts'
import { startWorker } from '../store/start-worker.ts'

/** bcrypt's form: `$2b$10$` and 53 letters. A cost above 14 would take seconds and is refused. */
const BCRYPT = /^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/
/** Comparisons that may wait for the one that runs. */
const WAITING = 20
/** Ms one may take. */
const WITHIN = 10_000

/** Is it a hash we can compare with? */
export function isHash(text: string): boolean {
  return BCRYPT.test(text)
}

/** Compares a password with a hash. @throws AppError `tooFast` when too many wait */
export type CompareHash = (password: string, hash: string) => Promise<boolean>

/** One comparison after another, each on a thread of its own, so that people who write do not notice. */
export function createHashes(): CompareHash {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (password, hash) => {
    if (waiting > WAITING)
      throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
    waiting++
    const mine = last.then(() => compared(password, hash))
    last = mine.catch(() => null)
    try {
      return await mine
    } finally {
      waiting--
    }
  }
}

async function compared(password: string, hash: string): Promise<boolean> {
  const worker = startWorker(import.meta.url, 'hash-worker', { password, hash })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<boolean>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('a hash took too long')), WITHIN)
      worker.once('message', (same: unknown) => resolve(same === true))
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the thread that compares hashes ended')))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
