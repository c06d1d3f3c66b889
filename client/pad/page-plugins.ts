/** The plugins of a pad's page: started, put on the editor's ground, and kept as the server has them. */
import { keepGround } from '../plugins/ground.ts'
import { startPlugins } from '../plugins/host.ts'
import type { PluginHost } from '../plugins/host.ts'
import { isTaken } from '../plugins/keys.ts'
import type { PluginSources } from '../plugins/load.ts'
import { ownChoices } from '../plugins/values.ts'
import type { Actions } from './actions.ts'
import { readPlugins } from './boot.ts'
import type { PadModel } from './model.ts'

/** What a page gives its plugins. */
export interface PluginParts {
  plugins: PluginSources
  /** Writes into the browser's log. */
  log: (kind: 'warn' | 'error', message: string) => void
}

/** Starts the plugins of the page's boot data. */
export function beginPlugins(model: PadModel, actions: Actions, { plugins, log }: PluginParts): PluginHost {
  const host = startPlugins(model.boot.plugins, {
    model,
    sources: plugins,
    choices: ownChoices(storage()),
    padSettings: model.padSettings,
    hasAction: (id) => actions.has(id),
    hasKeys: (keys) => isTaken(keys, actions.values()),
    log,
  })
  keepGround({
    model,
    formats: host.formats,
    settled: host.settled,
    impatient: () => host.release(),
    report: (error) => log('error', String(error)),
  })
  model.session.on('event', (event) => {
    if (event.type === 'plugins') void host.update(readPlugins(event.plugins))
  })
  return host
}

/** A browser that forbids storage to a framed page throws at the mere mention of it. */
export function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
