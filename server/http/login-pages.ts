/** The pages of signing in: the choice of ways, forms, who is signed in and where; and the way out (docs/SPEC-access.md). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { LoginForm } from '../../shared/plugin/login.ts'
import { createTries } from '../admin/tries.ts'
import { cleanNext } from '../access/login-state.ts'
import type { Sessions } from '../access/sessions.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { Bucket } from '../sync/limits.ts'
import { originAllowed } from '../sync/origin.ts'
import { rawPath, wayUp } from './canonical.ts'
import { asAppError } from './errors.ts'
import { escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import type { LoginDesk, Registered } from './login-desk.ts'
import { accountPage, outPage } from './login-account.ts'
import { fieldOf, formOf, VALUE_LIMIT, wordsIn } from './login-forms.ts'
import type { WrongTry } from './login-forms.ts'
import { framePart, handedPage, isInFrame } from './login-frame.ts'
import { LOGIN_SCRIPT } from './login-script.ts'
import { sendPlain } from './login-send.ts'
import { tokenRoutes } from './login-token.ts'
import { hasButton } from './login-ways.ts'
import { originRules } from './tickets.ts'
import { say } from './words.ts'

export interface LoginPageParts {
  settings: Settings
  log: Log
  desk: LoginDesk
  sessions: Sessions
  audit: Pick<Audit, 'record'>
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
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const tries = createTries()
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
      else sendPlain(settings, request, response, 200, await accountPage(parts.sessions, request, held))
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

  router.post('/login/:plugin/:id', form, async (request, response) => {
    ownPagesOnly(request)
    const which = named(request.params)
    const { form: asked } = which.provider
    if (asked === undefined) throw new AppError('notFound', 'There is no such way to sign in here.')
    const body: unknown = request.body
    const values = valuesOf(asked, body)
    const next = cleanNext(fieldOf(body, 'next'))
    const note = fieldOf(body, 'popup')
    const frame = await desk.frameOf(note)
    try {
      const address = countedAddress(request, trusts)
      const first = values[asked.fields[0]?.name ?? ''] ?? ''
      const keys = [
        `${which.id} ${address ?? ''} ${first.slice(0, 100)}`,
        ...(address === null ? [] : [address]),
      ]
      const wait = tries.wait(keys)
      if (wait > 0)
        throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
      const who = await which.ask(() => asked.enter(values, request))
      if (who === null) {
        tries.wrong(keys)
        parts.log.warn('a sign-in was wrong', { provider: which.id })
        const target = (await asked.meant?.(values)) ?? ''
        parts.audit.record({ kind: 'failed', request, target, facts: { provider: which.id } })
        throw new AppError('unauthenticated', 'What was typed is not right.')
      }
      tries.right(keys)
      await desk.signIn(request, response, which, who, { next, frame })
    } catch (error) {
      const known = asAppError(error)
      if (known.status >= 500 || response.headersSent) throw error
      await sendChoice(parts, request, response, {
        working: await ways(desk, parts.log),
        next,
        note,
        tried: true,
        wrong: { id: which.id, error: known, values },
      })
    }
  })

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

/** The ways to sign in that work now; what is wrong with others goes to the log. */
async function ways(desk: LoginDesk, log: Log): Promise<readonly Registered[]> {
  const working: Registered[] = []
  for (const which of desk.list().filter(hasButton)) {
    const trouble = await which.ask(() => which.provider.trouble?.() ?? null).catch(() => 'it failed')
    if (trouble === null) working.push(which)
    else log.warn('nobody can sign in this way', { provider: which.id, trouble })
  }
  return working
}

interface Choice {
  working: readonly Registered[]
  next: string
  /** A pop-up's note; '' for none. */
  note: string
  /** Without asking it was tried. */
  tried: boolean
  wrong?: WrongTry
}

/** The one that can be tried without asking anybody. */
function silentOf(working: readonly Registered[]): Registered | undefined {
  return working.find(({ provider }) => provider.silent === true && provider.begin !== undefined)
}

/** Where there is nothing to choose: to the only way there is for a pop-up, and where it is `required`, to try it without asking. */
function wayOfItsOwn(
  working: readonly Registered[],
  { next, note, tried }: Pick<Choice, 'next' | 'note' | 'tried'>,
  required: boolean,
): string | null {
  if (tried) return null
  const [only, ...others] = working
  const begins = only?.provider.begin !== undefined && only.provider.form === undefined
  if (note !== '')
    return begins && others.length === 0
      ? `login/${only.id}?${new URLSearchParams({ next, popup: note }).toString()}`
      : null
  const silent = silentOf(working)
  return silent && required
    ? `login/${silent.id}?${new URLSearchParams({ next, silent: '1' }).toString()}`
    : null
}

async function sendChoice(
  parts: LoginPageParts,
  request: Request,
  response: Response,
  choice: Choice,
): Promise<void> {
  const { settings, desk } = parts
  const lang = languageOf(request, null)
  const { working, next, note, wrong } = choice
  if (working.length === 0) {
    const { requireAuthentication: required } = settings
    // People come with a token, or have just come: its page must not say that all is lost.
    if (required && desk.list().some(({ provider }) => provider.token !== undefined)) {
      const [heading, message] = [say(lang, 'error.unauthenticated'), say(lang, 'body.unauthenticated')]
      return sendPlain(settings, request, response, 200, { heading, message, more: '' })
    }
    const message = say(lang, required ? 'login.closed' : 'login.none')
    sendPlain(settings, request, response, 503, { heading: say(lang, 'login.noWay'), message, more: '' })
    return
  }
  const up = wayUp(rawPath(request.originalUrl))
  const buttons = working.filter(({ provider }) => provider.begin !== undefined)
  const forms = working
    .filter(({ provider }) => provider.form !== undefined)
    .map((which) => {
      const own = wrong?.id === which.id ? wrong : null
      return formOf(which, { up, lang, next, note, wrong: own, only: buttons.length === 0 })
    })
    .join('\n')
  const guest =
    settings.requireAuthentication || note !== ''
      ? ''
      : `<p><a class="quiet" href="${escapeHtml(up + next || './')}">${escapeHtml(say(lang, 'login.guest'))}</a></p>`
  const silent = silentOf(working)
  const more =
    isInFrame(request) && note === ''
      ? framePart({
          up,
          lang,
          next,
          forms,
          guest,
          needsPopup: buttons.length > 0,
          note: await desk.popup(request, response),
          silent:
            silent === undefined || choice.tried
              ? ''
              : `login/${silent.id}?${new URLSearchParams({ next, silent: '1' }).toString()}`,
        })
      : [
          '<div data-choice></div>',
          ...buttons.map(({ id, provider }) => {
            const words = say(lang, 'login.with').replace('{{name}}', () => wordsIn(provider.label, lang))
            return `<p><a class="wide" href="${escapeHtml(`${up}login/${id}${queryOf({ next, popup: note })}`)}">${escapeHtml(words)}</a></p>`
          }),
          forms,
          guest,
        ].join('\n')
  const content = {
    heading: say(lang, 'login.title').replace('{{name}}', () => settings.title),
    message: next === '' ? '' : say(lang, 'login.next').replace('{{name}}', () => nameOf(next)),
    more,
  }
  sendPlain(settings, request, response, wrong?.error.status ?? 200, content, note !== '')
}

/** A query of what is not empty, with its `?`. */
function queryOf(values: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
  return query.size === 0 ? '' : `?${query.toString()}`
}

/** What the page to go on to is called. */
function nameOf(next: string): string {
  return decodeURIComponent(next.split(/[/?]/)[1] ?? '')
}

function valuesOf({ fields }: LoginForm, body: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name }) => [name, fieldOf(body, name).slice(0, VALUE_LIMIT)]))
}
