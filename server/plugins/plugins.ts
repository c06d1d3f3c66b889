/**
 * The plugins of a running server: which are on follows from what is found, what the settings name and what the
 * administrator decided; a change, wherever it was decided, is applied while everything runs.
 */
import type { FieldValue } from '../../shared/plugin.ts'
import { readField } from '../../shared/plugin/fields.ts'
import { NO_PAD_SETTINGS } from '../../shared/settings.ts'
import { AppError } from '../errors.ts'
import { decideOn, decideSetting, forgetDecisions } from './decisions.ts'
import { fieldsOf, loadDeclaration } from './declaration.ts'
import { listenToRooms } from './events.ts'
import type { FoundPlugin } from './find.ts'
import { createMessages } from './messages.ts'
import { packageFileRoutes } from './package-files.ts'
import type { Packages } from './packages.ts'
import { createPresence, pluginPads } from './pads.ts'
import type { PluginsParts } from './parts.ts'
import { pluginRoutes } from './routes.ts'
import { createRoster } from './roster.ts'
import { resolveSettings } from './settings.ts'
import { framesOf, originsOf } from './frames.ts'
import { startDataOf } from './start-data.ts'
import type { CatalogAnswer, Plugins, PluginView, SettingView } from './types.ts'
import { namesOfOurs, saidOfBlocks, saidOfNames } from './wanted.ts'
import { wordsOf } from './words.ts'

const LOOK_EVERY = 2500

/** The plugins of a server; nothing is on before {@link Plugins.start}. */
export function createPlugins(parts: PluginsParts): Plugins {
  const { log, store, sync } = parts
  const presence = createPresence()
  const roster = createRoster({
    ...parts,
    named: namesOfOurs(parts.named, parts.known),
    found,
    padSettings: parts.padSettings ?? (() => NO_PAD_SETTINGS),
    pads: pluginPads({ store, sync, presence, remove: parts.removePad, held }),
    openPads: () => presence.open(),
    setSetting: (name, key, value) => setSettings(name, { [key]: value }),
  })
  const running = (name: string) => roster.running.get(name) ?? null
  const unlisten = listenToRooms({
    sync,
    presence,
    plugins: () => roster.running.values(),
    message: createMessages({ sync, plugin: running }),
    // Not before there is a list: pages that come back after a restart would switch all of them off, and on again.
    catchUp: (from) =>
      void roster.ready.then(() => {
        if (!closed) from.tell({ type: 'plugins', plugins: roster.bootList() })
        return undefined
      }),
  })
  const routes = pluginRoutes(running, parts.origins)
  if (parts.packages !== null) routes.use(packageFileRoutes(parts.packages.lookup))
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function found(): readonly FoundPlugin[] {
    const own = new Set(parts.bundled.map(({ facts }) => facts.name))
    return [...parts.bundled, ...(parts.packages?.find() ?? []).filter(({ facts }) => !own.has(facts.name))]
  }

  async function held(pad: string): Promise<boolean> {
    for (const plugin of roster.running.values()) {
      let answer: boolean | null = null
      await plugin.run(async () => {
        let any = false
        for (const has of plugin.registrations.holders) any ||= await has(pad)
        answer = any
      })
      // One that cannot say may hold something.
      if (answer !== false) return true
    }
    return false
  }

  function one(name: string): FoundPlugin {
    const plugin = found().find(({ facts }) => facts.name === name)
    if (plugin === undefined) throw new AppError('notFound', `There is no plugin ${name} here.`)
    return plugin
  }

  function third(): Packages {
    if (parts.packages === null) throw new AppError('badRequest', 'Plugins cannot be installed here.')
    return parts.packages
  }

  function lookAgain(): void {
    if (closed) return
    timer = setTimeout(() => {
      roster.apply().then(lookAgain, (error: unknown) => {
        log.debug('plugins could not be looked after', { error: String(error) })
        lookAgain()
      })
    }, parts.lookEvery ?? LOOK_EVERY).unref()
  }

  async function decide(name: string, on: boolean): Promise<PluginView> {
    one(name)
    await decideOn(store, name, on)
    if (on) roster.forgive(name)
    await roster.apply()
    return roster.view(one(name))
  }

  async function views(name: string): Promise<readonly SettingView[]> {
    const plugin = one(name)
    const on = running(name)
    if (on !== null) return on.settings.views
    const declaration = await loadDeclaration(plugin)
    return resolveSettings(fieldsOf(declaration), roster.layers(plugin), () => {}).views
  }

  async function setSettings(
    name: string,
    values: Readonly<Record<string, FieldValue | null>>,
  ): Promise<void> {
    const known = await views(name)
    const checked = Object.entries(values).map(([key, value]) => {
      const view = known.find((setting) => setting.key === key)
      if (view === undefined) throw new AppError('badRequest', `${name} has no setting ${key}.`)
      if (view.fixed !== null)
        throw new AppError('badRequest', `${key} is fixed by the environment variable ${view.fixed}.`)
      return [key, value === null ? null : allowed(view, value)] as const
    })
    for (const [key, value] of checked) await decideSetting(store, name, key, value)
    await roster.apply()
  }

  return {
    async start() {
      const here = found()
      const { notes, warnings } = saidOfNames(new Set(parts.named), here, parts.known)
      for (const note of [...notes, ...saidOfBlocks(parts.blocks, here)]) log.info(note)
      for (const warning of warnings) log.warn(warning)
      try {
        await roster.apply()
      } catch (error) {
        log.warn('plugins wait for the database', { error: String(error) })
      }
      lookAgain()
    },
    look: () => roster.apply(),
    async close() {
      closed = true
      clearTimeout(timer)
      unlisten()
      await roster.close()
    },

    blame(error) {
      const stack = error instanceof Error ? (error.stack ?? '') : ''
      // Each is in a folder of its name, as sources, as built, and as a package.
      const folders = [...stack.matchAll(/[\\/](ep_[a-z0-9_-]+)(?=[\\/])/g)].map((match) => match[1] ?? '')
      const plugin = folders.map(running).find((one) => one !== null) ?? null
      plugin?.failed(error)
      return plugin !== null
    },

    async boot(pad, person) {
      await roster.ready
      return Promise.all(
        roster.bootList().map(async (plugin) => {
          const on = running(plugin.name)
          if (on === null) return plugin
          let start: unknown
          await on.run(async () => {
            const late = (): void => log.warn('a plugin gave a page nothing in time', { plugin: plugin.name })
            start = await startDataOf(on.registrations.startGivers, pad, person, late)
          })
          return start === undefined ? plugin : { ...plugin, start }
        }),
      )
    },
    frames: () =>
      originsOf(
        [...roster.running.values()].flatMap((on) =>
          [...on.registrations.frameGivers].map((give) => framesOf(give, (error) => on.failed(error))),
        ),
      ),
    formats: () => parts.formats.current,
    routes,

    list: () => found().map((plugin) => roster.view(plugin)),
    settings: views,
    words: async (name, language) => wordsOf(one(name).locales, language),
    enable: (name) => decide(name, true),
    disable: (name) => decide(name, false),
    setSettings,
    async install(what) {
      const { facts } = await third().install(what, new Set(parts.bundled.map((plugin) => plugin.facts.name)))
      return decide(facts.name, true)
    },
    async update(name) {
      await third().update(name)
      roster.forgive(name)
      await roster.apply()
      return roster.view(one(name))
    },
    async remove(name, data = false) {
      if (one(name).source === 'bundled')
        throw new AppError('badRequest', `${name} comes with Inkpad; it can be switched off.`)
      // Pages let go of it before its files go.
      await decide(name, false)
      await third().remove(name)
      await decideOn(store, name, null)
      await roster.apply()
      if (!data) return
      await forgetDecisions(store, name)
      await store.removePluginValues(name)
    },
    search: async (words): Promise<CatalogAnswer> => third().search(words),
  }
}

function allowed({ key, field }: SettingView, value: FieldValue): FieldValue {
  try {
    return readField(field, value)
  } catch (error) {
    throw new AppError('badRequest', `${key}: allowed is ${(error as Error).message}.`)
  }
}
