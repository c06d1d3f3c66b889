/**
 * People who arrive with a token in a pad's address (SPEC-access L60 to L63): `?jwt=` is taken out of the address by us,
 * `#jwt=` by the page's first script, which sends it as a form.
 */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { LoginIdentity } from '../../shared/plugin/login.ts'
import { cleanNext } from '../access/login-state.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { rawPath, rawQuery, wayUp } from './canonical.ts'
import { fieldOf } from './login-forms.ts'
import type { LoginDesk, Registered } from './login-types.ts'

export interface LoginTokenParts {
  desk: LoginDesk
  log: Log
  /** Whether one more may be looked at just now. */
  mayAsk: () => boolean
  /** @throws AppError `forbidden` for pages of other sites */
  ownPagesOnly: (request: Request) => void
}

/** Characters of a token. */
const LONGEST = 8000
const FORM_LIMIT = 16 * 1024

export function tokenRoutes(parts: LoginTokenParts): Router {
  const { desk } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT })

  /** Signs in by a token for the pad that `next` leads to; goes on to there in any case. */
  async function take(request: Request, response: Response, token: string, next: string): Promise<void> {
    const found = await whose(parts, request, token, padOf(next))
    if (found !== null) return desk.signIn(request, response, found.which, found.who, { next, frame: '' })
    const location = `${wayUp(rawPath(request.originalUrl))}${next}` || './'
    response.status(303).set({ Location: location, 'Cache-Control': 'no-store' }).end()
  }

  router.get(['/p/:pad', '/p/:pad/board'], async (request, response, next) => {
    if (request.query['jwt'] === undefined) return next()
    const page = rawPath(request.originalUrl).slice(1) + withoutToken(rawQuery(request.originalUrl))
    await take(request, response, fieldOf(request.query, 'jwt'), cleanNext(page))
  })

  router.post('/login/token', form, async (request, response) => {
    parts.ownPagesOnly(request)
    const body: unknown = request.body
    await take(request, response, fieldOf(body, 'token'), cleanNext(fieldOf(body, 'next')))
  })
  return router
}

interface Found {
  which: Registered
  who: LoginIdentity
}

/** Whose token it is. Nobody's where somebody is signed in by another way: a link must not make them another person. */
async function whose(
  { desk, log, mayAsk }: LoginTokenParts,
  request: Request,
  token: string,
  pad: string,
): Promise<Found | null> {
  const takers = desk.list().filter(({ provider }) => provider.token !== undefined)
  if (takers.length === 0 || token === '' || token.length > LONGEST || pad === '') return null
  const held = await desk.holder(request)
  if (held !== null && !takers.some(({ id }) => id === held.account.provider)) return null
  if (!mayAsk()) throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
  for (const which of takers) {
    const who = await which.ask(() => which.provider.token?.enter(token, pad) ?? null)
    if (who !== null) return { which, who }
  }
  log.warn('a token to sign in with was refused', { pad })
  return null
}

/** The pad that a path below our root leads to; '' for none. */
function padOf(next: string): string {
  const name = /^p\/([^/?]+)/.exec(next)?.[1]
  return name === undefined ? '' : decodeURIComponent(name)
}

function withoutToken(query: string): string {
  const rest = query
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !new URLSearchParams(part).has('jwt'))
  return rest.length === 0 ? '' : `?${rest.join('&')}`
}
