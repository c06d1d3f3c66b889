/** Deleting a pad: by its owner, by whoever holds its token, by everybody where that is allowed (SPEC-pads P30 to P33). */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { allows } from '../../shared/access.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { Bucket } from '../sync/limits.ts'
import type { Speaker, Sync } from '../sync/types.ts'
import { padOf } from './following.ts'
import type { Following } from './following.ts'

interface DeletionParts {
  store: Pick<Store, 'padValues' | 'savePadValue'>
  sync: Pick<Sync, 'listen' | 'remove'>
  following: Following
  log: Log
  audit: Pick<Audit, 'record'>
  /** The setting `allowPadDeletionByAllUsers`. */
  byEverybody: boolean
}

const NAME = 'deletion'
const TOKEN = /^d\.[\w-]{32}$/
/** Tries a second and at once: of one connection, of all people in a pad. */
const RATES = { connection: { rate: 0.5, burst: 5 }, pad: { rate: 1, burst: 30 } }

/** A new token: `d.` and 192 random bits. */
export function newDeletionToken(): string {
  return `d.${randomBytes(24).toString('base64url')}`
}

/** What is kept of a token: its SHA-256 in hex. */
export function hashDeletionToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Is this the token with that hash? In the same time whatever is wrong with it. */
export function isDeletionToken(token: string, hash: string): boolean {
  const given = Buffer.from(hashDeletionToken(token))
  const kept = Buffer.from(hash)
  return given.length === kept.length && timingSafeEqual(given, kept)
}

/** Deletes a pad with all that belongs to it. False when there was none. */
export async function removePad(sync: Pick<Sync, 'remove'>, pad: string): Promise<boolean> {
  const text = await sync.remove(`p/${pad}`)
  const board = await sync.remove(`b/${pad}`)
  return text || board
}

/** Begins to serve deletions; the answer ends it. */
export function createDeletion(parts: DeletionParts): () => void {
  const { store, sync, following, log, audit, byEverybody } = parts
  const connections = new WeakMap<object, Bucket>()
  const pads = new Map<string, Bucket>()

  function mayTry(from: Speaker): boolean {
    const now = performance.now()
    const pad = padOf(from.document)
    const own = connections.get(from.connection) ?? newBucket(RATES.connection, now)
    const all = pads.get(pad) ?? newBucket(RATES.pad, now)
    connections.set(from.connection, own)
    pads.set(pad, all)
    return own.take(1, now) && all.take(1, now)
  }

  async function makeToken(from: Speaker): Promise<void> {
    const refuse = (why: string): void => from.tell({ type: 'refused', what: 'deletionToken', why })
    if (from.level !== 'own') refuse('notOwner')
    else if (!mayTry(from)) refuse('tooFast')
    else {
      const token = newDeletionToken()
      const value = { name: NAME, value: hashDeletionToken(token), time: Date.now() }
      try {
        if (await store.savePadValue(`p/${padOf(from.document)}`, value, false))
          from.tell({ type: 'deletionToken', token })
        else refuse('gone')
      } catch (error) {
        log.warn('a token for a deletion is not kept', { error: String(error) })
        refuse('later')
      }
    }
  }

  async function deletePad(from: Speaker, token: string | null): Promise<void> {
    const refuse = (why: string): void => from.tell({ type: 'refused', what: 'padDelete', why })
    const pad = padOf(from.document)
    if (!mayTry(from)) {
      refuse('tooFast')
      return
    }
    try {
      if (!mayDelete(from) && !(await holds(pad, token))) {
        refuse(token === null ? 'notOwner' : 'badToken')
        return
      }
      log.info('a pad is deleted', { pad, by: from.person.author, token: token !== null })
      await removePad(sync, pad)
      const { author, name } = from.person
      audit.record({ kind: 'delete', who: name, id: author, target: pad, facts: { token: token !== null } })
    } catch (error) {
      log.warn('a pad could not be deleted', { pad, error: String(error) })
      refuse('later')
    }
  }

  function mayDelete(from: Speaker): boolean {
    return from.level === 'own' || (byEverybody && allows(from.level, 'write'))
  }

  async function holds(pad: string, token: string | null): Promise<boolean> {
    if (token === null || !TOKEN.test(token)) return false
    const hash = (await store.padValues(`p/${pad}`)).find(({ name }) => name === NAME)?.value
    return hash !== undefined && isDeletionToken(token, hash)
  }

  const offs = [
    sync.listen({
      heard(from, event) {
        if (event.type === 'deletionToken') void makeToken(from)
        else if (event.type === 'padDelete') void deletePad(from, event.token)
      },
    }),
    following.listen({ closed: (pad) => void pads.delete(pad) }),
  ]
  return () => offs.forEach((off) => off())
}

function newBucket({ rate, burst }: { rate: number; burst: number }, now: number): Bucket {
  return new Bucket(rate, burst, now)
}
