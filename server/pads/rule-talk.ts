/** What people in a pad ask of its rule over their connection, and who else is told (SPEC-access L107 to L109, L113). */
import { allows } from '../../shared/access.ts'
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { LoginFacts } from '../../shared/plugin/login.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { Bucket } from '../sync/limits.ts'
import type { HouseEvent, Speaker, Sync } from '../sync/types.ts'
import { padOf } from './following.ts'
import type { Following } from './following.ts'
import type { Rules } from './rules.ts'

interface TalkParts {
  store: Pick<Store, 'findPeople' | 'saveVisit'>
  sync: Pick<Sync, 'listen' | 'peopleIn'>
  following: Following
  rules: Rules
  log: Log
  facts: (author: string) => Promise<LoginFacts | null>
}

type RuleEvent = Extract<
  HouseEvent,
  { type: 'rule' | 'ruleSet' | 'ruleOwner' | 'ruleReadLink' | 'rulePeople' }
>

/** People of one answer, and letters of a name before others than the pad's are looked for. */
const FOUND = 20
const LETTERS = 2
/** Questions a second and at once of one connection. */
const RATE = { rate: 1, burst: 10 }
/** Ms between two notes of one person's visits to one pad; notes remembered. */
const VISIT_EVERY = 10 * 60_000
const MOST_VISITS = 10_000

/** Begins to serve them; the answer ends it. */
export function createRuleTalk({ store, sync, following, rules, log, facts }: TalkParts): () => void {
  const connections = new WeakMap<object, Bucket>()
  const changes = new Map<string, number>()
  const visits = new Map<string, number>()

  function mayAsk({ connection }: Speaker): boolean {
    const now = performance.now()
    const bucket = connections.get(connection) ?? new Bucket(RATE.rate, RATE.burst, now)
    connections.set(connection, bucket)
    return bucket.take(1, now)
  }

  async function answer(from: Speaker, event: RuleEvent): Promise<void> {
    const pad = padOf(from.document)
    const refuse = (why: string): void => from.tell({ type: 'refused', what: 'rule', why })
    if (!mayAsk(from)) return refuse('tooFast')
    if (event.type !== 'rule' && from.level !== 'own') return refuse('notOwner')
    try {
      if (event.type === 'rulePeople') {
        from.tell({ type: 'rulePeople', search: event.search, people: await find(from, event.search) })
        return
      }
      if (event.type === 'ruleSet') await rules.set(pad, event, from.person.author)
      if (event.type === 'ruleOwner') await rules.give(pad, event.author, from.person.author)
      if (event.type === 'ruleReadLink') await rules.newReadLink(pad, from.person.author)
      const whole = from.level === 'own' && event.type !== 'ruleOwner'
      const readLink = allows(from.level, 'comment')
      from.tell({ type: 'rule', view: await rules.view(pad, from.person, { whole, readLink }) })
    } catch (error) {
      if (error instanceof AppError && error.code !== 'storeDown') return refuse(error.code)
      log.warn('who may open a pad could not be changed', { pad, error: String(error) })
      refuse('later')
    }
  }

  async function find(from: Speaker, search: string): Promise<readonly { author: string; name: string }[]> {
    const wanted = search.trim().toLowerCase()
    const here = [`p/${padOf(from.document)}`, from.document]
      .flatMap((document) => sync.peopleIn(document))
      .filter(({ author, name }) => isSomebody(author) && name.toLowerCase().includes(wanted))
    const asks = wanted.length >= LETTERS && (await facts(from.person.author)) !== null
    const others = asks ? await store.findPeople(wanted, FOUND) : []
    const found = new Map([...here, ...others].map(({ author, name }) => [author, { author, name }]))
    found.delete(from.person.author)
    return [...found.values()].filter(({ name }) => name !== '').slice(0, FOUND)
  }

  /** Who is signed in finds again what they opened. */
  async function visited(pad: string, author: string): Promise<void> {
    const key = `${author} ${pad}`
    const now = Date.now()
    if (now - (visits.get(key) ?? 0) < VISIT_EVERY || (await facts(author)) === null) return
    visits.delete(key)
    visits.set(key, now)
    if (visits.size > MOST_VISITS) for (const [oldest] of visits) if (visits.delete(oldest)) break
    await store.saveVisit(pad, author, now)
  }

  const offs = [
    sync.listen({
      joined(document, { author }) {
        visited(padOf(document), author).catch((error: unknown) =>
          log.debug('a visit is not noted', { error: String(error) }),
        )
      },
      heard(from, event) {
        if (isOfRule(event)) void answer(from, event)
      },
    }),
    following.listen({
      news(pad, { changed }) {
        if (changed === changes.get(pad)) return
        const first = !changes.has(pad)
        changes.set(pad, changed)
        if (!first || changed > 0) rules.followed(pad)
      },
      closed: (pad) => void changes.delete(pad),
    }),
  ]
  return () => offs.forEach((off) => off())
}

function isSomebody(author: string): boolean {
  return author !== ANONYMOUS_AUTHOR && author !== SYSTEM_AUTHOR
}

function isOfRule(event: HouseEvent): event is RuleEvent {
  return ['rule', 'ruleSet', 'ruleOwner', 'ruleReadLink', 'rulePeople'].includes(event.type)
}
