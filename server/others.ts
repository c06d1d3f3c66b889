/** What other servers of the same database did, looked for in the database and, where a bus gives hints, at once (SPEC-bus BU4). */
import { followHints } from './bus/hints.ts'
import type { Bus } from './bus/types.ts'
import type { Groups } from './groups/groups.ts'
import { watchMembers } from './groups/watch.ts'
import type { LoginHouse } from './http/login-house.ts'
import type { Log } from './log.ts'
import type { Commons } from './pads/commons.ts'
import type { Plugins } from './plugins/types.ts'
import type { Store } from './store/store.ts'
import type { Sync } from './sync/types.ts'

/** Ms between two looks for sessions of groups that ended: where other servers may be, and where there is none. */
const TOGETHER = 1000
const ALONE = 15_000

/** Begins to follow them; the answer ends it. What each part looks for by itself goes on with the part. */
export function followOthers(parts: {
  bus: Bus
  store: Pick<Store, 'kind' | 'memberships'>
  sync: Pick<Sync, 'here' | 'authorsIn'>
  commons: Pick<Commons, 'look' | 'notice'>
  logins: Pick<LoginHouse, 'look'>
  groups: Pick<Groups, 'recheck'>
  plugins: Pick<Plugins, 'look'>
  log: Log
}): () => void {
  const { bus, store, sync, commons, logins, groups, plugins, log } = parts
  const recheck = (group: string): Promise<void> => groups.recheck(group)
  const every = store.kind === 'mariadb' ? TOGETHER : ALONE
  const members = watchMembers({ store, sync, recheck, log, every })
  const deaf = followHints(
    bus,
    {
      pads: (pads) => commons.look(pads),
      allPads: () => commons.look(),
      people: () => logins.look(),
      group: recheck,
      notice: () => commons.notice.load(),
      plugins: () => plugins.look(),
    },
    log,
  )
  return () => {
    deaf()
    members.close()
  }
}
