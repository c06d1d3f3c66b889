/** The rules of pads: told, changed and followed (SPEC-access L105 to L109, L113, L114). The gate alone says what they come to. */
import type { LoginFacts } from '../../shared/plugin/login.ts'
import { ANONYMOUS_AUTHOR, isAuthorId, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import { RULE_LIMITS } from '../../shared/rule.ts'
import type { PadRule, RuleView } from '../../shared/rule.ts'
import { createPasswordTries, createShown, hashPassword, isPassword } from '../access/pad-password.ts'
import { grantsOf } from '../access/rule.ts'
import type { Holding, StoredRule } from '../access/rule.ts'
import { newLinkId, newReadOnlyId } from '../access/tokens.ts'
import type { People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { createTurns } from '../turns.ts'
import type { Owners } from './owner.ts'

/** What somebody wants of a rule. */
export interface RuleWish {
  rule: PadRule
  /** A new password; null for the one there is. */
  password: string | null
  /** Another secret link. */
  newLink: boolean
}

export interface Rules {
  /**
   * What is told of it to somebody; `whole` to its owner and to administrators, with the read-only link to whoever may do more
   * than read. @throws AppError `storeDown`
   */
  view(pad: string, person: Person | null, told: { whole: boolean; readLink: boolean }): Promise<RuleView>
  /** @throws AppError `notFound`, `badRequest`, `storeDown` */
  set(pad: string, wish: RuleWish, by: string): Promise<void>
  /** Another read-only link: the one before leads nowhere, also for who reads by it now. @throws AppError likewise */
  newReadLink(pad: string, by: string): Promise<void>
  /** Gives the pad to somebody else. @throws AppError likewise */
  give(pad: string, author: string, by: string): Promise<void>
  /**
   * Whether this is the pad's password; then the person is remembered to know it. False also where there is none.
   * @throws AppError `tooFast`, `storeDown`
   */
  tryPassword(pad: string, person: Person, password: string, address: string | null): Promise<boolean>
  /**
   * The id of the pad's password if this is it, for who shows it with every request and is remembered by nothing; null for a
   * wrong one, and where there is none. The same one is a try once. @throws AppError `tooFast`, `storeDown`
   */
  shown(pad: string, person: Person | null, password: string, address: string | null): Promise<string | null>
  /** Has somebody proved to know the password there is now? */
  knows(pad: string, person: Person): Promise<boolean>
  /** Another server changed something in a pad. */
  followed(pad: string): void
}

export interface RulesParts {
  store: Pick<Store, 'saveRule' | 'savePass' | 'passOf' | 'authors' | 'readOnlyId' | 'replaceReadOnlyId'>
  sync: Pick<Sync, 'recheck'>
  people: Pick<People, 'people'>
  owners: Pick<Owners, 'holding' | 'changed'>
  log: Log
  /** What counts in pads without a rule of their own. */
  installation: PadRule
  /** What is known of people who are signed in. */
  facts: (author: string) => Promise<LoginFacts | null>
  audit: Pick<Audit, 'record'>
}

export function createRules(parts: RulesParts): Rules {
  const { store, sync, people, owners, log, audit, installation } = parts
  const tried = createPasswordTries()
  const remembered = createShown()
  // A new password takes a while to hash; a wish that came after it must not be overwritten by it.
  const inTurn = createTurns()

  async function holdingOf(pad: string): Promise<Holding> {
    const holding = await owners.holding(pad)
    if (holding === null) throw new AppError('storeDown', 'Who may open this pad cannot be known right now.')
    return holding
  }

  /** Who it was, for the record: an author, or an administrator by name. */
  async function actor(by: string): Promise<{ who: string; id?: string }> {
    if (!isAuthorId(by)) return { who: by }
    const [person] = await people.people([by])
    return { who: person?.name ?? '', id: by }
  }

  async function save(pad: string, stored: StoredRule, owner?: string): Promise<void> {
    const change = {
      rule: JSON.stringify(stored),
      time: Date.now(),
      grants: grantsOf(stored),
      ...(owner === undefined ? {} : { owner }),
    }
    if (!(await store.saveRule(pad, change))) throw new AppError('notFound', 'There is no pad of this name.')
    owners.changed(pad)
    await sync.recheck(pad)
  }

  async function set(pad: string, { rule, password, newLink }: RuleWish, by: string): Promise<void> {
    const { rule: before, owner } = await holdingOf(pad)
    const { least, most } = RULE_LIMITS.password
    if (password !== null && (password.length < least || password.length > most))
      throw new AppError('badRequest', `A password has ${least} to ${most} characters.`)
    const kept =
      rule.password === 'none'
        ? null
        : password === null
          ? (before?.password ?? null)
          : await hashPassword(password)
    if (rule.password !== 'none' && kept === null)
      throw new AppError('badRequest', 'Please choose a password first.')
    const link = rule.link === 'none' ? null : newLink ? newLinkId() : (before?.link ?? newLinkId())
    const named = Object.entries(rule.people).filter(([author]) => author !== owner)
    await save(pad, { rule: { ...rule, people: Object.fromEntries(named) }, link, password: kept })
    log.info('who may open a pad changed', { pad, by })
    const { everybody, signedIn } = rule
    const facts = { everybody, signedIn, link: rule.link, password: rule.password, people: named.length }
    audit.record({ kind: 'permission', target: pad, ...(await actor(by)), facts })
  }

  async function give(pad: string, author: string, by: string): Promise<void> {
    const { rule: before, owner } = await holdingOf(pad)
    const stranger = author === ANONYMOUS_AUTHOR || author === SYSTEM_AUTHOR
    if (stranger || (await store.authors([author])).length === 0)
      throw new AppError('badRequest', 'Nobody knows this person here.')
    if (author === owner) return
    const stored = before ?? { rule: installation, link: null, password: null }
    const { [author]: _, ...named } = stored.rule.people
    const rule: PadRule = {
      ...stored.rule,
      people: owner === null ? named : { ...named, [owner]: 'write' },
    }
    await save(pad, { ...stored, rule }, author)
    log.info('a pad has another owner', { pad, by, to: author })
    audit.record({ kind: 'permission', target: pad, ...(await actor(by)), facts: { owner: author } })
  }

  return {
    async view(pad, person, { whole, readLink }) {
      const { owner, rule: stored } = await holdingOf(pad)
      const rule = stored?.rule ?? installation
      const named = whole ? Object.keys(rule.people) : []
      const [first, ...others] = await people.people([...(owner === null ? [] : [owner]), ...named])
      const shown = owner === null ? [first, ...others] : others
      const facts = person === null ? null : await parts.facts(person.author)
      return {
        rule: whole ? rule : { ...rule, people: {}, groups: {} },
        owner: owner === null ? null : (first?.name ?? ''),
        mine: whole,
        link: whole ? (stored?.link ?? null) : null,
        readId: readLink ? await store.readOnlyId(pad, newReadOnlyId) : null,
        password: stored?.password !== null && stored !== null,
        people: shown.flatMap((one) => (one === undefined ? [] : [{ author: one.author, name: one.name }])),
        myGroups: facts?.groups ?? [],
        own: stored !== null,
      }
    },

    set: (pad, wish, by) => inTurn(pad, () => set(pad, wish, by)),
    give: (pad, author, by) => inTurn(pad, () => give(pad, author, by)),
    async newReadLink(pad, by) {
      if (!(await store.replaceReadOnlyId(pad, newReadOnlyId(), Date.now())))
        throw new AppError('notFound', 'There is no pad of this name.')
      await sync.recheck(pad)
      log.info('a pad has another read-only link', { pad, by })
      audit.record({
        kind: 'permission',
        target: pad,
        ...(await actor(by)),
        facts: { 'new read-only link': true },
      })
    },

    async tryPassword(pad, person, password, address) {
      tried(pad, person.author, address)
      const kept = (await holdingOf(pad)).rule?.password ?? null
      if (kept === null || password.length > RULE_LIMITS.password.most) return false
      if (!(await isPassword(password, kept))) {
        const { author, name } = person
        audit.record({ kind: 'failed', who: name, id: author, target: pad, facts: { password: true } })
        return false
      }
      await store.savePass(pad, person.author, kept.id)
      await sync.recheck(pad)
      return true
    },

    async shown(pad, person, password, address) {
      const kept = (await holdingOf(pad)).rule?.password ?? null
      if (kept === null || password.length > RULE_LIMITS.password.most) return null
      const known = remembered.known(password, kept)
      if (known !== undefined) return known ? kept.id : null
      tried(pad, person?.author ?? address ?? `nobody ${pad}`, address)
      const right = await isPassword(password, kept)
      remembered.keep(password, kept, right)
      if (right) return kept.id
      const who = person === null ? {} : { who: person.name, id: person.author }
      audit.record({ kind: 'failed', ...who, target: pad, facts: { password: true } })
      return null
    },

    async knows(pad, person) {
      const kept = (await holdingOf(pad)).rule?.password ?? null
      return kept !== null && (await store.passOf(pad, person.author)) === kept.id
    },

    followed(pad) {
      owners.changed(pad)
      sync
        .recheck(pad)
        .catch((error: unknown) => log.warn('a rule could not be asked again', { error: String(error) }))
    },
  }
}
