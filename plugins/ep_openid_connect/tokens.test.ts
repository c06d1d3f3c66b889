/** Tokens that are not right, from a provider that says anything (SPEC-access L14): a small real one, over HTTP, with keys of its own. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHash, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { base64url, exportJWK, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { readRules } from './claims.ts'
import type { ClaimWishes } from './claims.ts'
import { createFlow } from './flow.ts'
import type { Flow } from './flow.ts'
import { createProvider } from './provider.ts'

const CLIENT = { id: 'etherpad', secret: 'a secret of the client, long enough' }
const WISHES: ClaimWishes = {
  properties: '{"is_admin":{"claim":"pad_admin"}}',
  nameClaim: 'name',
  groupsClaim: 'groups',
  clientId: CLIENT.id,
  prohibited: ['admin'],
}
const NOTE = { state: 'the-state-of-this-sign-in', secret: 'x'.repeat(43) }
const NONCE = createHash('sha256').update(`nonce.${NOTE.secret}`).digest('base64url')
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const others = generateKeyPairSync('rsa', { modulusLength: 2048 })

let server: Server
let issuer = ''
let flow: Flow
/** What the token endpoint gives, and userinfo. */
let idToken = ''
let info: Record<string, unknown> = {}

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer)
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        // Keycloak names these, too.
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'PS256'],
        authorization_response_iss_parameter_supported: true,
      },
      '/keys': { keys: [jwk] },
      '/token': { access_token: 'opaque', token_type: 'Bearer', id_token: idToken },
      '/userinfo': info,
    }
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answers[pathname] ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  flow = createFlow({
    base: 'https://pad.example/',
    scope: 'openid',
    wishes: WISHES,
    rules: readRules(WISHES),
    fault: null,
    clockTolerance: 30,
    provider: createProvider({
      issuer,
      metadata: '',
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      authMethod: 'auto',
      ca: '',
      clockTolerance: 30,
    }),
    warn: () => {},
  })
})
afterAll(() => new Promise((resolve) => server?.close(resolve)))

interface Signed {
  key?: KeyObject | Uint8Array
  alg?: string
}
const now = (): number => Math.floor(Date.now() / 1000)
async function token(
  claims: JWTPayload,
  { key = keys.privateKey, alg = 'RS256' }: Signed = {},
): Promise<string> {
  const all = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  if (alg !== 'none') return new SignJWT(all).setProtectedHeader({ alg, kid: 'one' }).sign(key)
  const part = (value: unknown): string => base64url.encode(JSON.stringify(value))
  return `${part({ alg, kid: 'one' })}.${part(all)}.`
}
/** The public key as a text, as who mistakes it for a shared secret would use it. */
const asSecret = (): Uint8Array =>
  new TextEncoder().encode(keys.publicKey.export({ type: 'spki', format: 'pem' }).toString())

type Case = [what: string, claims: JWTPayload, signed: () => Signed]
const right = (): Signed => ({})
const FORGED: readonly Case[] = [
  ['no signature', {}, () => ({ alg: 'none' })],
  ['a key of somebody else', {}, () => ({ key: others.privateKey })],
  ['the public key taken for a shared secret', {}, () => ({ key: asSecret(), alg: 'HS256' })],
  ['the client’s secret', {}, () => ({ key: new TextEncoder().encode(CLIENT.secret), alg: 'HS256' })],
  ['another audience', { aud: 'another client' }, right],
  ['no audience', { aud: undefined }, right],
  ['another issuer', { iss: 'https://evil.example' }, right],
  ['a past that is over', { exp: now() - 120, iat: now() - 600 }, right],
]

describe('of a sign-in', () => {
  const claims = (more: JWTPayload): JWTPayload => ({
    iss: issuer,
    aud: CLIENT.id,
    sub: 'ada',
    nonce: NONCE,
    iat: now(),
    exp: now() + 60,
    ...more,
  })
  const finish = (query = `code=x&state=${NOTE.state}&iss=${encodeURIComponent(issuer)}`) =>
    flow.finish(`?${query}`, NOTE)

  test('L14: one that is right signs in', async () => {
    info = { sub: 'ada', name: 'Ada' }
    idToken = await token(claims({ sid: 's1' }))
    expect(await finish()).toMatchObject({ subject: 'ada', name: 'Ada', sid: 's1' })
  })

  test.each<Case>([
    ...FORGED,
    ['the nonce of another sign-in', { nonce: 'another' }, right],
    ['no nonce', { nonce: undefined }, right],
    ['no subject', { sub: undefined }, right],
  ])('Attack A11: an ID token with %s signs nobody in', async (...[, more, signed]) => {
    info = { sub: 'ada', name: 'Ada', pad_admin: true }
    idToken = await token(claims(more), signed())
    await expect(finish()).rejects.toThrow()
  })

  test.each([
    ['false', false],
    ['absent', undefined],
    ['null', null],
    ['a list', [true]],
    ['an object', { true: true }],
    ['a word that is no yes', 'yes please'],
  ])('Attack A11: the claim of an administrator that is %s makes none', async (_what, claim) => {
    info = { sub: 'ada', pad_admin: claim }
    idToken = await token(claims({}))
    expect((await finish()).isAdmin ?? false).toBe(false)
  })

  test('Attack A11: what userinfo says of somebody else makes nobody an administrator', async () => {
    info = { sub: 'eve', pad_admin: true }
    idToken = await token(claims({}))
    expect((await finish()).isAdmin ?? false).toBe(false)
  })

  test.each([
    ['of another state', () => `code=x&state=other&iss=${encodeURIComponent(issuer)}`],
    ['without a state', () => `code=x&iss=${encodeURIComponent(issuer)}`],
    ['of another issuer', () => `code=x&state=${NOTE.state}&iss=https%3A%2F%2Fevil.example`],
    ['that names no issuer, where this one always does', () => `code=x&state=${NOTE.state}`],
    ['with two states', () => `code=x&state=${NOTE.state}&state=other&iss=${encodeURIComponent(issuer)}`],
  ])('Attack B3: an answer %s signs nobody in', async (_what, query) => {
    info = { sub: 'ada' }
    idToken = await token(claims({}))
    await expect(finish(query())).rejects.toThrow()
  })
})

describe('of signing out from behind', () => {
  let count = 0
  const claims = (more: JWTPayload): JWTPayload => ({
    iss: issuer,
    aud: CLIENT.id,
    sub: 'ada',
    sid: 's1',
    iat: now(),
    exp: now() + 60,
    jti: `token ${++count}`,
    events: EVENTS,
    ...more,
  })

  test('L14: one that is right ends a session, or all of a subject, once', async () => {
    const one = await token(claims({}))
    expect(await flow.readLogoutToken(one)).toEqual({ sid: 's1' })
    await expect(flow.readLogoutToken(one)).rejects.toThrow('used already')
    expect(await flow.readLogoutToken(await token(claims({ sid: undefined })))).toEqual({ subject: 'ada' })
  })

  test.each<Case>([
    ...FORGED,
    ['a nonce, as ID tokens have', { nonce: NONCE }, right],
    ['another event', { events: { 'https://evil.example/event': {} } }, right],
    ['no events', { events: undefined }, right],
    ['no name of its own', { jti: undefined }, right],
    ['neither session nor subject', { sub: undefined, sid: undefined }, right],
    ['an age of an hour', { iat: now() - 3600 }, right],
  ])('Attack A11: a logout token with %s ends nothing', async (...[, more, signed]) => {
    await expect(flow.readLogoutToken(await token(claims(more), signed()))).rejects.toThrow()
  })
})
