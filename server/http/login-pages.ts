/** The pages of signing in: the choice of ways, forms, who is signed in and where; and the way out (docs/SPEC-access.md). */
import express, { Router } from 'express'
import type { Request } from 'express'
import { cleanNext } from '../access/login-state.ts'
import type { Sessions } from '../access/sessions.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { Bucket } from '../sync/limits.ts'
import { originAllowed } from '../sync/origin.ts'
import { languageOf } from './language.ts'
import type { LoginDesk, Registered } from './login-desk.ts'
import { accountPage, outPage } from './login-account.ts'
import { sendChoice, wayOfItsOwn, ways } from './login-choice.ts'
import { enterRoutes } from './login-enter.ts'
import { fieldOf } from './login-forms.ts'
import { handedPage, isInFrame } from './login-frame.ts'
import { LOGIN_SCRIPT } from './login-script.ts'
import { sendPlain } from './login-send.ts'
import { tokenRoutes } from './login-token.ts'
import { originRules } from './tickets.ts'

export interface LoginPageParts {
  settings: Settings
  log: Log
  desk: LoginDesk
  sessions: Sessions
  audit: Pick<Audit, 'record'>
  ownAccounts: Pick<AccountRoom, 'provider'> | null
}

/** Bytes of a form. */
const FORM_LIMIT = 16 * 1024
/** Ways to a provider a second and at once, of everybody: each may ask it something. */
const BEGIN = { rate: 20, burst: 200 }

/** `login`, `login/PLUGIN/ID` and `logout`. */
export function loginRoutes(parts: LoginPageParts): Router {
  const { settings, desk } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(settings)
  const begins = new Bucket(BEGIN.rate, BEGIN.burst, Date.now())
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT })
  const json = express.json({ limit: FORM_LIMIT })

  function ownPagesOnly(request: Request): void {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'This is open to our own pages only.')
  }

  function named({ plugin, id }: { plugin: string; id: string }): Registered {
    const which = desk.get(`${plugin}/${id}`)
    if (which === undefined) throw new AppError('notFound', 'There is no such way to sign in here.')
    return which
  }

  router.use(tokenRoutes({ ...parts, mayAsk: () => begins.take(1, Date.now()), ownPagesOnly }))

  router.get('/login.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', `public, max-age=${settings.maxAge}`)
    response.send(LOGIN_SCRIPT)
  })

  router.get('/login', async (request, response) => {
    const next = cleanNext(request.query['next'])
    const note = fieldOf(request.query, 'popup')
    const frame = await desk.frameOf(note)
    const held = await desk.holder(request)
    if (held !== null) {
      if (frame !== '') await desk.handOver(request, response, held.session.hash, frame)
      else if (next !== '') response.status(303).set({ Location: next, 'Cache-Control': 'no-store' }).end()
      else
        sendPlain(
          settings,
          request,
          response,
          200,
          await accountPage(
            parts.sessions,
            request,
            held,
            held.account.provider === parts.ownAccounts?.provider && !isInFrame(request),
          ),
        )
      return
    }
    const working = await ways(desk, parts.log)
    const tried = request.query['tried'] === '1'
    const to = wayOfItsOwn(
      working,
      { next, note, tried },
      settings.requireAuthentication && !isInFrame(request),
    )
    if (to === null) return sendChoice(parts, request, response, { working, next, note, tried })
    // Who cannot come back with it is not sent: see `begin`.
    if (note === '') await desk.popup(request, response)
    response.status(303).set({ Location: to, 'Cache-Control': 'no-store' }).end()
  })

  router.get('/login/handed', (request, response) => {
    sendPlain(settings, request, response, 200, handedPage(languageOf(request, null)), true)
  })

  router.post('/login/handed', form, async (request, response) => {
    ownPagesOnly(request)
    const body: unknown = request.body
    await desk.redeem(request, response, fieldOf(body, 'code'), fieldOf(body, 'next'))
  })

  router.get('/login/:plugin/:id', async (request, response) => {
    if (!begins.take(1, Date.now()))
      throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
    await desk.begin(request, response, named(request.params), {
      next: fieldOf(request.query, 'next'),
      frame: await desk.frameOf(request.query['popup']),
      silent: request.query['silent'] === '1',
    })
  })

  router.use(enterRoutes({ ...parts, ownPagesOnly, named }))

  router.post('/logout', form, json, async (request, response) => {
    ownPagesOnly(request)
    const body: unknown = request.body
    const other = fieldOf(body, 'session')
    if (other !== '') {
      await desk.endOther(request, other)
      response.status(303).set({ Location: 'login', 'Cache-Control': 'no-store' }).end()
      return
    }
    const to = await desk.signOut(request, response, fieldOf(body, 'everywhere') !== '')
    response.set('Cache-Control', 'no-store')
    if (request.is('application/json') !== false) response.json({ to })
    else sendPlain(settings, request, response, 200, outPage(request, to))
  })
  return router
}
