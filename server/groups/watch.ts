/**
 * Asks again what people in pads of groups may do when a session of theirs ended: on another server, or by itself
 * (SPEC-groups G14). What the HTTP API ends here is asked again at once.
 */
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { groupOf } from './ids.ts'

export interface MemberWatch {
  look(): Promise<void>
  close(): void
}

/** @param parts.every ms between the end of a look and the next */
export function watchMembers(parts: {
  store: Pick<Store, 'memberships'>
  sync: Pick<Sync, 'here' | 'authorsIn'>
  /** Asks everybody in open pads of a group again. */
  recheck: (group: string) => Promise<void>
  log: Log
  every: number
  now?: () => number
}): MemberWatch {
  const { store, sync, log, every, now = Date.now } = parts
  /** Who was in a pad of a group at the last look, and whether as its member. */
  let before: ReadonlyMap<string, boolean> = new Map()
  let said = ''
  let closed = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    /** Groups by who is in a pad of theirs, as the store names memberships. */
    const here = new Map<string, string>()
    const authors = new Set<string>()
    for (const document of sync.here().keys()) {
      const group = groupOf(document.slice(2))
      if (group === null) continue
      for (const author of sync.authorsIn(document)) {
        here.set(`${author} ${group}`, group)
        authors.add(author)
      }
    }
    const members = await store.memberships([...authors], Math.floor(now() / 1000))
    const left = new Set<string>()
    for (const [membership, group] of here)
      // Who was never seen here as a member may have been one at the door.
      if (!members.has(membership) && before.get(membership) !== false) left.add(group)
    before = new Map([...here.keys()].map((membership) => [membership, members.has(membership)]))
    for (const group of left) await parts.recheck(group)
  }

  async function turn(): Promise<void> {
    try {
      await look()
      said = ''
    } catch (error) {
      if (String(error) !== said) log.warn('it is unknown who left a group', { error: String(error) })
      said = String(error)
    }
    later()
  }
  function later(): void {
    if (closed) return
    timer = setTimeout(() => void turn(), every)
    timer.unref()
  }
  later()
  return {
    look,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
