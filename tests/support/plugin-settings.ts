/** What a bundled plugin's settings are in a page, by who decides them. */
import { join } from 'node:path'
import { findBundled } from '../../server/plugins/find.ts'
import type { FieldValue } from '../../shared/plugin.ts'
import { startWeb } from './web.ts'

interface Deciders {
  /** The whole settings file. */
  file?: Record<string, unknown>
  env?: Record<string, string>
  /** What the administrator decides in the running server. */
  admin?: Readonly<Record<string, FieldValue>>
}

/** Starts a server with this one plugin and answers what a page gets. @throws RangeError when the plugin is not on */
export async function settingsInPage(
  name: string,
  { file = {}, env = {}, admin }: Deciders,
): Promise<Readonly<Record<string, FieldValue>>> {
  const folder = join(import.meta.dirname, '../../plugins')
  const warn = (line: string): never => {
    throw new RangeError(line)
  }
  const bundled = findBundled(folder, '1.0.0', warn).filter(({ facts }) => facts.name === name)
  const web = await startWeb(file, { env, plugins: { bundled } })
  try {
    if (admin) await web.plugins.setSettings(name, admin)
    const found = (await web.plugins.boot('x', null)).find((plugin) => plugin.name === name)
    if (!found) throw new RangeError(`${name} is not on`)
    return found.settings
  } finally {
    await web.close()
  }
}
