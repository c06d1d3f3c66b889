/** A plugin's own storage in the installation's database. */
import type { PluginStore } from '../../shared/plugin/server.ts'
import type { Store } from '../store/store.ts'

/** Bytes of a value as JSON. */
const VALUE_LIMIT = 1024 * 1024

/** The storage of the plugin `name`. */
export function pluginStore(
  name: string,
  store: Pick<Store, 'pluginValue' | 'savePluginValue' | 'removePluginValue' | 'pluginKeys'>,
): PluginStore {
  return {
    async get(key) {
      const text = await store.pluginValue(name, key)
      return text === null ? undefined : (JSON.parse(text) as unknown)
    },
    async set(key, value) {
      const text: unknown = JSON.stringify(value)
      if (typeof text !== 'string') throw new RangeError(`the value of ${key} cannot be kept as JSON`)
      if (Buffer.byteLength(text) > VALUE_LIMIT)
        throw new RangeError(`the value of ${key} has more than ${VALUE_LIMIT} bytes`)
      await store.savePluginValue(name, key, text)
    },
    async delete(key) {
      await store.removePluginValue(name, key)
    },
    keys: (prefix, after = '', limit = 1000) => store.pluginKeys(name, prefix, after, limit),
  }
}
