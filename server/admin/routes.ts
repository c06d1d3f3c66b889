/** Everything below `/admin/`: the page, signing in and out, and what the page asks (docs/SPEC-admin.md). */
import { freemem, totalmem } from 'node:os'
import express, { Router } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import { ADMIN_HEADER } from '../../shared/admin.ts'
import type { Checkup, Overview } from '../../shared/admin.ts'
import type { FieldValue } from '../../shared/plugin/fields.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { ClientBuild } from '../http/client-build.ts'
import { frameOf } from '../http/guests.ts'
import { shellPage } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { frameSources } from '../http/frame-rule.ts'
import { NOBODY, pageHeaders } from '../http/security.ts'
import type { LogTail } from '../log-tail.ts'
import type { Notice } from '../pads/notice.ts'
import type { Plugins } from '../plugins/types.ts'
import type { Settings } from '../settings/schema.ts'
import type { AdminAccountsRoom, Asking } from './accounts.ts'
import { actionEvents } from './actions.ts'
import { auditRoutes } from './audit.ts'
import type { AdminGate, Administrator } from './gate.ts'
import { bodyOf, textIn, wholeIn } from './input.ts'
import type { AdminPadsRoom } from './pads.ts'
import type { AdminPeopleRoom } from './people.ts'
import { endOtherSessions, endSession, listSessions } from './session-list.ts'
import type { AdminSettingsRoom } from './settings.ts'

export interface AdminParts {
  settings: Settings
  gate: AdminGate
  client: ClientBuild
  version: string
  overview: () => Promise<Overview>
  pads: AdminPadsRoom
  people: AdminPeopleRoom
  accounts: AdminAccountsRoom
  endSessionsOf: (author: string) => Promise<number>
  plugins: Plugins
  notice: Pick<Notice, 'now' | 'set'>
  installation: AdminSettingsRoom
  tail: LogTail
  audit: Audit
  /** Programs for old formats that are installed. */
  converters: () => readonly string[]
}

/** Headers of proxies that the check-up shows. */
const FORWARDED = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-prefix',
  'x-proxy-path',
  'forwarded',
  'via',
]

type Answer = (request: Request, response: Response) => unknown
type Post = (
  path: string,
  answer: (body: Readonly<Record<string, unknown>>, asking: Asking) => unknown,
) => void

/** The routes. Without an administrator only the page stands, which says how to make one. */
export function adminRoutes(parts: AdminParts): Router {
  const { gate, settings, audit } = parts
  const asking = new WeakMap<Request, Administrator>()
  const router = Router({ strict: true, caseSensitive: true })
  router.use('/admin', (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/admin', (_request, response) => {
    response.status(302).set('Location', 'admin/').end()
  })
  router.get('/admin/', (request, response) => sendPage(parts, request, response))

  const api = Router({ strict: true, caseSensitive: true })
  router.use('/admin', api)
  api.use(onlyOwn, express.json({ limit: '1mb', strict: true }))
  api.get('/session', async (request, response) => {
    response.json({
      exists: gate.exists,
      user: gate.exists ? ((await gate.who(request))?.shown ?? null) : null,
    })
  })
  api.post('/login', async (request, response) => {
    const body = bodyOf(request.body)
    const account = gate.signIn(request, textIn(body, 'name', 100), textIn(body, 'password', 1000))
    gate.cookie(request, response, await gate.enter(request, account))
    audit.record({ kind: 'login', who: account.name, request, facts: { provider: 'admin' } })
    response.json({ user: account.name })
  })
  api.post('/logout', async (request, response) => {
    const who = await gate.who(request)
    await gate.signOut(request)
    gate.cookie(request, response, null)
    if (who !== null) audit.record({ kind: 'logout', who: who.shown, request, facts: { provider: 'admin' } })
    // Whoever signed in elsewhere is signed out where that is done.
    response.json({ elsewhere: await gate.isSignedInElsewhere(request) })
  })

  const signedIn: RequestHandler = async (request, _response, next) => {
    const who = await gate.who(request)
    if (who === null) return next(new AppError('unauthenticated', 'Please sign in.'))
    asking.set(request, who)
    next()
  }
  api.use('/api', signedIn)
  const get = (path: string, answer: Answer): void => {
    api.get(`/api/${path}`, async (request, response) => {
      response.json(await answer(request, response))
    })
  }
  const post: Post = (path, answer) => {
    api.post(`/api/${path}`, async (request, response) => {
      const body = bodyOf(request.body)
      const by = asking.get(request)
      if (by === undefined) throw new AppError('unauthenticated', 'Please sign in.')
      const record: Asking['record'] = (event) => audit.record({ ...event, who: by.shown, request })
      const given = (await answer(body, { by, record })) ?? {}
      actionEvents(path, body).forEach(record)
      response.json(given)
    })
  }

  get('live', async (request) => {
    const by = asking.get(request)
    return { token: by === undefined ? null : await gate.sessions.liveToken(by.account, by.session) }
  })
  get('sessions', async (request) => {
    const by = asking.get(request)
    return { sessions: by === undefined ? [] : await listSessions(gate.sessions, by) }
  })
  post('sessions/end', async (body, by) => ({
    ended: await endSession(gate.sessions, textIn(body, 'id', 64), by),
  }))
  post('sessions/end-others', async (_body, by) => ({ ended: await endOtherSessions(gate.sessions, by) }))
  get('overview', parts.overview)
  get('pads', ({ query }) => parts.pads.page(query))
  post('pads/delete', async ({ pads }) => ({ removed: await parts.pads.remove(pads) }))
  get('pads/rule', ({ query }) => parts.pads.rule(query['pad']))
  post('pads/rule', ({ pad, rule }, { by }) => parts.pads.setRule(pad, rule, by.shown))
  post('pads/compact', async ({ pad }) => ({ packed: await parts.pads.compact(pad) }))
  get('people', ({ query }) => parts.people.page(query))
  get('people/pads', async ({ query }) => ({ pads: await parts.people.pads(textIn(query, 'author', 64)) }))
  post('people/erase', (body) => parts.people.erase(textIn(body, 'author', 64)))
  get('notice', () => ({ text: parts.notice.now() }))
  post('notice', async (body) => ({ text: await parts.notice.set(textIn(body, 'text', 2000)) }))
  get('log', ({ query }) => ({
    lines: parts.tail.since(wholeIn(query, 'after', 0, Number.MAX_SAFE_INTEGER, 0)),
  }))
  get('settings', () => parts.installation.view())
  post('settings/check', (body) => parts.installation.check(textIn(body, 'text', 1_000_000)))
  post('settings/save', (body) =>
    parts.installation.save(textIn(body, 'text', 1_000_000), textIn(body, 'before', 1_000_000)),
  )
  get('checkup', (request) => checkup(parts, request))
  post('people/sign-out', async (body) => ({ ended: await parts.endSessionsOf(textIn(body, 'author', 64)) }))
  pluginRoutes(get, post, parts.plugins, settings)
  accountRoutes(get, post, parts.accounts)
  api.use('/api', auditRoutes(audit))
  return router
}

function pluginRoutes(
  get: (path: string, answer: Answer) => void,
  post: Post,
  plugins: Plugins,
  settings: Settings,
): void {
  const named = (body: Readonly<Record<string, unknown>>): string => textIn(body, 'name', 200)
  get('plugins', () => ({ plugins: plugins.list(), catalog: settings.privacy.pluginCatalog }))
  get('plugins/settings', async ({ query }) => {
    const name = textIn(query, 'name', 200)
    const all = await plugins.settings(name)
    return {
      words: await plugins.words(name, textIn(query, 'lang', 20, 'en')),
      // What a secret is never leaves the server; only whether there is one.
      settings: all.map((one) => (one.field.type === 'secret' ? { ...one, value: one.value !== '' } : one)),
    }
  })
  get('plugins/search', ({ query }) => plugins.search(textIn(query, 'words', 200)))
  post('plugins/enable', (body) => plugins.enable(named(body)))
  post('plugins/disable', (body) => plugins.disable(named(body)))
  post('plugins/install', (body) => plugins.install(textIn(body, 'what', 1000)))
  post('plugins/update', (body) => plugins.update(named(body)))
  post('plugins/remove', (body) => plugins.remove(named(body), body['data'] === true))
  post('plugins/settings', (body) => plugins.setSettings(named(body), decisions(body['values'])))
}

function accountRoutes(
  get: (path: string, answer: Answer) => void,
  post: Post,
  accounts: AdminAccountsRoom,
): void {
  get('accounts', ({ query }) => accounts.page(query))
  post('accounts/add', (body, asking) => accounts.add(body, asking))
  post('accounts/password', (body, asking) => accounts.password(body, asking))
  post('accounts/rights', (body, asking) => accounts.rights(body, asking))
  post('accounts/factor', (body, asking) => accounts.dropFactor(body, asking))
  post('accounts/sign-out', (body, asking) => accounts.signOut(body, asking))
  post('accounts/delete', (body, asking) => accounts.remove(body, asking))
}

function decisions(values: unknown): Record<string, FieldValue | null> {
  const out: Record<string, FieldValue | null> = {}
  for (const [key, value] of Object.entries(bodyOf(values))) {
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      throw new AppError('badRequest', `${key} must be a text, a number, true or false, or null.`)
    out[key] = value as FieldValue | null
  }
  return out
}

/** What changes something comes from our own page (A2). */
const onlyOwn: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.get(ADMIN_HEADER) !== undefined) next()
  else next(new AppError('forbidden', 'This was not asked by the administrator’s own page.'))
}

function sendPage(
  { settings, client, version, gate }: AdminParts,
  request: Request,
  response: Response,
): void {
  const files = client.page('admin')
  if (files === null)
    throw new AppError(
      'internal',
      'Inkpad is not built yet: run "npm run build" in its folder, then reload this page.',
    )
  pageHeaders(response, NOBODY)
  response.type('html').send(
    shellPage({
      up: '../',
      title: settings.title,
      lang: languageOf(request, null),
      files,
      boot: { title: settings.title, version, exists: gate.exists, elsewhere: gate.elsewhere },
      content: '<main class="plain"></main>',
      hidden: true,
    }),
  )
}

async function checkup({ settings, overview, converters }: AdminParts, request: Request): Promise<Checkup> {
  const forwarded: Record<string, string> = {}
  for (const name of FORWARDED) {
    const value = request.get(name)
    if (value !== undefined) forwarded[name] = value.slice(0, 500)
  }
  return {
    time: Date.now(),
    forwarded,
    trustProxy: settings.trustProxy !== false && settings.trustProxy !== 0,
    secure: frameOf(request, settings.publicURL).secure,
    host: request.get('host') ?? '',
    publicURL: settings.publicURL,
    frameAncestors: frameSources(settings.embedding.frameAncestors),
    cookieSameSite: settings.cookie.sameSite,
    store: (await overview()).store,
    converters: converters(),
  }
}

/** Bytes of the machine, or of the container where one is set. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory?.() ?? 0
  return constrained > 0 && constrained < totalmem() ? constrained : Math.max(totalmem(), freemem())
}
