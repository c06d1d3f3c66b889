/**
 * A store that tells other servers what it did for this one (docs/SPEC-bus.md BU32 to BU34). Rows of the log are told by their
 * rooms, which know when they are durable and by which name.
 */
import type { Store } from '../store/store.ts'
import type { Bus } from './types.ts'

/** Where the administrator's word is kept (SPEC-pads P50). */
const NOTICE = 'notice'

/** The same store; other servers hear of a write once it has succeeded. */
export function tellingStore(store: Store, bus: Pick<Bus, 'tell'>): Store {
  const pad = (document: string): void => bus.tell({ kind: 'pad', pad: document.slice(2) })
  const people = (): void => bus.tell({ kind: 'people' })
  return {
    ...store,
    async remove(document) {
      const done = await store.remove(document)
      if (done) bus.tell({ kind: 'gone', document })
      return done
    },
    async addChat(document, line) {
      const kept = await store.addChat(document, line)
      if (kept?.fresh === true) pad(document)
      return kept
    },
    async savePadValue(document, value, once) {
      const done = await store.savePadValue(document, value, once)
      if (done) pad(document)
      return done
    },
    async saveRule(name, change) {
      const done = await store.saveRule(name, change)
      if (done) bus.tell({ kind: 'pad', pad: name })
      return done
    },
    async saveSetting(key, value) {
      await store.saveSetting(key, value)
      if (key === NOTICE) bus.tell({ kind: 'notice' })
    },
    async saveAccount(account) {
      const kept = await store.saveAccount(account)
      if (kept !== null) people()
      return kept
    },
    async removeAccount(id) {
      const done = await store.removeAccount(id)
      if (done) people()
      return done
    },
    async endSessions(which) {
      const ended = await store.endSessions(which)
      if (ended.length > 0) people()
      return ended
    },
    // The server's own values about plugins stand under the empty name.
    async savePluginValue(plugin, key, value) {
      await store.savePluginValue(plugin, key, value)
      if (plugin === '') bus.tell({ kind: 'plugins' })
    },
    async removePluginValue(plugin, key) {
      const done = await store.removePluginValue(plugin, key)
      if (done && plugin === '') bus.tell({ kind: 'plugins' })
      return done
    },
  }
}
