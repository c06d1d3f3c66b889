/** What the gate makes of rules, of the installation and of who asks (SPEC-access L101, L102, L106, L110 to L112). */
import { describe, expect, test } from '@jest/globals'
import { createAccess } from '../../../server/access/access.ts'
import type { AccessParts } from '../../../server/access/access.ts'
import { createGates } from '../../../server/access/gates.ts'
import { grantsOf, readStored } from '../../../server/access/rule.ts'
import type { Holding } from '../../../server/access/rule.ts'
import { AppError } from '../../../server/errors.ts'
import { installationRule } from '../../../server/settings/permissions.ts'
import type { LoginFacts } from '../../../shared/plugin/login.ts'
import { CLOSED_RULE, OPEN_RULE, readRule } from '../../../shared/rule.ts'
import type { PadRule } from '../../../shared/rule.ts'

const person = (author: string) => ({ author: `a.${author.padEnd(16, '0')}`, name: author, colour: '1' })
const [ADA, BO, ROOT] = [person('ada'), person('bo'), person('root')]
const facts = (more: Partial<LoginFacts> = {}): LoginFacts => ({
  provider: 'p/p',
  subject: 's',
  name: '',
  groups: [],
  isAdmin: false,
  readOnly: false,
  canCreate: true,
  ...more,
})
const ruled = (rule: PadRule, owner: string | null = null): Holding => ({
  owner,
  rule: { rule, link: null, password: null },
})

/** A gate over pads that are there. */
function gate(pads: Record<string, Holding | null>, more: Partial<AccessParts> = {}) {
  const access = createAccess({
    store: { padOfReadOnlyId: async () => 'notes' },
    owners: {
      holding: async (pad) => (Object.hasOwn(pads, pad) ? (pads[pad] ?? null) : { owner: null, rule: null }),
    },
    exists: async (pad) => Object.hasOwn(pads, pad),
    lowerCasePadIds: false,
    accounts: {
      facts: async (author) =>
        author === BO.author ? facts() : author === ROOT.author ? facts({ isAdmin: true }) : null,
    },
    ...more,
  })
  return async (pad: string, who: typeof ADA | null): Promise<string> =>
    access.enter(pad, who).then(
      ({ level }) => level,
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    )
}
const undecided: Holding = { owner: null, rule: null }

describe('the installation', () => {
  const rule = installationRule({
    permissions: { everybody: 'none', signedIn: 'write' },
    requireAuthentication: false,
    requireAuthorization: false,
  })

  test('L101: its rule counts in pads without one of their own, and in no other', async () => {
    const level = gate({ notes: undecided, open: ruled(OPEN_RULE) }, { rule })
    expect(await Promise.all([level('notes', null), level('notes', ADA), level('notes', BO)])).toEqual([
      'forbidden',
      'forbidden',
      'write',
    ])
    expect(await level('open', ADA)).toBe('write')
  })

  test('L106: who may not read is led to sign in where there is a way', async () => {
    const level = gate({ notes: undecided }, { rule, canSignIn: () => true })
    expect(await level('notes', ADA)).toBe('unauthenticated')
    expect(await gate({ notes: ruled(CLOSED_RULE) }, { canSignIn: () => true })('notes', BO)).toBe(
      'forbidden',
    )
  })

  test('L110: with nobody let in, who is signed in makes pads all the same, unless they may not', async () => {
    const level = gate({ notes: undecided }, { rule: CLOSED_RULE })
    expect(await Promise.all([level('new', BO), level('notes', BO), level('new', ADA)])).toEqual([
      'write',
      'forbidden',
      'forbidden',
    ])
    expect(await gate({}, { rule: CLOSED_RULE, editOnly: true })('new', BO)).toBe('notFound')
    const accounts = { facts: async () => facts({ canCreate: false }) }
    expect(await gate({}, { rule: CLOSED_RULE, accounts })('new', BO)).toBe('notFound')
  })

  test('L112: while nobody can know the rule the pad is closed, for everybody', async () => {
    const level = gate({ away: null })
    expect(await Promise.all([level('away', null), level('away', ADA), level('away', ROOT)])).toEqual([
      'storeDown',
      'storeDown',
      'storeDown',
    ])
  })
})

describe('somebody', () => {
  test('L102: who is named has what stands beside their name; the owner owns; who is read-only reads', async () => {
    const rule: PadRule = { ...OPEN_RULE, people: { [ADA.author]: 'read', [BO.author]: 'none' } }
    const level = gate({ notes: ruled(rule, ROOT.author) })
    expect(
      await Promise.all([
        level('notes', ADA),
        level('notes', BO),
        level('notes', ROOT),
        level('notes', null),
      ]),
    ).toEqual(['read', 'forbidden', 'own', 'write'])
    const accounts = { facts: async () => facts({ readOnly: true }) }
    expect(await gate({ notes: ruled(OPEN_RULE, BO.author) }, { accounts })('notes', BO)).toBe('read')
  })

  test('L102: plugins narrow what a rule gives, and give nothing', async () => {
    const gates = createGates()
    gates.add((who) => (who?.author === ADA.author ? 'none' : 'own'))
    const level = gate({ notes: undecided, closed: ruled(CLOSED_RULE) }, { gates })
    expect(await Promise.all([level('notes', ADA), level('notes', BO), level('closed', BO)])).toEqual([
      'forbidden',
      'write',
      'forbidden',
    ])
  })
})

describe('requireAuthorization', () => {
  const settings = {
    permissions: { everybody: 'write', signedIn: 'none' },
    requireAuthentication: true,
    requireAuthorization: true,
  } as const
  const on = { requireAuthentication: true, requireAuthorization: true, rule: installationRule(settings) }

  test('L111: a right is needed for each pad: as its owner, by its rule, as an administrator', async () => {
    const level = gate(
      { notes: undecided, mine: { owner: BO.author, rule: null }, open: ruled(OPEN_RULE) },
      on,
    )
    expect(await Promise.all(['notes', 'mine', 'open', 'new'].map((pad) => level(pad, BO)))).toEqual([
      'forbidden',
      'own',
      'write',
      'forbidden',
    ])
    expect(await Promise.all([level('notes', ROOT), level('new', ROOT), level('open', ADA)])).toEqual([
      'write',
      'write',
      'unauthenticated',
    ])
    expect(await level(`r.${'0'.repeat(32)}`, BO)).toBe('forbidden')
  })

  test('L111: a plugin gives a right by its answer, never more than write', async () => {
    const gates = createGates()
    gates.add((_who, pad) => (pad === 'notes' ? 'read' : pad === 'new' ? 'own' : undefined))
    const level = gate({ notes: undecided, other: undecided }, { ...on, gates })
    expect(await Promise.all(['notes', 'new', 'other'].map((pad) => level(pad, BO)))).toEqual([
      'read',
      'write',
      'forbidden',
    ])
  })

  test('L111: without requireAuthentication it says nothing', async () => {
    const open = { ...settings, requireAuthentication: false }
    const level = gate({ notes: undecided }, { requireAuthorization: true, rule: installationRule(open) })
    expect(await level('notes', ADA)).toBe('write')
  })
})

describe('what is kept and sent', () => {
  test.each([
    null,
    {},
    { ...OPEN_RULE, everybody: 'own' },
    { ...OPEN_RULE, readLink: 'yes' },
    { ...OPEN_RULE, people: { nobody: 'read' } },
    { ...OPEN_RULE, people: { [ADA.author]: 'own' } },
    { ...OPEN_RULE, groups: { '': 'read' } },
    { ...OPEN_RULE, groups: { ['x'.repeat(201)]: 'read' } },
    { ...OPEN_RULE, groups: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`g${n}`, 'read'])) },
  ])('L101: %j is no rule, and what was kept so opens nothing', (value) => {
    expect(readRule(value)).toBeNull()
    expect(() => readStored(JSON.stringify({ rule: value, link: null, password: null }))).toThrow()
  })

  test('L101: a group may be called as an object\u2019s own parts are', () => {
    const rule = readRule({
      ...OPEN_RULE,
      groups: JSON.parse('{"__proto__":"read","constructor":"write"}') as object,
    })
    expect(Object.keys(rule?.groups ?? {})).toEqual(['__proto__', 'constructor'])
    expect(grantsOf({ rule: rule ?? OPEN_RULE, link: null, password: null })).toHaveLength(2)
  })
})
