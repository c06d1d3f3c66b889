/** Plugins written for a test, in a folder as `plugins/` is one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBundled } from '../../server/plugins/find.ts'
import type { FoundPlugin } from '../../server/plugins/find.ts'

/** A plugin's parts. `shared` and `server` are the text of the modules. */
export interface TestPlugin {
  facts?: Record<string, unknown>
  /** Members of the declaration besides its name, as text: `settings: {...}`. */
  shared?: string
  /** False: there is no client half. Its code is not read here. */
  client?: boolean
  /** Body of `server(ctx)`; no server half without it. */
  server?: string
  locales?: Record<string, Record<string, string>>
  /** Instead of the whole module. */
  sharedModule?: string
  serverModule?: string
}

export interface PluginFolder {
  readonly folder: string
  /** What was said while they were looked for. */
  readonly warnings: readonly string[]
  found(version?: string): readonly FoundPlugin[]
  write(name: string, plugin: TestPlugin): void
  remove(): void
}

/** Writes the plugins into a new folder. */
export function pluginFolder(plugins: Record<string, TestPlugin>): PluginFolder {
  const folder = mkdtempSync(join(tmpdir(), 'inkpad-plugins-'))
  const warnings: string[] = []

  function write(name: string, plugin: TestPlugin): void {
    const own = join(folder, name)
    mkdirSync(join(own, 'locales'), { recursive: true })
    const facts = {
      name,
      api: 1,
      title: name,
      about: 'A test.',
      standard: true,
      languages: ['en'],
      ...plugin.facts,
    }
    writeFileSync(join(own, 'plugin.json'), JSON.stringify(facts))
    writeFileSync(
      join(own, 'shared.ts'),
      plugin.sharedModule ?? `export const declaration = { name: '${name}', ${plugin.shared ?? ''} }`,
    )
    if (plugin.server !== undefined || plugin.serverModule !== undefined)
      writeFileSync(
        join(own, 'server.ts'),
        plugin.serverModule ?? `export async function server(ctx: any) { ${plugin.server} }`,
      )
    if (plugin.client !== false) writeFileSync(join(own, 'client.tsx'), 'export function client() {}')
    for (const [language, words] of Object.entries(plugin.locales ?? {}))
      writeFileSync(join(own, 'locales', `${language}.json`), JSON.stringify(words))
  }

  for (const [name, plugin] of Object.entries(plugins)) write(name, plugin)
  return {
    folder,
    warnings,
    found: (version = '1.2.3') => findBundled(folder, version, (message) => warnings.push(message)),
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
