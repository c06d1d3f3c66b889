/** The OpenID provider, found when it can be: at the start it may be away, and its facts are asked for again until they come. */
import { readFileSync } from 'node:fs'
import * as oidc from 'openid-client'
import { fetchWith } from './fetch-with.ts'

/** What has to be known of a provider. */
export interface ProviderWishes {
  issuer: string
  /** JSON in place of what the provider publishes; '' for none. */
  metadata: string
  clientId: string
  clientSecret: string
  authMethod: string
  /** PEM, or a file's path; '' for the system's authorities. */
  ca: string
  clockTolerance: number
}

export interface Provider {
  /** @throws an error when the provider cannot be reached or is not the one that was meant */
  configuration(): Promise<oidc.Configuration>
  /** Why it cannot be used now; null when all is well or nobody tried yet. Where it could not, it is tried again. */
  trouble(): string | null
}

/** Seconds an answer may take. */
const PATIENCE = 8
/** Ms between two tries to find a provider that did not answer. */
const AGAIN = 3000

export function createProvider(wishes: ProviderWishes, now: () => number = Date.now): Provider {
  let found: Promise<oidc.Configuration> | null = null
  let failedAt = -Infinity
  let trouble: string | null = null

  async function watch(asked: Promise<oidc.Configuration>): Promise<void> {
    try {
      await asked
      if (found === asked) trouble = null
    } catch (error) {
      if (found !== asked) return
      failedAt = now()
      trouble = reasonOf(error, wishes)
    }
  }

  function configuration(): Promise<oidc.Configuration> {
    if (found !== null && (trouble === null || now() - failedAt < AGAIN)) return found
    found = discover(wishes)
    void watch(found)
    return found
  }

  return {
    configuration,
    trouble() {
      // Who asks wants to know it as it is now: the answer to this try is for the next one who asks.
      if (trouble !== null) configuration().catch(() => null)
      return trouble
    },
  }
}

async function discover(wishes: ProviderWishes): Promise<oidc.Configuration> {
  const { issuer, metadata, clientId, clientSecret, ca, clockTolerance } = wishes
  const own = ca === '' ? null : fetchWith(ca.includes('-----BEGIN') ? ca : readFileSync(ca, 'utf8'))
  const client = { client_secret: clientSecret, [oidc.clockTolerance]: clockTolerance }
  let server: oidc.ServerMetadata
  if (metadata === '') {
    const discovered = await oidc.discovery(new URL(issuer), clientId, client, undefined, {
      timeout: PATIENCE,
      ...(own === null ? {} : { [oidc.customFetch]: own }),
      ...(issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}),
    })
    server = discovered.serverMetadata()
  } else server = JSON.parse(metadata) as oidc.ServerMetadata
  const configuration = new oidc.Configuration(server, clientId, client, authOf(wishes, server))
  configuration.timeout = PATIENCE
  if (own !== null) configuration[oidc.customFetch] = own
  if (server.issuer.startsWith('http:')) oidc.allowInsecureRequests(configuration)
  // Who answered over TLS may be believed, but TLS may end at a proxy, and issuers may be plain http.
  if (server.jwks_uri !== undefined) oidc.enableNonRepudiationChecks(configuration)
  return configuration
}

/** In the body where the provider takes that: some name both ways and mean one. */
function authOf({ authMethod, clientSecret }: ProviderWishes, server: oidc.ServerMetadata): oidc.ClientAuth {
  const { token_endpoint_auth_methods_supported: supported } = server
  const post =
    authMethod === 'auto'
      ? (supported?.includes('client_secret_post') ?? false)
      : authMethod === 'client_secret_post'
  return post ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret)
}

/** What the administrator has to know: the usual mistake is an issuer that calls itself otherwise. */
function reasonOf(error: unknown, { issuer }: ProviderWishes): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const attributes = typeof cause === 'object' && cause !== null && 'body' in cause ? cause.body : null
  const theirs =
    typeof attributes === 'object' && attributes !== null && 'issuer' in attributes ? attributes.issuer : null
  if (typeof theirs === 'string')
    return `the provider calls itself ${theirs}; "issuer" says ${issuer} and has to be the same, to the last slash`
  const deeper = cause instanceof Error ? ` (${cause.message})` : ''
  return `${error.message}${deeper}`
}
