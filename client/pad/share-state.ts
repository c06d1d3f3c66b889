/** Who may do what in this pad, as the server says it, and what the owner asks of it. */
import { useSignal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { ClientEvent } from '../../shared/protocol.ts'
import type { PadRule, RuleView } from '../../shared/rule.ts'
import type { Session } from '../net/types.ts'
import { createRuleWishes } from './rule-wishes.ts'

export interface Found {
  search: string
  people: RuleView['people']
}

export interface RuleState {
  /** Null until the server said it. */
  readonly view: ReadonlySignal<RuleView | null>
  /** Why the last wish was not taken; null when it was. */
  readonly problem: ReadonlySignal<string | null>
  /** People that were found; null before the first question. */
  readonly found: ReadonlySignal<Found | null>
  /** Counts what the server took. */
  readonly taken: ReadonlySignal<number>
  /** Shown at once; the server's word counts. */
  set(rule: PadRule, more?: { password?: string; newLink?: boolean }): void
  /** Another read-only link. */
  newReadLink(): void
  give(author: string): void
  find(search: string): void
}

/** Asks for the rule, and again whenever the person may do something else or the connection is back. */
export function useRule(session: Pick<Session, 'on' | 'send'>): RuleState {
  const view = useSignal<RuleView | null>(null)
  const problem = useSignal<string | null>(null)
  const found = useSignal<Found | null>(null)
  const taken = useSignal(0)
  const confirmed = useSignal<RuleView | null>(null)
  const wishes = useMemo(createRuleWishes, [])
  const takeBack = (why: string): void => {
    problem.value = why
    wishes.drop()
    view.value = confirmed.value
  }
  const send = (event: ClientEvent): void => {
    if (session.send(event)) problem.value = null
    else takeBack('offline')
  }
  useEffect(() => {
    const ask = (): void => void session.send({ type: 'rule' })
    const offs = [
      session.on('open', ask),
      session.on('level', ask),
      session.on('event', (event) => {
        if (event.type === 'rule') {
          confirmed.value = event.view
          view.value = { ...event.view, rule: wishes.told(event.view.rule) }
          taken.value++
        } else if (event.type === 'rulePeople') found.value = event
        else if (event.type === 'refused' && event.what === 'rule') takeBack(event.why)
      }),
    ]
    ask()
    return () => offs.forEach((off) => off())
  }, [])
  return {
    view,
    problem,
    found,
    taken,
    set(rule, { password, newLink = false } = {}) {
      if (view.value !== null) view.value = { ...view.value, rule }
      wishes.wish(rule)
      send({ type: 'ruleSet', rule, password: password ?? null, newLink })
    },
    newReadLink: () => send({ type: 'ruleReadLink' }),
    give: (author) => send({ type: 'ruleOwner', author }),
    find: (search) => void session.send({ type: 'rulePeople', search }),
  }
}
