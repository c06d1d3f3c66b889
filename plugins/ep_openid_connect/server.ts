/** Signing in with an OpenID provider: code flow with PKCE, state and nonce; ways out; sessions ended from behind. */
import type { Request } from 'express'
import type { ServerContext } from '../../shared/plugin.ts'
import type { Login } from '../../shared/plugin/login.ts'
import { readRules } from './claims.ts'
import { createFlow } from './flow.ts'
import type { Flow } from './flow.ts'
import { createProvider } from './provider.ts'
import type { OidcFields } from './shared.ts'

/** Ms between two looks whether a provider that was away is there. */
const LOOK = 15_000

/** Answers with which a provider says that nobody may be asked, or that the person would not. */
const DECLINED = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  'access_denied',
])

/** A provider that is configured: what is known of it, and what the server does with its answers. */
interface Running {
  flow: Flow
  login: Login
}

export function server(context: ServerContext<OidcFields>): void {
  let running: Running | null = null
  const start = (): void => {
    running?.login.off()
    running = null
    const flow = flowOf(context)
    if (flow === null) return
    const { label } = context.settings()
    const login = context.login({
      id: 'oidc',
      label: (language) => (label === '' ? (language === 'de' ? 'Anmelden' : 'Single sign-on') : label),
      silent: true,
      begin: (how) => flow.begin(how),
      logout: ({ keep }) => flow.logout(keep),
      trouble: () => flow.trouble(),
    })
    running = { flow, login }
    void flow.look()
  }
  const now = (): Running => {
    if (running === null) throw Object.assign(new Error('no provider is configured'), { status: 404 })
    return running
  }
  context.onSettings(start)
  start()
  context.every(LOOK, async () => running?.flow.look())

  const { routes } = context
  routes.get('/login', (request, response) => {
    now()
    const next = request.query['next']
    const query = typeof next === 'string' ? `?${new URLSearchParams({ next }).toString()}` : ''
    response.redirect(303, `../login/ep_openid_connect/oidc${query}`)
  })
  routes.get('/callback', async (request, response) => {
    const { flow, login } = now()
    const state = wordOf(request.query['state'])
    const error = wordOf(request.query['error'])
    if (DECLINED.has(error)) return login.declined(request, response, state)
    const { secret } = await login.returned(request, state)
    try {
      await login.signIn(request, response, await flow.finish(queryOf(request), { state, secret }), { state })
    } catch (thrown) {
      throw told(context, thrown, error)
    }
  })
  routes.get('/logout', async (request, response) => now().login.signOut(request, response))
  routes.post('/backchannel-logout', async (request, response) => {
    const { flow, login } = now()
    let which
    try {
      which = await flow.readLogoutToken(bodyOf(request))
    } catch (thrown) {
      context.log.warn('a logout token was refused', { error: messageOf(thrown) })
      response.status(400).json({ error: 'invalid_request' })
      return
    }
    await login.end(which)
    response.status(200).end()
  })
}

/** The flow the settings make; null where nothing is configured. With faults it is there and says so, so that doors stay closed. */
function flowOf(context: ServerContext<OidcFields>): Flow | null {
  const settings = context.settings()
  const { issuer, issuer_metadata: metadata, client_id: clientId, client_secret: clientSecret } = settings
  if ([issuer, metadata, clientId, clientSecret].every((value) => value === '')) return null
  const missing = [
    ['issuer', issuer + metadata],
    ['client_id', clientId],
    ['client_secret', clientSecret],
    ['base_url', settings.base_url],
  ].flatMap(([key, value]) => (value === '' ? [key] : []))
  const wishes = {
    properties: settings.user_properties,
    nameClaim: settings.displayname_claim,
    groupsClaim: settings.groups_claim,
    clientId,
    prohibited: settings.prohibited_usernames.split(/\s+/).filter((word) => word !== ''),
  }
  let fault = missing.length === 0 ? null : `settings are missing: ${missing.join(', ')}`
  if (issuer !== '' && metadata !== '') fault = 'issuer and issuer_metadata exclude each other'
  let rules = new Map() as ReturnType<typeof readRules>
  try {
    rules = readRules(wishes)
  } catch (error) {
    fault = messageOf(error)
  }
  if (fault !== null) context.log.error(`nobody can sign in: ${fault}`)
  return createFlow({
    base: settings.base_url.endsWith('/') ? settings.base_url : `${settings.base_url}/`,
    scope: ['openid', ...settings.scope.split(/\s+/).filter((word) => !['', 'openid'].includes(word))].join(
      ' ',
    ),
    wishes,
    rules,
    fault,
    clockTolerance: settings.clock_tolerance,
    provider: createProvider({
      issuer,
      metadata,
      clientId,
      clientSecret,
      authMethod: settings.token_endpoint_auth_method,
      ca: settings.ca,
      clockTolerance: settings.clock_tolerance,
    }),
    warn: (message) => context.log.warn(message),
  })
}

/** What went wrong on the way back: for the log; the person can only begin again. */
function told(context: ServerContext<OidcFields>, thrown: unknown, error: string): unknown {
  if (typeof thrown === 'object' && thrown !== null && 'status' in thrown && thrown.status === 403)
    return thrown
  context.log.warn('a sign-in did not succeed', {
    error: messageOf(thrown),
    ...(error === '' ? {} : { said: error }),
  })
  return Object.assign(new Error('the sign-in did not succeed', { cause: thrown }), { status: 400 })
}

function queryOf(request: Request): string {
  const at = request.originalUrl.indexOf('?')
  return at < 0 ? '' : request.originalUrl.slice(at)
}

function bodyOf(request: Request): string {
  const body: unknown = request.body
  if (typeof body !== 'object' || body === null || !('logout_token' in body)) return ''
  return wordOf(body.logout_token)
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 20_000) : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
