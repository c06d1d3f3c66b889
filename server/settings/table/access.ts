/** Settings of people: who may do what, accounts, cookies. */
import { GIVEN } from '../../../shared/rule.ts'
import { choice, custom, flag, idle, later, number, text } from '../field.ts'
import { isTree } from '../substitute.ts'
import { usersField } from '../users.ts'

const DAY = 86_400_000
const PROVIDER = 'Inkpad gives out no tokens of its own; it signs people in at a provider'

/** What Etherpad's settings files come with. */
const CLIENTS = [
  { name: 'admin', secret: 'admin', path: '/admin/' },
  { name: 'user', secret: 'user', path: '/' },
] as const

export const ACCESS = {
  requireAuthentication: flag(
    false,
    'REQUIRE_AUTHENTICATION',
    'Everybody has to sign in; closed for all while no way to sign in works',
  ),
  requireAuthorization: flag(
    false,
    'REQUIRE_AUTHORIZATION',
    'Whoever signed in needs a right for each pad: its owner, a rule of its own, or a plugin gives one; administrators have it',
  ),
  requireSession: flag(
    false,
    'REQUIRE_SESSION',
    'Pads open only with a session of the HTTP API, so pads of groups alone',
  ),
  editOnly: flag(false, 'EDIT_ONLY', 'Opening a name that has no pad makes none'),
  permissions: {
    everybody: choice(
      'write',
      GIVEN,
      'PERMISSIONS_EVERYBODY',
      'What everybody who knows its name may do in a pad whose owner decided nothing else',
    ),
    signedIn: choice(
      'none',
      GIVEN,
      'PERMISSIONS_SIGNED_IN',
      'The same for whoever signed in, where that is more; with "none" for both, pads open for those alone who make them',
    ),
  },
  users: usersField,
  apiKeyInQuery: flag(
    true,
    'API_KEY_IN_QUERY',
    'The key of the HTTP API may stand in an address, where programs written for Etherpad put it; addresses end up in logs of proxies',
  ),
  authenticationMethod: later(
    choice(
      'sso',
      ['sso', 'apikey'],
      'AUTHENTICATION_METHOD',
      'How the HTTP API knows its callers: "sso" by token, "apikey" by APIKEY.txt',
    ),
    'the key of APIKEY.txt opens the HTTP API in both cases; tokens are not given out',
  ),
  gdprAuthorErasure: {
    enabled: flag(
      false,
      'GDPR_AUTHOR_ERASURE_ENABLED',
      "A person's name and what ties it to their words may be erased",
    ),
  },
  cookie: {
    prefix: custom<string>({
      ...text('', null, 'Put before the names of our cookies', { keepsEmpty: true }),
      env: 'COOKIE_PREFIX',
      allowed: 'letters, digits, - and _',
      read: (value) =>
        typeof value === 'string' && /^[\w-]{0,40}$/.test(value) ? { value } : { refused: {} },
    }),
    sameSite: choice('Lax', ['Lax', 'Strict', 'None'], 'COOKIE_SAME_SITE', 'Who may send our cookies along'),
    lifetime: number(60 * DAY, 60_000, 400 * DAY, 'COOKIE_LIFETIME', 'Milliseconds a guest is remembered'),
    sessionLifetime: number(
      10 * DAY,
      0,
      90 * DAY,
      'COOKIE_SESSION_LIFETIME',
      'Milliseconds without use until somebody who signed in has to do so again; 0: when the browser is closed, or after a day',
    ),
    sessionLongest: number(
      90 * DAY,
      60_000,
      400 * DAY,
      'COOKIE_SESSION_LONGEST',
      'Milliseconds after which somebody who signed in has to do so again in any case',
    ),
    sessionRefreshInterval: number(
      DAY,
      0,
      400 * DAY,
      'COOKIE_SESSION_REFRESH_INTERVAL',
      'Milliseconds between two times that a session in use is made longer',
    ),
    keyRotationInterval: idle(
      DAY,
      'COOKIE_KEY_ROTATION_INTERVAL',
      'Milliseconds a key that signs cookies is used',
      'cookies hold random names and no signature, so there is no key to change',
    ),
    sessionCleanup: idle(true, null, 'Remove sessions that ended', 'sessions that ended are always removed'),
  },
  sessionKey: idle(
    null,
    null,
    'Key that signs cookies',
    'cookies hold random names and no signature, so no key is needed',
    { secret: true, text: true },
  ),
  sessionNoPassword: idle(
    false,
    null,
    "A group's session opens pads with a password",
    'pads have no passwords',
  ),
  sso: {
    issuer: idle('http://localhost:9001', 'SSO_ISSUER', 'Address of the provider inside Etherpad', PROVIDER),
    clients: idle([], null, 'Programs that get tokens from it', PROVIDER, {
      secret: true,
      written: CLIENTS.map(({ name, secret, path }) => ({
        client_id: `\${${name.toUpperCase()}_CLIENT:${name}_client}`,
        client_secret: `\${${name.toUpperCase()}_SECRET:${secret}}`,
        redirect_uris: [`\${${name.toUpperCase()}_REDIRECT:http://localhost:9001${path}}`],
      })),
      quiet: isEtherpadsOwn,
    }),
  },
  ttl: {
    AccessToken: idle(3600, null, 'Seconds such a token is good for', PROVIDER),
    AuthorizationCode: idle(600, null, 'Seconds such a code is good for', PROVIDER),
    ClientCredentials: idle(3600, null, "Seconds a program's token is good for", PROVIDER),
    IdToken: idle(3600, null, 'Seconds such a token is good for', PROVIDER),
    RefreshToken: idle(86_400, null, 'Seconds such a token is good for', PROVIDER),
  },
}

/** Are these only the clients that Etherpad's files come with? */
function isEtherpadsOwn(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.every((client: unknown) => {
    if (!isTree(client)) return false
    const own = CLIENTS.find(({ name }) => client['client_id'] === `${name}_client`)
    return own !== undefined && client['client_secret'] === own.secret
  })
}
