/** `account/new`: somebody makes an account for themselves, where the settings let everybody (SPEC-access AC34). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanNext } from '../access/login-state.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { Bucket } from '../sync/limits.ts'
import { accountForm, wayTo } from './account-parts.ts'
import { rawPath, wayUp } from './canonical.ts'
import { asAppError } from './errors.ts'
import { createRate } from './export-rate.ts'
import { languageOf } from './language.ts'
import { fieldOf, VALUE_LIMIT } from './login-forms.ts'
import { sendPlain } from './login-send.ts'
import type { LoginDesk } from './login-types.ts'
import { say } from './words.ts'

interface SignUpParts {
  settings: Settings
  desk: LoginDesk
  audit: Pick<Audit, 'record'>
  room: AccountRoom
  /** @throws AppError `forbidden` for pages of other sites */
  ownPagesOnly: (request: Request) => void
}

const FORM_LIMIT = 16 * 1024
/** New accounts of everybody a second and at once, and of one public address in an hour. */
const ALL = { rate: 0.1, burst: 30 }
const ADDRESS = { windowMs: 3_600_000, max: 10 }

export function signUpRoutes({ settings, desk, audit, room, ownPagesOnly }: SignUpParts): Router {
  const router = Router({ strict: true, caseSensitive: true })
  if (!settings.accounts.signUp) return router
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const all = new Bucket(ALL.rate, ALL.burst, Date.now())
  const addresses = createRate(ADDRESS)

  function limited(request: Request, response: Response): void {
    const wait = addresses.take(countedAddress(request, trusts))
    if (wait > 0) response.set('Retry-After', String(Math.ceil(wait / 1000)))
    if (wait > 0 || !all.take(1, Date.now()))
      throw new AppError('tooFast', 'Too many new accounts lately; please try again later.')
  }

  function send(
    request: Request,
    response: Response,
    { name, next, popup, wrong }: { name: string; next: string; popup: string; wrong: AppError | null },
  ): void {
    const lang = languageOf(request, null)
    const up = wayUp(rawPath(request.originalUrl))
    const query = new URLSearchParams(Object.entries({ next, popup }).filter(([, value]) => value !== ''))
    sendPlain(
      settings,
      request,
      response,
      wrong?.status ?? 200,
      {
        heading: say(lang, 'account.make'),
        message: say(lang, 'account.makeAbout'),
        more: [
          accountForm(lang, {
            action: `${up}account/new`,
            fields: [
              { name: 'name', label: 'login.name', kind: 'name', value: name, first: true },
              { name: 'new', label: 'login.password', kind: 'new' },
              { name: 'again', label: 'account.passwordAgain', kind: 'new' },
            ],
            hidden: { next, popup },
            button: 'account.makeNow',
            wrong,
          }),
          wayTo(lang, `${up}login${query.size === 0 ? '' : `?${query.toString()}`}`, 'account.have'),
        ].join('\n'),
      },
      popup !== '',
    )
  }

  router.get('/account/new', async (request, response) => {
    const popup = fieldOf(request.query, 'popup')
    await desk.frameOf(popup)
    send(request, response, { name: '', next: cleanNext(request.query['next']), popup, wrong: null })
  })

  router.post(
    '/account/new',
    express.urlencoded({ extended: false, limit: FORM_LIMIT }),
    async (request, response) => {
      ownPagesOnly(request)
      const body: unknown = request.body
      const values = (field: string): string => fieldOf(body, field).slice(0, VALUE_LIMIT)
      const [name, next, popup] = [values('name'), cleanNext(fieldOf(body, 'next')), fieldOf(body, 'popup')]
      const frame = await desk.frameOf(popup)
      try {
        if (values('new') !== values('again'))
          throw new AppError('badRequest', 'The two new passwords are not the same.')
        limited(request, response)
        const user = await room.add(name, values('new'), { given: false, admin: false, own: true })
        audit.record({
          kind: 'account',
          who: user.name,
          request,
          target: user.name,
          facts: { did: 'signed up' },
        })
        const which = desk.get(room.provider)
        if (which === undefined) throw new AppError('notFound', 'There is no such way to sign in here.')
        await desk.signIn(request, response, which, await room.identity(user), { next, frame })
      } catch (error) {
        const known = asAppError(error)
        if (known.status >= 500 || response.headersSent) throw error
        send(request, response, { name, next, popup, wrong: known })
      }
    },
  )
  return router
}
