/**
 * The signed note that goes along to a provider and comes back with the person: for which provider, on to which page,
 * until when, and of which browser (SPEC-access L10 to L13). Nothing is kept on the server but which notes were used.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors.ts'

/** Ms a sign-in may take. */
export const STATE_LIFETIME = 10 * 60_000
/** Used notes remembered until they are too old anyway. */
const MOST_USED = 10_000
/** Characters of a path to go on to. */
const NEXT = 1000

export interface StateContent {
  provider: string
  /** A path below our root, clean (see {@link cleanNext}). */
  next: string
  /** The frame a pop-up signs in for (`hand-over.ts`); '' for none. */
  frame: string
}

export interface LoginStates {
  /** A note for the browser with this binding. */
  make(content: StateContent, binding: string): Promise<{ state: string; secret: string }>
  /** What a note says, for the browser it was made for. @throws AppError `badRequest` */
  read(state: string, provider: string, binding: string | null): Promise<StateContent & { secret: string }>
  /** A note is good once. @throws AppError `badRequest` */
  use(state: string): void
}

/** @param key the installation's; notes of any of its servers are read by all */
export function createStates(key: () => Promise<string>, now: () => number = Date.now): LoginStates {
  const used = new Map<string, number>()

  const sign = async (kind: string, content: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`${kind}.${content}`)
      .digest('base64url')

  return {
    async make({ provider, next, frame }, binding) {
      const random = randomBytes(12).toString('base64url')
      const content = Buffer.from(
        JSON.stringify({
          p: provider,
          n: next,
          e: now() + STATE_LIFETIME,
          r: random,
          ...(frame === '' ? {} : { f: frame }),
        }),
      ).toString('base64url')
      const state = `${content}.${await sign('state', `${content}.${binding}`)}`
      return { state, secret: await sign('secret', state) }
    },
    async read(state, provider, binding) {
      const [content = '', signature = ''] = state.length > 4000 ? [] : state.split('.')
      if (binding === null || !same(signature, await sign('state', `${content}.${binding}`)))
        throw outdated('it was begun in another browser, or its cookie is gone')
      const { p, n, e, f } = JSON.parse(Buffer.from(content, 'base64url').toString()) as Record<
        string,
        unknown
      >
      if (p !== provider || typeof n !== 'string' || !(Number(e) > now()) || used.has(state))
        throw outdated('it is too old, or was used already')
      return { provider, next: n, frame: typeof f === 'string' ? f : '', secret: await sign('secret', state) }
    },
    use(state) {
      if (used.has(state)) throw outdated('it was used already')
      used.set(state, now() + STATE_LIFETIME)
      for (const [oldest, until] of used) {
        if (until > now() && used.size <= MOST_USED) break
        used.delete(oldest)
      }
    },
  }
}

/** What cannot be finished any more, whatever the cause. */
export function outdated(cause: string): AppError {
  return new AppError('badRequest', 'This sign-in can no longer be finished; please begin it again.', {
    cause,
  })
}

function same(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(two)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * A path to go on to, relative to our root: '' for the start page and for everything that could lead elsewhere (another
 * host, a scheme, a backslash, dot segments, control characters).
 */
export function cleanNext(wish: unknown): string {
  if (typeof wish !== 'string' || wish.length > NEXT) return ''
  if (wish === 'admin/' || wish === 'my-pads') return wish
  const fits = /^p\/[^/?#\\\s\p{Cc}]+(\/[^/?#\\\s\p{Cc}]+)*(\?[^#\\\s\p{Cc}]*)?$/u.test(wish)
  if (!fits) return ''
  try {
    const path = wish.split('?')[0] ?? ''
    const plain = decodeURIComponent(path)
    return plain.split('/').some((part) => part === '.' || part === '..' || part === '') ||
      /[\\\p{Cc}]/u.test(plain)
      ? ''
      : wish
  } catch {
    return ''
  }
}
