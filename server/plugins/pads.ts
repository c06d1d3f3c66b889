/** Pads as plugins know them: real names in, documents out. */
import { isPadName } from '../../shared/ids.ts'
import type { PluginPads } from '../../shared/plugin/server.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'

/** What a pad has from its making: who made it. */
const OWNER = 'owner'

/** Who is in which pad, counted from what rooms tell. */
export interface Presence {
  joined(pad: string): void
  left(pad: string): void
  here(pad: string): number
  /** Pads somebody has open. */
  open(): readonly string[]
}

export function createPresence(): Presence {
  const counts = new Map<string, number>()
  return {
    joined: (pad) => void counts.set(pad, (counts.get(pad) ?? 0) + 1),
    left(pad) {
      const rest = (counts.get(pad) ?? 0) - 1
      if (rest > 0) counts.set(pad, rest)
      else counts.delete(pad)
    },
    here: (pad) => counts.get(pad) ?? 0,
    open: () => [...counts.keys()],
  }
}

/** What plugins do with pads. `remove` deletes a pad with all that belongs to it. */
export function pluginPads(parts: {
  store: Pick<Store, 'find' | 'list' | 'rows' | 'chatBefore' | 'padValues'>
  sync: Pick<Sync, 'withDocument'>
  presence: Pick<Presence, 'here'>
  remove: (pad: string) => Promise<boolean>
  /** Whether a plugin that is on holds something of a pad's. */
  held: (pad: string) => Promise<boolean>
}): PluginPads {
  const { store, sync } = parts
  return {
    exists: async (pad) => isPadName(pad) && (await store.find(`p/${pad}`)) !== null,
    async list(after = '', limit = 1000) {
      const heads = await store.list('p/', after === '' ? '' : `p/${after}`, limit)
      return heads.map(({ name }) => name.slice(2))
    },
    async read(pad, use) {
      return isPadName(pad) ? sync.withDocument(`p/${pad}`, (doc) => use(doc)) : null
    },
    async edit(pad, change) {
      if (!isPadName(pad)) return false
      const done = await sync.withDocument(`p/${pad}`, (doc) => {
        doc.transact(() => change(doc))
        return true
      })
      return done ?? false
    },
    remove: async (pad) => isPadName(pad) && parts.remove(pad),
    async untouched(pad) {
      const head = isPadName(pad) ? await store.find(`p/${pad}`) : null
      if (head === null || head.head > 1) return false
      const [chat, values, board] = await Promise.all([
        store.chatBefore(head.name, null, 1),
        store.padValues(head.name),
        store.find(`b/${pad}`),
      ])
      const nothing = chat.length === 0 && board === null && values.every(({ name }) => name === OWNER)
      return nothing && !(await parts.held(pad))
    },
    here: (pad) => parts.presence.here(pad),
    async changed(pad) {
      const head = isPadName(pad) ? await store.find(`p/${pad}`) : null
      if (head === null) return null
      const [last] = await store.rows(head.id, head.head - 1, 1)
      return last?.time ?? head.created
    },
  }
}
