/** Plugins as chunks of the build, for a page in a test. */
import type { BundledPlugins, PluginSources } from '../../client/plugins/load.ts'
import type { Words } from '../../client/plugins/words.ts'
import type { ClientHalf, Declaration, Fields, Messages } from '../../shared/plugin.ts'
import type { BootPlugin } from '../../shared/settings.ts'

export interface TestPlugin<F extends Fields = Fields, M extends Messages = Messages> {
  declaration: Declaration<F, M>
  client?: ClientHalf<F, M>
  english?: Words
}

/** Sources with these plugins, which load in the order in which they are asked for. */
export function bundledSources(plugins: readonly TestPlugin[]): PluginSources {
  const bundled: BundledPlugins = Object.fromEntries(
    plugins.map(({ declaration, client = null, english = {} }) => [
      declaration.name,
      () => Promise.resolve({ declaration, client, english, style: null, languages: {} }),
    ]),
  )
  return {
    bundled,
    root: new URL('http://localhost/'),
    importModule: (url) => Promise.reject(new Error(url)),
    fetchJson: (url) => Promise.reject(new Error(url)),
    addStyle: (url) => Promise.reject(new Error(url)),
    styled: new Set(),
  }
}

/** A plugin as a page's boot data name it. */
export function booted(name: string, more: Partial<BootPlugin> = {}): BootPlugin {
  return { name, version: '1.0.0', settings: {}, ...more }
}
