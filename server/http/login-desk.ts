/**
 * Where people sign in: the providers there are, and what is done for them: notes that go along, sessions, cookies, the
 * way on (docs/SPEC-access.md). Plugins get {@link LoginDesk.add}; `login-pages.ts` has the pages.
 */
import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { EndedLogin, Login, LoginIdentity, LoginProvider } from '../../shared/plugin/login.ts'
import { cookieLine, forgetCookies, tokensIn, valuesIn } from '../access/cookies.ts'
import { createHandOvers, frameKey } from '../access/hand-over.ts'
import { checkIdentity, factsOf, keyOf } from '../access/login-facts.ts'
import type { CheckedIdentity } from '../access/login-facts.ts'
import { cleanNext, createStates, outdated, STATE_LIFETIME } from '../access/login-state.ts'
import type { Held } from '../access/sessions.ts'
import { hashToken } from '../access/tokens.ts'
import { AppError } from '../errors.ts'
import type { WhichSessions } from '../store/login-store.ts'
import { rawPath, wayUp } from './canonical.ts'
import { frameOf } from './guests.ts'
import { languageOf } from './language.ts'
import type { LoginDesk, LoginDeskParts, Registered, Way } from './login-types.ts'
import { byWhom, choiceOf, hasButton, isAddress } from './login-ways.ts'

/** Ms after which a provider that went is gone: a plugin that is replaced comes back at once. */
const GONE_AFTER = 1000
const PROVIDER = /^[a-z][a-z0-9-]{0,30}$/
const BINDING = /^[\w-]{22}$/
const BROWSER = 200

export type { LoginDesk, Registered } from './login-types.ts'
export { choiceOf } from './login-ways.ts'

export function createLoginDesk(parts: LoginDeskParts): LoginDesk {
  const { settings, log, people, sessions, logins, audit } = parts
  const providers = new Map<string, Registered>()
  const states = createStates(parts.key, parts.now)
  const handOvers = createHandOvers(parts.key, parts.now)
  const { prefix } = settings.cookie

  function goTo(request: Request, response: Response, to: string): void {
    const up = wayUp(rawPath(request.originalUrl))
    const location = /^https?:\/\//i.test(to) ? to : `${up}${to}` || './'
    response.status(303).set({ Location: location, 'Cache-Control': 'no-store' }).end()
  }

  /** What ties a note to this browser; a new one when it has none. */
  function binding(request: Request, response: Response): string {
    const [own] = bindingsIn(request)
    if (own !== undefined) return own
    const value = randomBytes(16).toString('base64url')
    const frame = frameOf(request, settings.publicURL, prefix)
    // The way back from a provider is a navigation from another site, which Strict would not carry.
    response.append(
      'Set-Cookie',
      cookieLine('login-state', value, { prefix, sameSite: 'Lax' }, frame, STATE_LIFETIME * 6),
    )
    return value
  }

  function bindingsIn(request: Request): readonly string[] {
    return valuesIn(request.headers.cookie, prefix, 'login-state').filter((value) => BINDING.test(value))
  }

  /** Ends the sessions whose secrets this browser sends. */
  async function endOwn(request: Request): Promise<Held | null> {
    const held = await sessions.holder({ ...cookieOf(request) })
    if (held !== null) await end({ hash: held.session.hash })
    return held
  }

  async function end(which: WhichSessions): Promise<number> {
    const { ended, authors } = await sessions.end(which)
    for (const author of authors) parts.signedOut(author)
    return ended
  }

  async function guestOf(request: Request) {
    for (const ticket of tokensIn(request.headers.cookie, prefix)) {
      const person = await people.identify({ ticket })
      if (person !== null) return person
    }
    return null
  }

  function checked(which: Registered, who: LoginIdentity): CheckedIdentity {
    try {
      return checkIdentity(who)
    } catch (error) {
      log.warn('a sign-in was refused for what the provider said', {
        provider: which.id,
        error: error instanceof Error ? error.message : String(error),
      })
      throw new AppError('forbidden', 'Your provider said something of you that we cannot take.', {
        cause: error,
      })
    }
  }

  async function signIn(
    request: Request,
    response: Response,
    which: Registered,
    given: LoginIdentity,
    { next, frame: into }: Way,
  ): Promise<void> {
    const who = checked(which, given)
    const guest = await guestOf(request)
    await endOwn(request)
    const browser = (request.get('User-Agent') ?? '').slice(0, BROWSER)
    const { account, secret } = await logins.signIn(which.id, who, guest, browser)
    keepSession(request, response, secret)
    if (guest?.author === account.author)
      for (const line of forgetCookies(
        'token',
        settings.cookie,
        frameOf(request, settings.publicURL, prefix),
      ))
        response.append('Set-Cookie', line)
    log.info('signed in', { provider: which.id, author: account.author })
    audit.record({ kind: 'login', ...byWhom(account, factsOf(account)), request })
    if (into === '') goTo(request, response, next)
    else await handOver(request, response, hashToken(secret), into)
  }

  function keepSession(request: Request, response: Response, secret: string): void {
    const { sessionLifetime } = settings.cookie
    const lifetime = sessionLifetime === 0 ? null : sessionLifetime
    const frame = frameOf(request, settings.publicURL, prefix)
    response.append('Set-Cookie', cookieLine('login', secret, settings.cookie, frame, lifetime))
  }

  async function handOver(
    request: Request,
    response: Response,
    session: string,
    frame: string,
  ): Promise<void> {
    // Behind the #, where no log of a proxy sees it.
    goTo(request, response, `login/handed#${await handOvers.give(frame, session)}`)
  }

  async function redeem(request: Request, response: Response, code: string, next: string): Promise<void> {
    // In a frame of the same site the pop-up's session is the frame's too.
    if ((await sessions.holder(cookieOf(request))) === null) {
      const session = await handOvers.take(code, bindingsIn(request))
      const own = await sessions.another(session)
      if (own === null) throw outdated('the session it is about has ended')
      keepSession(request, response, own.secret)
      log.info('signed in a frame', { provider: own.account.provider, author: own.account.author })
      const facts = { provider: own.account.provider, frame: true }
      audit.record({ kind: 'login', ...byWhom(own.account, factsOf(own.account)), request, facts })
    }
    goTo(request, response, cleanNext(next))
  }

  async function wayOut({ account, session, facts }: Held): Promise<string | null> {
    const which = providers.get(account.provider)
    const { provider } = which ?? {}
    if (which === undefined || provider?.logout === undefined) return null
    const ended: EndedLogin = { subject: facts.subject, keep: keptIn(session.about) }
    try {
      return await which.ask(() => provider.logout?.(ended) ?? null)
    } catch {
      // Signed out here all the same.
      return null
    }
  }

  async function signOut(request: Request, response: Response, everywhere: boolean): Promise<string | null> {
    const held = await endOwn(request)
    for (const line of forgetCookies('login', settings.cookie, frameOf(request, settings.publicURL, prefix)))
      response.append('Set-Cookie', line)
    if (held === null) return null
    if (everywhere) await end({ account: held.account.id })
    log.info('signed out', { provider: held.account.provider, author: held.account.author, everywhere })
    const facts = { provider: held.account.provider, everywhere }
    audit.record({ kind: 'logout', ...byWhom(held.account, held.facts), request, facts })
    return wayOut(held)
  }

  function remove(which: Registered): void {
    if (providers.get(which.id) === which) providers.delete(which.id)
    setTimeout(() => {
      if (providers.has(which.id)) return
      for (const author of parts.authorsHere())
        leave(author, which.id).catch((error: unknown) =>
          log.warn('it is unknown who somebody is now', { error: String(error) }),
        )
    }, GONE_AFTER).unref()
  }

  /** Whoever is signed in by a provider that is gone is a guest now. */
  async function leave(author: string, provider: string): Promise<void> {
    if ((await sessions.providerOf(author)) === provider) parts.signedOut(author)
  }

  function add(plugin: string, provider: LoginProvider, ask: Registered['ask']): Login {
    const id = `${plugin}/${provider.id}`
    if (!PROVIDER.test(provider.id) || providers.has(id))
      throw new RangeError(`there cannot be a login provider ${id}, or there is one already`)
    const which: Registered = { id, provider, ask }
    providers.set(id, which)
    const read = (request: Request, state: string) => states.read(state, id, bindingsIn(request)[0] ?? null)
    return {
      off: () => remove(which),
      async returned(request, state) {
        return { secret: (await read(request, state)).secret }
      },
      async signIn(request, response, who, how) {
        if ('next' in how)
          return signIn(request, response, which, who, { next: cleanNext(how.next), frame: '' })
        const { next, frame } = await read(request, how.state)
        states.use(how.state)
        await signIn(request, response, which, who, { next, frame })
      },
      async declined(request, response, state) {
        const { next, frame } = await read(request, state)
        goTo(request, response, choiceOf(next, true, frame === '' ? '' : await handOvers.note(frame)))
      },
      async signOut(request, response) {
        goTo(request, response, (await signOut(request, response, false)) ?? '')
      },
      async end(what) {
        const key = 'subject' in what ? keyOf(id, what.subject) : keyOf(id, what.sid)
        const ended = await end('subject' in what ? { account: key } : { sid: key })
        if (ended > 0) {
          log.info('sessions were ended by their provider', { provider: id, ended })
          audit.record({ kind: 'logout', facts: { provider: id, ended, byProvider: true } })
        }
        return ended
      },
    }
  }

  return {
    add,
    list: () => [...providers.values()],
    get: (id) => providers.get(id),
    users: () => providers.get(parts.users),
    async once(which, given) {
      const { author } = await logins.once(which.id, checked(which, given))
      return (await people.people([author]))[0] ?? null
    },
    holder: ({ headers: { cookie } }) => sessions.holder(cookie === undefined ? {} : { cookie }),
    async page(request) {
      const held = await sessions.holder(cookieOf(request))
      return {
        as: held === null ? null : { name: held.facts.name },
        can: [...providers.values()].some(hasButton),
      }
    },
    async begin(request, response, which, { next: wish, frame, silent }) {
      const next = cleanNext(wish)
      if (silent && bindingsIn(request).length === 0) return goTo(request, response, choiceOf(next, true))
      const note = await states.make({ provider: which.id, next, frame }, binding(request, response))
      const { provider } = which
      const to = await which.ask(() => {
        if (provider.begin === undefined) throw new RangeError('the provider has no beginning')
        return provider.begin({ ...note, silent, language: languageOf(request, null), request })
      })
      if (!isAddress(to))
        throw new AppError('internal', 'The fault is ours. It has been noted; trying again may help.')
      goTo(request, response, to)
    },
    signIn: (request, response, which, who, { next, frame }) =>
      signIn(request, response, which, who, { next: cleanNext(next), frame }),
    popup: (request, response) => handOvers.note(frameKey(binding(request, response))),
    frameOf: async (note) => (typeof note === 'string' && note !== '' ? handOvers.frameOf(note) : ''),
    handOver,
    redeem,
    signOut,
    async endOther(request, hash) {
      const held = await sessions.holder(cookieOf(request))
      if (held === null) return false
      const theirs = (await sessions.of(held.account.id)).some((row) => row.hash === hash)
      if (theirs) {
        await end({ hash })
        const facts = { provider: held.account.provider, other: true }
        audit.record({ kind: 'logout', ...byWhom(held.account, held.facts), request, facts })
      }
      return theirs
    },
  }
}

function cookieOf({ headers: { cookie } }: Request): { cookie?: string } {
  return cookie === undefined ? {} : { cookie }
}

function keptIn(about: string): unknown {
  const value: unknown = JSON.parse(about)
  return typeof value === 'object' && value !== null ? (Reflect.get(value, 'keep') ?? null) : null
}
