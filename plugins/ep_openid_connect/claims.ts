/** From what a provider says of a person to who they are here: claims, roles, defaults. Pure. */
import type { LoginIdentity } from '../../shared/plugin/login.ts'

/** One property's rule: the claim if there is one, else whether the role is there, else the default. */
interface Rule {
  claim?: string
  role?: string
  default?: unknown
}

/** Rules by property; null: the property is not set. */
export type Rules = ReadonlyMap<string, Rule | null>

export interface ClaimWishes {
  /** `user_properties` in JSON; '' for none. */
  properties: string
  nameClaim: string
  groupsClaim: string
  clientId: string
  prohibited: readonly string[]
}

/** What a provider said, the most telling first: userinfo, ID token, access token. */
export type Claims = readonly Readonly<Record<string, unknown>>[]

const PROPERTIES = ['displayname', 'is_admin', 'readOnly', 'canCreate', 'groups']

/** @throws RangeError that says what is wrong with the setting */
export function readRules({ properties, nameClaim, groupsClaim }: ClaimWishes): Rules {
  const rules = new Map<string, Rule | null>([
    ['displayname', { claim: nameClaim }],
    ['groups', { claim: groupsClaim }],
  ])
  const given: unknown = properties === '' ? {} : JSON.parse(properties)
  if (!isRecord(given)) throw new RangeError('user_properties is not an object')
  for (const [name, rule] of Object.entries(given)) {
    if (name === 'username')
      throw new RangeError('user_properties.username cannot be chosen: it is the subject')
    if (!PROPERTIES.includes(name)) continue
    if (rule !== null && !isRecord(rule)) throw new RangeError(`user_properties.${name} is not an object`)
    rules.set(name, rule === null ? null : readRule(rule))
  }
  return rules
}

function readRule(rule: Readonly<Record<string, unknown>>): Rule {
  const { claim, role } = rule
  return {
    ...(typeof claim === 'string' ? { claim } : {}),
    ...(typeof role === 'string' ? { role } : {}),
    ...('default' in rule ? { default: rule['default'] } : {}),
  }
}

/** Who it is; null for somebody who may not sign in. `subject` has been proved. */
export function identityOf(
  subject: string,
  claims: Claims,
  rules: Rules,
  wishes: ClaimWishes,
): LoginIdentity | null {
  if (['', '__proto__', ...wishes.prohibited].includes(subject)) return null
  const roles = rolesIn(claims, wishes.clientId)
  const value = (property: string): unknown => {
    const rule = rules.get(property) ?? {}
    const claimed = rule.claim === undefined ? undefined : claimIn(claims, rule.claim)
    if (claimed !== undefined) return claimed
    if (rule.role !== undefined && roles.has(rule.role)) return true
    return rule.default
  }
  const flag = (property: string): boolean | undefined => {
    const given = value(property)
    if (given === true || given === 'true') return true
    return given === false || given === 'false' ? false : undefined
  }
  const name = value('displayname')
  const groups = value('groups')
  const isAdmin = flag('is_admin')
  const readOnly = flag('readOnly')
  const canCreate = flag('canCreate')
  return {
    subject,
    ...(typeof name === 'string' && name.trim() !== '' ? { name: name.trim() } : {}),
    groups: wordsIn(groups),
    ...(isAdmin === undefined ? {} : { isAdmin }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(canCreate === undefined ? {} : { canCreate }),
  }
}

/** A claim by name; where there is none of that whole name, its dots lead into objects. */
export function claimIn(claims: Claims, name: string): unknown {
  for (const one of claims) {
    if (Object.hasOwn(one, name)) return one[name]
    let at: unknown = one
    for (const part of name.split('.')) at = isRecord(at) && Object.hasOwn(at, part) ? at[part] : undefined
    if (at !== undefined) return at
  }
  return undefined
}

/** Roles wherever providers put them: `roles`, and Keycloak's of the realm and of the client, also in the access token. */
function rolesIn(claims: Claims, clientId: string): ReadonlySet<string> {
  const places = claims.flatMap((one) => {
    const access = one['resource_access']
    const own = isRecord(access) ? access[clientId] : undefined
    return [one['roles'], claimIn([one], 'realm_access.roles'), isRecord(own) ? own['roles'] : undefined]
  })
  return new Set(places.flatMap(wordsIn))
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : []
}

/** The payload of a token, which came straight from the provider and needs no signature; nothing where it is no JWT of this issuer. */
export function payloadOf(token: string | undefined, issuer: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token?.split('.') ?? []
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return isRecord(value) && value['iss'] === issuer ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
