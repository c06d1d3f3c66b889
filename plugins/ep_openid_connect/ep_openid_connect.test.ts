import { describe, expect, test } from '@jest/globals'
import { claimIn, identityOf, payloadOf, readRules } from './claims.ts'
import type { ClaimWishes } from './claims.ts'
import { createFlow } from './flow.ts'
import { createProvider } from './provider.ts'

const WISHES: ClaimWishes = {
  properties: '',
  nameClaim: 'name',
  groupsClaim: 'groups',
  clientId: 'etherpad',
  prohibited: ['admin', 'guest'],
}

function who(claims: readonly Record<string, unknown>[], more: Partial<ClaimWishes> = {}, subject = 'u1') {
  const wishes = { ...WISHES, ...more }
  return identityOf(subject, claims, readRules(wishes), wishes)
}

describe('from claims to a person', () => {
  test('without any rule the name and the groups count, and nothing else is said', () => {
    expect(who([{ name: ' Ada ', groups: ['staff', 7, '/math'] }])).toEqual({
      subject: 'u1',
      name: 'Ada',
      groups: ['staff', '/math'],
    })
  })

  test('userinfo counts before the ID token, and that before the access token', () => {
    expect(who([{}, { name: 'token' }, { name: 'access' }])?.name).toBe('token')
    expect(who([{ name: 'info' }, { name: 'token' }])?.name).toBe('info')
  })

  test('dots lead into objects, unless a claim has the whole name', () => {
    expect(claimIn([{ a: { b: { c: 1 } } }], 'a.b.c')).toBe(1)
    expect(claimIn([{ 'a.b': 2, a: { b: 3 } }], 'a.b')).toBe(2)
    expect(claimIn([{ a: 'x' }], 'a.b')).toBeUndefined()
    expect(claimIn([{}], '__proto__.x')).toBeUndefined()
  })

  test.each([
    ['a list of roles', { roles: ['boss'] }],
    ["Keycloak's roles of the realm", { realm_access: { roles: ['boss'] } }],
    ["Keycloak's roles of the client", { resource_access: { etherpad: { roles: ['boss'] } } }],
  ])('a role is found in %s, also in the access token alone', (_where, claims) => {
    const properties = JSON.stringify({ is_admin: { role: 'boss' }, readOnly: { role: 'reader' } })
    expect(who([{}, {}, claims], { properties })).toMatchObject({ isAdmin: true })
    expect(who([{}, {}, claims], { properties })?.readOnly).toBeUndefined()
    expect(who([{}, {}, { resource_access: { other: { roles: ['boss'] } } }], { properties })?.isAdmin).toBe(
      undefined,
    )
  })

  test('of a rule the claim counts first, then the role, then the default; words are flags, too', () => {
    const properties = JSON.stringify({
      is_admin: { claim: 'pad.admin', role: 'boss', default: false },
      canCreate: { claim: 'pad.create', default: true },
      readOnly: { default: true },
    })
    expect(who([{ pad: { admin: 'false', create: false }, roles: ['boss'] }], { properties })).toMatchObject({
      isAdmin: false,
      canCreate: false,
      readOnly: true,
    })
    expect(who([{}], { properties })).toMatchObject({ isAdmin: false, canCreate: true })
  })

  test('null takes a property away, an empty rule takes the usual claim away', () => {
    expect(who([{ name: 'Ada' }], { properties: '{"displayname":null}' })?.name).toBeUndefined()
    expect(who([{ name: 'Ada' }], { properties: '{"displayname":{}}' })?.name).toBeUndefined()
  })

  test.each(['', '__proto__', 'admin', 'guest'])('the subject "%s" may not sign in', (subject) => {
    expect(who([{}], {}, subject)).toBeNull()
  })

  test.each([
    ['[]', 'user_properties is not an object'],
    ['{"username":{"claim":"x"}}', 'user_properties.username cannot be chosen: it is the subject'],
    ['{"is_admin":7}', 'user_properties.is_admin is not an object'],
  ])('%s is refused with a sentence', (properties, sentence) => {
    expect(() => readRules({ ...WISHES, properties })).toThrow(sentence)
  })

  test('of an access token only the payload of a JWT of the same issuer counts', () => {
    const jwt = (payload: unknown) =>
      `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`
    expect(payloadOf(jwt({ iss: 'https://a', roles: ['r'] }), 'https://a')).toEqual({
      iss: 'https://a',
      roles: ['r'],
    })
    expect(payloadOf(jwt({ iss: 'https://b', roles: ['r'] }), 'https://a')).toEqual({})
    expect(payloadOf('opaque', 'https://a')).toEqual({})
    expect(payloadOf(undefined, 'https://a')).toEqual({})
  })
})

test('settings with a fault lead nowhere, and say why', async () => {
  const provider = createProvider({
    issuer: '',
    metadata: '',
    clientId: '',
    clientSecret: '',
    authMethod: 'auto',
    ca: '',
    clockTolerance: 30,
  })
  const flow = createFlow({
    base: 'https://pad.example/',
    scope: 'openid',
    wishes: WISHES,
    rules: new Map(),
    fault: 'settings are missing: client_secret',
    clockTolerance: 30,
    provider,
    warn: () => {},
  })
  expect(flow.trouble()).toBe('settings are missing: client_secret')
  const note = { state: 's', secret: 'x'.repeat(43), silent: false, language: 'en' }
  await expect(flow.begin(note)).rejects.toThrow('client_secret')
})
