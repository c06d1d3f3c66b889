/**
 * A real OpenID provider in Keycloak's place: the certified oidc-provider under Keycloak's paths, with the frame headers
 * Keycloak sends, on loopback. Its page asks for a name; any password does.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'
import { freePort } from './free-port.ts'

export const CLIENT = { id: 'etherpad', secret: '2jnc8H6RH9jIYMXExUHA7XF7uD8YKIRs' }
const PATH = '/auth/realms/foundation'

export interface OidcServer {
  readonly issuer: string
  readonly port: number
  /** Requests so far, as method and path. */
  readonly requests: readonly string[]
  /** What is said of people by their subject, besides `name`. */
  claims: Map<string, Record<string, unknown>>
  stop(): Promise<void>
}

export interface OidcWish {
  /** Our address, with a slash at its end. */
  base: string
  /** Host in addresses; `127.0.0.1` unless said. */
  host?: string
  port?: number
  backchannel?: boolean
  /** The plugin that signs people in, below whose name our addresses stand. */
  plugin: string
  /** Another name than its address says. */
  issuer?: string
  /** It stands behind a proxy that says what people asked for. */
  proxied?: boolean
}

/** It tells on every start that its defaults are for development; here they are meant. */
function withoutItsAdvice(): void {
  for (const level of ['info', 'warn'] as const) {
    const say = console[level].bind(console)
    console[level] = (...words: unknown[]) => {
      if (!String(words[0]).includes('oidc-provider')) say(...words)
    }
  }
}

/** Starts it. */
export async function startOidc(wish: OidcWish): Promise<OidcServer> {
  withoutItsAdvice()
  const port = wish.port ?? (await freePort())
  const issuer = wish.issuer ?? `http://${wish.host ?? '127.0.0.1'}:${port}${PATH}`
  const claims = new Map<string, Record<string, unknown>>()
  const requests: string[] = []
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${wish.base}${wish.plugin}/callback`],
        post_logout_redirect_uris: [wish.base],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        ...(wish.backchannel === true
          ? {
              backchannel_logout_uri: `${wish.base}${wish.plugin}/backchannel-logout`,
              backchannel_logout_session_required: true,
            }
          : {}),
      },
    ],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: wish.backchannel === true },
    },
    claims: {
      openid: ['sub', 'sid'],
      profile: ['name', 'preferred_username', 'groups', 'roles', 'realm_access', 'pad'],
      email: ['email'],
    },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `${sub} of Keycloak`, ...claims.get(sub) }),
    }),
    // As Keycloak does for clients of the house: nobody is asked whether the pad may know their name.
    async loadExistingGrant(context) {
      const { client, session } = context.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new context.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    ttl: { Interaction: 600, Session: 3600, Grant: 3600, IdToken: 600, AccessToken: 300 },
    cookies: { keys: ['only for tests'] },
  })
  if (wish.proxied === true) provider.proxy = true
  const handle = provider.callback()
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    if (request.url?.startsWith(PATH) !== true) return void response.writeHead(404).end()
    // Keycloak's own frame headers, on every answer.
    response.setHeader('X-Frame-Options', 'SAMEORIGIN')
    const set = response.setHeader.bind(response)
    response.setHeader = (name, value) =>
      set(name, name.toLowerCase() === 'content-security-policy' ? KEYCLOAK_POLICY : value)
    set('Content-Security-Policy', KEYCLOAK_POLICY)
    // As a server behind a path: it knows where it stands, its routes do not.
    Object.assign(request, { originalUrl: request.url })
    request.url = request.url.slice(PATH.length) || '/'
    void handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { issuer, port, requests, claims, stop: () => stop(server) }
}

const KEYCLOAK_POLICY = "frame-src 'self'; frame-ancestors 'self'; object-src 'none';"

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
