/** What is said to the provider and understood of its answers (OpenID Connect Core, RP-Initiated and Back-Channel Logout). */
import { createHash } from 'node:crypto'
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import type { LoginIdentity, LoginStart } from '../../shared/plugin/login.ts'
import { identityOf, payloadOf } from './claims.ts'
import type { ClaimWishes, Rules } from './claims.ts'
import type { Provider } from './provider.ts'

const BACKCHANNEL = 'http://schemas.openid.net/event/backchannel-logout'
/** Characters of an ID token that are kept for the way out. */
const LONGEST_TOKEN = 12_000
/** Logout tokens remembered, so that none counts twice, and the seconds one is good. */
const MOST_TOKENS = 10_000
const TOKEN_LIFE = 300

export interface FlowParts {
  /** Our address, with a slash at its end. */
  base: string
  scope: string
  wishes: ClaimWishes
  rules: Rules
  /** What is wrong with the settings; null for nothing. */
  fault: string | null
  clockTolerance: number
  provider: Provider
  warn: (message: string) => void
}

export interface Flow {
  /** Looks whether the provider is there; never throws. */
  look(): Promise<void>
  trouble(): string | null
  /** Where the browser goes to sign in. */
  begin(how: Pick<LoginStart, 'state' | 'secret' | 'silent' | 'language'>): Promise<string>
  /** Who came back. @throws what the provider or its answer lacks; status 403 for somebody who may not sign in */
  finish(query: string, note: { state: string; secret: string }): Promise<LoginIdentity>
  /** Where the browser goes to sign out; null where the provider has no such place. */
  logout(keep: unknown): Promise<string | null>
  /** Whose sessions end. @throws what is wrong with the token */
  readLogoutToken(token: string): Promise<{ subject: string } | { sid: string }>
}

export function createFlow(parts: FlowParts): Flow {
  const { base, provider, wishes, fault } = parts
  const redirect = `${base}ep_openid_connect/callback`
  const seen = new Map<string, number>()
  let said: string | null = null
  let keys: { uri: string; get: ReturnType<typeof createRemoteJWKSet> } | null = null

  const nonceOf = (secret: string): string =>
    createHash('sha256').update(`nonce.${secret}`).digest('base64url')

  function configuration(): Promise<oidc.Configuration> {
    if (fault !== null) return Promise.reject(new Error(fault))
    return provider.configuration()
  }

  /** Userinfo where the provider has it; the person is signed in without, too. */
  async function userInfo(
    found: oidc.Configuration,
    token: string,
    subject: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (found.serverMetadata().userinfo_endpoint === undefined) return {}
    try {
      return await oidc.fetchUserInfo(found, token, subject)
    } catch (error) {
      parts.warn(
        `the provider's userinfo did not answer: ${error instanceof Error ? error.message : 'unknown'}`,
      )
      return {}
    }
  }

  function keysOf(uri: string, own: oidc.CustomFetch | undefined): ReturnType<typeof createRemoteJWKSet> {
    if (keys?.uri === uri) return keys.get
    const fetchKeys: typeof fetch | undefined =
      own &&
      ((url, options) =>
        own(String(url), {
          method: 'GET',
          headers: {},
          body: undefined,
          redirect: 'manual',
          ...(options?.signal ? { signal: options.signal } : {}),
        }))
    const get = createRemoteJWKSet(new URL(uri), {
      timeoutDuration: 5000,
      ...(fetchKeys === undefined ? {} : { [customFetch]: fetchKeys }),
    })
    keys = { uri, get }
    return get
  }

  function useOnce(token: string, now: number): void {
    for (const [old, until] of seen) {
      if (until > now && seen.size < MOST_TOKENS) break
      seen.delete(old)
    }
    if (seen.has(token)) throw new Error('the token was used already')
    seen.set(token, now + 2 * TOKEN_LIFE)
  }

  return {
    async look() {
      await configuration().catch(() => null)
      const trouble = fault ?? provider.trouble()
      if (trouble !== null && trouble !== said) parts.warn(`the provider cannot be used: ${trouble}`)
      said = trouble
    },
    trouble: () => fault ?? provider.trouble(),

    async begin({ state, secret, silent, language }) {
      const found = await configuration()
      return oidc.buildAuthorizationUrl(found, {
        redirect_uri: redirect,
        scope: parts.scope,
        state,
        nonce: nonceOf(secret),
        code_challenge: await oidc.calculatePKCECodeChallenge(secret),
        code_challenge_method: 'S256',
        ui_locales: language,
        ...(silent ? { prompt: 'none' } : {}),
      }).href
    },

    async finish(query, { state, secret }) {
      const found = await configuration()
      // The address as the provider knows it, whatever a proxy made of the request.
      const tokens = await oidc.authorizationCodeGrant(found, new URL(redirect + query), {
        pkceCodeVerifier: secret,
        expectedState: state,
        expectedNonce: nonceOf(secret),
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw new Error('the provider gave no ID token')
      const { issuer } = found.serverMetadata()
      const all = [
        await userInfo(found, tokens.access_token, claims.sub),
        { ...claims },
        payloadOf(tokens.access_token, issuer),
      ]
      const identity = identityOf(claims.sub, all, parts.rules, wishes)
      if (identity === null) throw Object.assign(new Error('this subject may not sign in'), { status: 403 })
      const { sid } = claims
      const hint =
        tokens.id_token !== undefined && tokens.id_token.length <= LONGEST_TOKEN ? tokens.id_token : null
      return { ...identity, ...(typeof sid === 'string' ? { sid } : {}), keep: { hint } }
    },

    async logout(keep) {
      const found = await configuration()
      if (found.serverMetadata().end_session_endpoint === undefined) return null
      const hint = typeof keep === 'object' && keep !== null && 'hint' in keep ? keep.hint : null
      return oidc.buildEndSessionUrl(found, {
        post_logout_redirect_uri: base,
        ...(typeof hint === 'string' ? { id_token_hint: hint } : {}),
      }).href
    },

    async readLogoutToken(token) {
      const found = await configuration()
      const { issuer, jwks_uri: uri } = found.serverMetadata()
      if (uri === undefined) throw new Error('the provider names no keys')
      const { payload } = await jwtVerify(token, keysOf(uri, found[oidc.customFetch]), {
        issuer,
        audience: wishes.clientId,
        clockTolerance: parts.clockTolerance,
        maxTokenAge: TOKEN_LIFE,
        requiredClaims: ['iat', 'jti', 'events'],
      })
      const { events, sid, sub, jti, nonce } = payload
      if (typeof events !== 'object' || events === null || !(BACKCHANNEL in events))
        throw new Error('the token is not about signing out')
      if (nonce !== undefined) throw new Error('a logout token has no nonce')
      useOnce(String(jti), Date.now() / 1000)
      if (typeof sid === 'string') return { sid }
      if (typeof sub === 'string') return { subject: sub }
      throw new Error('the token names neither a session nor a subject')
    },
  }
}
