/** A pad's rule: who may do what in it (docs/SPEC-access.md, Permissions). */
import type { Level } from './access.ts'
import { isAuthorId } from './ids.ts'
import type { Person } from './protocol.ts'

/** What a rule can give. */
export const GIVEN = ['none', 'read', 'comment', 'write'] as const satisfies readonly Level[]
export type Given = (typeof GIVEN)[number]

export interface PadRule {
  /** Everybody who knows the pad's name. */
  everybody: Given
  signedIn: Given
  /** Whoever has the secret link. */
  link: Given
  /** Whoever knows the password. */
  password: Given
  /** The read-only link opens the pad. */
  readLink: boolean
  /** By author. */
  people: Readonly<Record<string, Given>>
  /** By the name that a login provider gives the group. */
  groups: Readonly<Record<string, Given>>
}

/** People, and groups, that a rule names at most; characters of a group's name. */
export const RULE_LIMITS = { people: 200, groups: 50, group: 200, password: { least: 6, most: 200 } } as const

/** What pads are by themselves. */
export const OPEN_RULE: PadRule = {
  everybody: 'write',
  signedIn: 'none',
  link: 'none',
  password: 'none',
  readLink: true,
  people: {},
  groups: {},
}

/** Nobody but its owner. */
export const CLOSED_RULE: PadRule = { ...OPEN_RULE, everybody: 'none', readLink: false }

/** What is told of a rule to somebody in the pad. */
export interface RuleView {
  /** Without people and groups, unless it is told to the owner. */
  rule: PadRule
  /** Name of the owner; '' for one without a name, null for nobody. */
  owner: string | null
  /** It is told to the owner. */
  mine: boolean
  /** The secret link's id; null for none, and for everybody but the owner. */
  link: string | null
  /** The read-only link's id; null for who reads only, and for administrators. */
  readId: string | null
  /** A password is set. */
  password: boolean
  /** Who the people are that the rule names. */
  people: readonly Pick<Person, 'author' | 'name'>[]
  /** The groups of whoever is told. */
  myGroups: readonly string[]
  /** It is the pad's own rule and not the installation's. */
  own: boolean
}

/** Reads a rule of unknown origin; null for what is none. */
export function readRule(value: unknown): PadRule | null {
  if (!isRecord(value)) return null
  const { everybody, signedIn, link, password, readLink } = value
  if (![everybody, signedIn, link, password].every(isGiven) || typeof readLink !== 'boolean') return null
  const people = readGiven(value['people'], RULE_LIMITS.people, isAuthorId)
  const groups = readGiven(value['groups'], RULE_LIMITS.groups, isGroupName)
  if (people === null || groups === null) return null
  return {
    everybody: everybody as Given,
    signedIn: signedIn as Given,
    link: link as Given,
    password: password as Given,
    readLink,
    people,
    groups,
  }
}

/** Can a login provider call a group this? */
export function isGroupName(name: string): boolean {
  return name !== '' && name.length <= RULE_LIMITS.group && !/\p{Cc}/u.test(name) && name.trim() === name
}

function isGiven(value: unknown): value is Given {
  return GIVEN.some((level) => level === value)
}

function readGiven(
  value: unknown,
  most: number,
  isKey: (key: string) => boolean,
): Readonly<Record<string, Given>> | null {
  if (!isRecord(value)) return null
  const entries = Object.entries(value)
  if (entries.length > most) return null
  const all = new Map<string, Given>()
  for (const [key, level] of entries) {
    if (!isKey(key) || !isGiven(level)) return null
    all.set(key, level)
  }
  return Object.fromEntries(all)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
