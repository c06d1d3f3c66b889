/**
 * The plugins of a page: loads them beside the connection, starts and ends their client halves, composes the text's
 * formats, and follows the server when plugins or their settings change. What fails is left out; the page works on.
 */
import { batch, computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { additionsOf } from '../../shared/plugin.ts'
import type { Fields, Off, Values } from '../../shared/plugin.ts'
import type { BootPlugin, PadSettings } from '../../shared/settings.ts'
import { coreFormats, extendFormats } from '../../shared/text/formats.ts'
import type { FormatAdditions, Formats } from '../../shared/text/formats.ts'
import { t } from '../i18n.ts'
import type { PadModel } from '../pad/model.ts'
import { toast } from '../ui/toasts.tsx'
import { createContext } from './context.ts'
import { loadPlugin } from './load.ts'
import type { LoadedPlugin, PluginSources } from './load.ts'
import { layersOf, valuesInForce } from './values.ts'
import type { OwnChoices } from './values.ts'
import { pluginWords } from './words.ts'
import type { PluginWords } from './words.ts'

/** Key of a plugin's translations for what it is called. */
const TITLE = 'title'

/** A plugin that is on in this page. */
export interface RunningPlugin {
  readonly name: string
  readonly loaded: LoadedPlugin
  /** What it adds to the table of formats. */
  readonly additions: FormatAdditions | null
  readonly words: PluginWords
  /** What counts for this person here. */
  readonly values: ReadonlySignal<Values<Fields>>
  /** As the server has it; a change of settings puts another one here. */
  readonly boot: Signal<BootPlugin>
  close(): void
}

export interface PluginHost {
  /** Those that are on, in their order. */
  readonly running: ReadonlySignal<readonly RunningPlugin[]>
  /** The core's formats with those of all that are on. The same object as long as these stay the same. */
  readonly formats: ReadonlySignal<Formats>
  readonly choices: OwnChoices
  /** Resolves when the plugins of the page's start run or are left out. */
  readonly settled: Promise<void>
  /** Starts those that are loaded, without waiting for the others. */
  release(): void
  /** What the server says is on now. Resolves when it is done. */
  update(plugins: readonly BootPlugin[]): Promise<void>
  stop(): void
}

/** What the host needs of its page. */
export interface HostParts {
  model: PadModel
  sources: PluginSources
  choices: OwnChoices
  padSettings: ReadonlySignal<PadSettings>
  hasAction: (id: string) => boolean
  hasKeys: (keys: string) => boolean
  /** Writes into the browser's log. */
  log: (kind: 'warn' | 'error', message: string) => void
}

/** Starts the plugins the page begins with. */
export function startPlugins(first: readonly BootPlugin[], parts: HostParts): PluginHost {
  const { model, sources, log } = parts
  const running = signal<readonly RunningPlugin[]>([])
  /** What the server said last; what is still loading compares itself with it. */
  let wanted: readonly BootPlugin[] = first
  let stopped = false
  /** Of the page's start: loaded, and not started yet. */
  let waiting: LoadedPlugin[] | null = []

  const additions = computed<readonly FormatAdditions[]>(() =>
    running.value.flatMap(({ additions: own }) => own ?? []),
  )
  let before: { additions: readonly FormatAdditions[]; formats: Formats } = {
    additions: [],
    formats: coreFormats,
  }
  const formats = computed(() => {
    const list = additions.value
    const same =
      list.length === before.additions.length && list.every((one, at) => one === before.additions[at])
    if (!same) before = { additions: list, formats: list.reduce(extendFormats, coreFormats) }
    return before.formats
  })

  function leaveOut(boot: BootPlugin, error: unknown): void {
    log('error', `${boot.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    toast(t('plugin.failed', { name: boot.title ?? boot.name }), 'warning')
  }

  /** Is this still what the server wants? */
  const isWanted = (boot: BootPlugin): boolean => !stopped && wanted.some((one) => sameCode(one, boot))

  async function add(boot: BootPlugin): Promise<void> {
    try {
      const loaded = await loadPlugin(boot, sources)
      if (waiting === null) start(loaded)
      else waiting.push(loaded)
    } catch (error) {
      if (isWanted(boot)) leaveOut(boot, error)
    }
  }

  /** Those that are loaded start in one go, so that the page is drawn once. */
  function release(): void {
    const ready = waiting ?? []
    waiting = null
    batch(() => ready.forEach(start))
  }

  function start(loaded: LoadedPlugin): void {
    const { boot } = loaded
    if (!isWanted(boot) || running.peek().some(({ name }) => name === boot.name)) {
      loaded.unload()
      return
    }
    const now = wanted.find(({ name }) => name === boot.name) ?? boot
    try {
      batch(() => {
        // Refuses names that cannot be formats before anything of it is in the page.
        extendFormats(formats.peek(), additionsOf(loaded.declaration) ?? {})
        const plugin = run(loaded, signal(now))
        running.value = inOrder([...running.peek(), plugin])
      })
    } catch (error) {
      leaveOut(boot, error)
    }
  }

  function run(loaded: LoadedPlugin, boot: Signal<BootPlugin>): RunningPlugin {
    const { name } = loaded.boot
    const say = (kind: 'warn' | 'error', message: string): void => log(kind, `${name}: ${message}`)
    const words = pluginWords(loaded.english, loaded.words, (error) => say('warn', String(error)))
    const values = computed(() =>
      valuesInForce(
        loaded.declaration.settings ?? {},
        layersOf(name, boot.value.settings, parts.padSettings.value, parts.choices.all.value),
      ),
    )
    const { context, close } = createContext({
      model,
      loaded,
      words,
      values,
      choose: (key, value) => parts.choices.set(name, key, value),
      hasAction: (id) => parts.hasAction(id),
      hasKeys: (keys) => parts.hasKeys(keys),
      log: say,
    })
    let ended = false
    let end: Off | undefined
    const finish = (off: void | Off): void => {
      if (typeof off !== 'function') return
      if (ended) off()
      else end = off
    }
    const plugin: RunningPlugin = {
      name,
      loaded,
      additions: additionsOf(loaded.declaration),
      words,
      values,
      boot,
      close() {
        if (ended) return
        ended = true
        try {
          end?.()
        } catch (error) {
          say('error', String(error))
        }
        close()
        words.stop()
        loaded.unload()
      },
    }
    try {
      const begun = loaded.client?.(context)
      if (begun instanceof Promise) begun.then(finish, (error: unknown) => fail(name, error))
      else finish(begun)
    } catch (error) {
      plugin.close()
      throw error
    }
    return plugin
  }

  function fail(name: string, error: unknown): void {
    const plugin = running.peek().find((one) => one.name === name)
    if (!plugin) return
    remove([plugin])
    leaveOut(plugin.boot.peek(), error)
  }

  function remove(plugins: readonly RunningPlugin[]): void {
    batch(() => {
      for (const plugin of plugins) plugin.close()
      running.value = running.peek().filter((one) => !plugins.includes(one))
    })
  }

  function inOrder(plugins: readonly RunningPlugin[]): readonly RunningPlugin[] {
    const at = new Map(wanted.map(({ name }, index) => [name, index]))
    return [...plugins].sort((a, b) => (at.get(a.name) ?? 0) - (at.get(b.name) ?? 0))
  }

  async function update(plugins: readonly BootPlugin[]): Promise<void> {
    const known = wanted
    wanted = plugins
    const gone = running.peek().filter(({ boot }) => !isWanted(boot.peek()))
    const added = plugins.filter((boot) => !known.some((one) => sameCode(one, boot)))
    batch(() => {
      model.parts.setOrder(plugins.map(({ name }) => name))
      for (const plugin of running.peek()) {
        const now = plugins.find((one) => sameCode(one, plugin.boot.peek()))
        // What a page knows from its start is told only then.
        if (now) plugin.boot.value = { ...now, start: plugin.boot.peek().start }
      }
      remove(gone)
    })
    for (const plugin of gone)
      if (!added.some(({ name }) => name === plugin.name))
        toast(t('plugin.off', { name: titleOf(plugin) }), 'info')
    await Promise.all(added.map(add))
    for (const plugin of running.peek())
      if (added.some((boot) => sameCode(boot, plugin.boot.peek())))
        toast(t('plugin.on', { name: titleOf(plugin) }))
  }

  model.parts.setOrder(first.map(({ name }) => name))
  model.parts.onFailed(fail)
  const settled = Promise.all(first.map(add)).then(release)
  return {
    running,
    formats,
    choices: parts.choices,
    settled,
    release,
    update,
    stop() {
      stopped = true
      remove(running.peek())
    },
  }
}

/** What a plugin is called: in the language in use where it says so itself. */
export function titleOf({ boot, words }: RunningPlugin): string {
  return words.has(TITLE) ? words.t(TITLE) : (boot.value.title ?? boot.value.name)
}

/** Is it the same plugin in the same version? Its settings may differ. */
function sameCode(one: BootPlugin, other: BootPlugin): boolean {
  return one.name === other.name && one.version === other.version && one.files?.shared === other.files?.shared
}
