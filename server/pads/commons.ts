/** What the people of a pad share besides its text, put together: chat, deletion, the owner's decisions, the notice. */
import type { LoginFacts } from '../../shared/plugin/login.ts'
import { OPEN_RULE } from '../../shared/rule.ts'
import type { PadRule } from '../../shared/rule.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Sessions } from '../access/sessions.ts'
import type { People } from '../access/types.ts'
import { noAudit } from '../audit/audit.ts'
import type { Audit } from '../audit/audit.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { createChat } from './chat.ts'
import { createDecisions } from './decisions.ts'
import type { Decisions } from './decisions.ts'
import { createDeletion } from './deletion.ts'
import { createFollowing } from './following.ts'
import type { Meetings } from './meeting.ts'
import { createNotice } from './notice.ts'
import type { Notice } from './notice.ts'
import type { Owners } from './owner.ts'
import { createRuleTalk } from './rule-talk.ts'
import { createRules } from './rules.ts'
import type { Rules } from './rules.ts'

export interface Commons {
  readonly decisions: Decisions
  readonly notice: Notice
  readonly rules: Rules
  /** What a pad's page is told at its start. @throws StoreDown */
  page(pad: string): Promise<{ padSettings: PadSettings; notice: string }>
  /** Looks now for what other servers did in these pads, or in all that are open here. */
  look(pads?: readonly string[]): Promise<void>
  close(): void
}

export interface CommonsParts {
  store: Store
  sync: Sync
  people: People
  owners: Owners
  meetings: Meetings
  log: Log
  /** What is known of people who are signed in; without it nobody is. */
  accounts?: Pick<Sessions, 'facts'>
  /** The rule of pads without one of their own. Default: everybody writes. */
  rule?: PadRule
  allowPadDeletionByAllUsers: boolean
  /** Where deletions are recorded; default: nowhere. */
  audit?: Pick<Audit, 'record'>
  enablePadWideSettings: boolean
  /** Default: true. */
  enablePluginPadOptions?: boolean
  /** Ms between looks for what other servers did; 0 for never. Default: 1000 on MariaDB, else never. */
  follow?: number
}

/** Begins to serve all of it. */
export function createCommons(parts: CommonsParts): Commons {
  const { store, sync, people, owners, meetings, log } = parts
  const every = parts.follow ?? (store.kind === 'mariadb' ? 1000 : 0)
  const following = createFollowing({ store, sync, log, every })
  const decisions = createDecisions({
    store,
    sync,
    following,
    log,
    enabled: parts.enablePadWideSettings,
    ofPlugins: parts.enablePluginPadOptions ?? true,
  })
  const notice = createNotice({ store, sync, following, log })
  const facts = async (author: string): Promise<LoginFacts | null> =>
    (await parts.accounts?.facts(author)) ?? null
  const rules = createRules({
    store,
    sync,
    people,
    owners,
    log,
    installation: parts.rule ?? OPEN_RULE,
    facts,
    audit: parts.audit ?? noAudit,
  })
  const offs = [
    createRuleTalk({ store, sync, following, rules, log, facts }),
    owners.watch(sync),
    meetings.watch({ sync, following, alone: every === 0 }),
    createChat({ store, sync, people, following, log }),
    createDeletion({
      store,
      sync,
      following,
      log,
      audit: parts.audit ?? noAudit,
      byEverybody: parts.allowPadDeletionByAllUsers,
    }),
    () => decisions.close(),
    () => notice.close(),
    () => following.close(),
  ]
  return {
    decisions,
    notice,
    rules,
    page: async (pad) => ({ padSettings: await decisions.of(pad), notice: notice.now() }),
    look: (pads) => following.look(pads),
    close: () => offs.forEach((off) => off()),
  }
}
