/** Values of plugins by key, and what the server keeps about plugins, under the empty name (SPEC-store ST70, ST71). */
import type { Database } from './database.ts'
import { text } from './database.ts'
import type { PluginValue } from './store.ts'

const TABLE = 'inkpad_plugin_value'
const OWN = 'WHERE plugin = ? AND name = ?'
/** After everything that begins with what stands before it. */
const END = '\u{10FFFF}'

export async function pluginValue(database: Database, plugin: string, key: string): Promise<string | null> {
  checkKey(key)
  return database.read(async (session) => {
    const row = (await session.all(`SELECT value FROM ${TABLE} ${OWN}`, [plugin, key]))[0]
    return row === undefined ? null : text(row, 'value')
  })
}

export async function savePluginValue(
  database: Database,
  plugin: string,
  key: string,
  value: string,
): Promise<void> {
  checkKey(key)
  await database.write(async (session) => {
    // First a row, whoever makes it, and then the value: of two who save at once the later one stands.
    await session.insert(TABLE, ['plugin', 'name', 'value'], [[plugin, key, value]], 'keep')
    await session.run(`UPDATE ${TABLE} SET value = ? ${OWN}`, [value, plugin, key])
  })
}

export async function removePluginValue(database: Database, plugin: string, key: string): Promise<boolean> {
  checkKey(key)
  return database.write(
    async (session) => (await session.run(`DELETE FROM ${TABLE} ${OWN}`, [plugin, key])) > 0,
  )
}

export async function removePluginValues(database: Database, plugin: string): Promise<void> {
  await database.write((session) => session.run(`DELETE FROM ${TABLE} WHERE plugin = ?`, [plugin]))
}

export async function pluginKeys(
  database: Database,
  plugin: string,
  prefix: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT name FROM ${TABLE} WHERE plugin = ? AND name >= ? AND name > ? AND name < ? ORDER BY name LIMIT ?`,
      [plugin, prefix, after, prefix + END, Math.min(limit, LIST_LIMIT)],
    )
    return found.map((row) => text(row, 'name'))
  })
}

export async function pluginValues(
  database: Database,
  plugin: string,
  prefix: string,
): Promise<readonly PluginValue[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT name, value FROM ${TABLE} WHERE plugin = ? AND name >= ? AND name < ? ORDER BY name LIMIT ?`,
      [plugin, prefix, prefix + END, VALUES_LIMIT],
    )
    return found.map((row) => ({ key: text(row, 'name'), value: text(row, 'value') }))
  })
}

/** Entries of one list of keys, and of all values under one prefix. */
const LIST_LIMIT = 1000
const VALUES_LIMIT = 10_000
/** Longest key, in characters. */
const KEY_LIMIT = 200

/** Refuses keys the two databases would not agree on. @throws RangeError */
function checkKey(key: string): void {
  const length = Array.from(key).length
  if (length === 0 || length > KEY_LIMIT || key.endsWith(' ') || /[\0\p{Cs}]/u.test(key))
    throw new RangeError(`a key has 1 to ${KEY_LIMIT} characters, no space at the end and no NUL`)
}
