/** The pages of signing in: the choice of ways, forms, who is signed in and where; and the way out (docs/SPEC-access.md). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { LoginForm } from '../../shared/plugin/login.ts'
import { createTries } from '../admin/tries.ts'
import { cleanNext } from '../access/login-state.ts'
import type { Held, Sessions } from '../access/sessions.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { lookOf } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { Bucket } from '../sync/limits.ts'
import { originAllowed } from '../sync/origin.ts'
import { rawPath, wayUp } from './canonical.ts'
import { asAppError } from './errors.ts'
import { escapeHtml, plainPage } from './html.ts'
import { languageOf } from './language.ts'
import { hasButton } from './login-desk.ts'
import type { LoginDesk, Registered } from './login-desk.ts'
import { browserIn, formOf, VALUE_LIMIT, wordsIn } from './login-forms.ts'
import type { WrongTry } from './login-forms.ts'
import { pageHeaders } from './security.ts'
import { originRules } from './tickets.ts'
import { say } from './words.ts'
import type { Word } from './words.ts'

export interface LoginPageParts {
  settings: Settings
  log: Log
  desk: LoginDesk
  sessions: Sessions
}

/** Browsers shown of one person. */
const SHOWN = 50
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

  router.get('/login', async (request, response) => {
    const next = cleanNext(request.query['next'])
    const held = await desk.holder(request)
    if (held !== null) {
      if (next !== '') response.status(303).set({ Location: next, 'Cache-Control': 'no-store' }).end()
      else send(parts, request, response, 200, await accountPage(parts, request, held))
      return
    }
    const working = await ways(desk, parts.log)
    const silent = working.find(({ provider }) => provider.silent === true && provider.begin !== undefined)
    if (settings.requireAuthentication && silent && request.query['tried'] !== '1') {
      const to = `login/${silent.id}?${new URLSearchParams({ next, silent: '1' }).toString()}`
      response.status(303).set({ Location: to, 'Cache-Control': 'no-store' }).end()
      return
    }
    sendChoice(parts, request, response, { working, next })
  })

  router.get('/login/:plugin/:id', async (request, response) => {
    if (!begins.take(1, Date.now()))
      throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
    const { next, silent } = request.query
    await desk.begin(request, response, named(request.params), cleanNext(next), silent === '1')
  })

  router.post('/login/:plugin/:id', form, async (request, response) => {
    ownPagesOnly(request)
    const which = named(request.params)
    const { form: asked } = which.provider
    if (asked === undefined) throw new AppError('notFound', 'There is no such way to sign in here.')
    const body: unknown = request.body
    const values = valuesOf(asked, body)
    const next = cleanNext(fieldOf(body, 'next'))
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
        throw new AppError('unauthenticated', 'What was typed is not right.')
      }
      tries.right(keys)
      await desk.signIn(request, response, which, who, next)
    } catch (error) {
      const known = asAppError(error)
      if (known.status >= 500 || response.headersSent) throw error
      sendChoice(parts, request, response, {
        working: await ways(desk, parts.log),
        next,
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
    else send(parts, request, response, 200, outPage(request, to))
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
  wrong?: WrongTry
}

/** A plain page's parts. */
interface Content {
  heading: string
  message: string
  /** HTML. */
  more: string
}

function sendChoice(parts: LoginPageParts, request: Request, response: Response, choice: Choice): void {
  const { settings } = parts
  const lang = languageOf(request, null)
  const { working, next, wrong } = choice
  if (working.length === 0) {
    const message = say(lang, settings.requireAuthentication ? 'login.closed' : 'login.none')
    send(parts, request, response, 503, { heading: say(lang, 'login.noWay'), message, more: '' })
    return
  }
  const up = wayUp(rawPath(request.originalUrl))
  const forms = working.filter(({ provider }) => provider.form !== undefined)
  const buttons = working.filter(({ provider }) => provider.begin !== undefined)
  const more = [
    ...buttons.map(({ id, provider }) => {
      const query = next === '' ? '' : `?${new URLSearchParams({ next }).toString()}`
      const words = say(lang, 'login.with').replace('{{name}}', () => wordsIn(provider.label, lang))
      return `<p><a class="wide" href="${escapeHtml(`${up}login/${id}${query}`)}">${escapeHtml(words)}</a></p>`
    }),
    ...forms.map((which) =>
      formOf(which, {
        up,
        lang,
        next,
        wrong: wrong?.id === which.id ? wrong : null,
        only: buttons.length === 0,
      }),
    ),
    ...(settings.requireAuthentication
      ? []
      : [
          `<p><a class="quiet" href="${escapeHtml(up + next || './')}">${escapeHtml(say(lang, 'login.guest'))}</a></p>`,
        ]),
  ].join('\n')
  send(parts, request, response, wrong?.error.status ?? 200, {
    heading: say(lang, 'login.title').replace('{{name}}', () => settings.title),
    message: next === '' ? '' : say(lang, 'login.next').replace('{{name}}', () => nameOf(next)),
    more,
  })
}

/** Who is signed in, in which browsers, and the ways out of each. */
async function accountPage({ sessions }: LoginPageParts, request: Request, held: Held): Promise<Content> {
  const lang = languageOf(request, null)
  const { name } = held.facts
  const rows = await sessions.of(held.account.id)
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  const button = (word: Word, field: string, kind: string, more = ''): string =>
    `<form method="post" action="logout">${field}<button class="${kind}"${more}>${escapeHtml(say(lang, word))}</button></form>`
  const hidden = (key: string, value: string): string =>
    `<input type="hidden" name="${key}" value="${escapeHtml(value)}">`
  const items = rows.slice(0, SHOWN).map(({ hash, about, seen }) => {
    const words = [browserIn(about) || say(lang, 'login.browser'), `${date.format(seen)} UTC`]
    const label = ` aria-label="${escapeHtml(`${say(lang, 'login.out')}: ${words.join(', ')}`)}"`
    const way =
      hash === held.session.hash
        ? `<strong>${escapeHtml(say(lang, 'login.thisOne'))}</strong>`
        : button('login.out', hidden('session', hash), 'quiet', label)
    return `<li><span>${words.map(escapeHtml).join('<br>')}</span> ${way}</li>`
  })
  return {
    heading: say(lang, name === '' ? 'login.inNameless' : 'login.in').replace('{{name}}', () => name),
    message: '',
    more: `<h2>${escapeHtml(say(lang, 'login.browsers'))}</h2>
<ul>
${items.join('\n')}
</ul>
${button('login.out', '', '')}
${rows.length > 1 ? button('login.outEverywhere', hidden('everywhere', '1'), 'quiet') : ''}`,
  }
}

function outPage(request: Request, to: string | null): Content {
  const lang = languageOf(request, null)
  const way =
    to === null
      ? ''
      : `<p><a class="wide" href="${escapeHtml(to)}">${escapeHtml(say(lang, 'login.outThere'))}</a></p>`
  return {
    heading: say(lang, 'login.isOut'),
    message: say(lang, to === null ? 'login.isOutBody' : 'login.stillThere'),
    more: way,
  }
}

function send(
  { settings }: LoginPageParts,
  request: Request,
  response: Response,
  status: number,
  content: Content,
): void {
  const lang = languageOf(request, null)
  pageHeaders(response, settings.embedding.frameAncestors)
  // Without a referrer browsers send forms from nowhere, which is what ours are told apart by.
  response.set('Referrer-Policy', 'same-origin')
  response
    .status(status)
    .type('html')
    .send(
      plainPage({
        ...content,
        up: wayUp(rawPath(request.originalUrl)),
        title: `${content.heading} · ${settings.title}`,
        lang,
        look: lookOf(settings),
        home: say(lang, 'page.home'),
      }),
    )
}

/** What the page to go on to is called. */
function nameOf(next: string): string {
  return decodeURIComponent(next.split(/[/?]/)[1] ?? '')
}

function fieldOf(body: unknown, name: string): string {
  const value: unknown =
    typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : ''
  return typeof value === 'string' ? value : value === true ? '1' : ''
}

function valuesOf({ fields }: LoginForm, body: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name }) => [name, fieldOf(body, name).slice(0, VALUE_LIMIT)]))
}
