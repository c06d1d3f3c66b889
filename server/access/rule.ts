/** What a pad's rule comes to for one person (SPEC-access L101 to L105). Pure: who asks it knows what is asked. */
import { createHash } from 'node:crypto'
import { LEVELS } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { readRule } from '../../shared/rule.ts'
import type { PadRule } from '../../shared/rule.ts'
import type { GrantRow } from '../store/grant-store.ts'

/** A rule as it is kept. */
export interface StoredRule {
  rule: PadRule
  /** Id of the secret link; null for none. */
  link: string | null
  /** Null for none. */
  password: StoredPassword | null
}

export interface StoredPassword {
  /** New with each password; what a person proved is proved for one. */
  id: string
  /** Base64. */
  salt: string
  hash: string
}

/** What the gate knows of a pad. */
export interface Holding {
  owner: string | null
  /** Null for none of its own. */
  rule: StoredRule | null
}

/** Somebody at the gate. */
export interface Asker {
  /** Null for nobody in particular. */
  author: string | null
  signedIn: boolean
  groups: readonly string[]
  /** By which name they came. */
  by: 'name' | 'link' | 'readLink'
  /** They know the pad's password. */
  knows: boolean
}

/** The higher of two levels. */
export function most<A extends Level, B extends Level>(one: A, two: B): A | B {
  return LEVELS.indexOf(one) >= LEVELS.indexOf(two) ? one : two
}

/** The lower of two levels. */
export function least<A extends Level, B extends Level>(one: A, two: B): A | B {
  return LEVELS.indexOf(one) <= LEVELS.indexOf(two) ? one : two
}

/** What a rule gives somebody who is not the owner. */
export function levelOf(rule: PadRule, asker: Asker): Level {
  const named = asker.author === null ? undefined : ownOf(rule.people, asker.author)
  if (asker.by === 'readLink') return least(rule.readLink ? 'read' : 'none', named ?? 'read')
  if (named !== undefined) return named
  let level: Level = rule.everybody
  if (asker.signedIn) level = most(level, rule.signedIn)
  if (asker.by === 'link') level = most(level, rule.link)
  if (asker.knows) level = most(level, rule.password)
  for (const group of asker.groups) level = most(level, ownOf(rule.groups, group) ?? 'none')
  return level
}

function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** How lists call a group: its name may be longer than a key. */
export function groupKey(group: string): string {
  return `g:${createHash('sha256').update(group).digest('hex')}`
}

/** Whom a rule gives something, for lists. The secret link is found by this, too. */
export function grantsOf({ rule, link }: StoredRule): readonly GrantRow[] {
  const level = (name: Level): number => LEVELS.indexOf(name)
  return [
    ...Object.entries(rule.people).map(([who, given]) => ({ who, level: level(given) })),
    ...Object.entries(rule.groups).map(([group, given]) => ({ who: groupKey(group), level: level(given) })),
    ...(link === null ? [] : [{ who: link, level: level(rule.link) }]),
  ].filter((grant) => grant.level > 0)
}

/** A rule as it was kept. @throws Error for what cannot be read, so that nothing opens by it */
export function readStored(text: string): StoredRule {
  const value: unknown = JSON.parse(text)
  const part = (from: unknown, key: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined
  const rule = readRule(part(value, 'rule'))
  if (rule === null) throw new Error('a rule that cannot be read')
  const [link, password] = [part(value, 'link'), part(value, 'password')]
  const [id, salt, hash] = ['id', 'salt', 'hash'].map((key) => part(password, key))
  return {
    rule,
    link: typeof link === 'string' ? link : null,
    password:
      typeof id === 'string' && typeof salt === 'string' && typeof hash === 'string'
        ? { id, salt, hash }
        : null,
  }
}
