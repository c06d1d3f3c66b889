/** Which plugins are on now: starts and stops them until it is what it should be, one change after the other. */
import { additionsOf } from '../../shared/plugin.ts'
import type { FieldValue } from '../../shared/plugin.ts'
import type { PluginPads } from '../../shared/plugin/server.ts'
import type { BootPlugin, PadSettings } from '../../shared/settings.ts'
import { StoreDown } from '../store/store.ts'
import { NO_DECISIONS, readDecisions } from './decisions.ts'
import { fieldsOf, loadDeclaration } from './declaration.ts'
import type { FoundPlugin } from './find.ts'
import { composeFormats } from './formats.ts'
import type { PluginsParts } from './parts.ts'
import { sentenceOf, startPlugin } from './running.ts'
import type { House, Running } from './running.ts'
import { resolveSettings } from './settings.ts'
import type { SettingLayers } from './settings.ts'
import type { PluginState, PluginView } from './types.ts'
import { blockOf, wantedPlugins } from './wanted.ts'
import type { Wanted } from './wanted.ts'

type RosterParts = Omit<PluginsParts, 'padSettings'> & {
  found: () => readonly FoundPlugin[]
  padSettings: (pad: string) => PadSettings
  pads: PluginPads
  openPads: () => readonly string[]
  setSetting: (name: string, key: string, value: FieldValue) => Promise<void>
}

export interface Roster {
  /** Those that are on and have not failed, by name, in the order in which they are loaded. */
  readonly running: ReadonlyMap<string, Running>
  /** Resolves when what should be on was made so for the first time. */
  readonly ready: Promise<void>
  /** Looks at what should be on, and makes it so. @throws StoreDown */
  apply(): Promise<void>
  /** Forgets that a plugin failed. */
  forgive(name: string): void
  /** Those that pages get, as they know them. */
  bootList(): readonly BootPlugin[]
  view(found: FoundPlugin): PluginView
  layers(found: FoundPlugin): SettingLayers
  close(): Promise<void>
}

/** Other files or other content under a name have another mark. */
const markOf = ({ shared, mark }: FoundPlugin): string => `${shared} ${mark}`

export function createRoster(parts: RosterParts): Roster {
  const { log, store, sync } = parts
  const named = new Set(parts.named)
  let running = new Map<string, Running>()
  /** Failed ones, whose limits on access stay until they are switched off or on again. */
  const broken = new Map<string, Running>()
  const failures = new Map<string, { mark: string; error: string }>()
  const waiting = new Map<string, string>()
  let decisions = NO_DECISIONS
  let applied = ''
  /** Counts what is not seen in decisions and files. */
  let turn = 0
  let told = '[]'
  let drawn: readonly Running[] = []
  let queue: Promise<void> = Promise.resolve()
  let closed = false
  let rechecking = false
  let isReady = (): void => {}
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })

  const house: House = {
    ...parts,
    setSetting: (name, key, value) => parts.setSetting(name, key, value),
    failed(name, error) {
      const plugin = running.get(name)
      if (plugin !== undefined) broken.set(name, plugin)
      running.delete(name)
      failures.set(name, { mark: plugin === undefined ? '' : markOf(plugin.found), error })
      turn++
      soon()
    },
    limitsChanged() {
      if (rechecking) return
      rechecking = true
      setImmediate(() => {
        rechecking = false
        if (!closed) void recheck()
      })
    },
  }

  async function recheck(): Promise<void> {
    for (const pad of parts.openPads()) await sync.recheck(pad)
  }

  function apply(): Promise<void> {
    const next = queue.then(once)
    queue = next.catch(() => {})
    return next
  }

  function soon(): void {
    if (closed) return
    apply().catch((error: unknown) =>
      log.warn('plugins could not be brought up to date', { error: String(error) }),
    )
  }

  async function once(): Promise<void> {
    if (closed) return
    decisions = await readDecisions(store)
    const here = parts.found()
    const now = JSON.stringify([turn, decisions.mark, here.map((found) => [found.facts.name, markOf(found)])])
    if (now === applied) return
    const wanted = wantedPlugins(here, named, decisions.on)
    stopUnwanted(wanted)
    waiting.clear()
    for (const each of wanted) await bringOn(each)
    running = new Map(
      wanted.flatMap(({ found: { facts } }) => {
        const plugin = running.get(facts.name)
        return plugin === undefined ? [] : [[facts.name, plugin] as const]
      }),
    )
    tell()
    applied = now
    isReady()
  }

  function stopUnwanted(wanted: readonly Wanted[]): void {
    const marks = new Map(wanted.map(({ found }) => [found.facts.name, markOf(found)]))
    const fits = (name: string, { found }: Running): boolean => marks.get(name) === markOf(found)
    for (const [name, plugin] of [...running].reverse()) {
      if (fits(name, plugin)) continue
      plugin.stop()
      running.delete(name)
    }
    for (const [name, plugin] of broken) {
      if (fits(name, plugin) && failures.has(name)) continue
      plugin.stop()
      broken.delete(name)
    }
    for (const [name, { mark }] of failures)
      if (!marks.has(name) || (mark !== '' && mark !== marks.get(name))) failures.delete(name)
  }

  async function bringOn({ found, missing }: Wanted): Promise<void> {
    const { name, needs } = found.facts
    const absent = needs.find((need) => !running.has(need))
    const reason = missing ?? (absent === undefined ? null : `It needs ${absent}, which is not on.`)
    const plugin = running.get(name)
    if (reason !== null) {
      waiting.set(name, reason)
      plugin?.stop()
      running.delete(name)
    } else if (plugin !== undefined) {
      const settings = resolveSettings(fieldsOf(plugin.declaration), layers(found), () => {})
      if (JSON.stringify(settings.views) !== JSON.stringify(plugin.settings.views))
        plugin.setSettings(settings)
    } else if (!failures.has(name)) await start(found)
  }

  async function start(found: FoundPlugin): Promise<void> {
    const { name } = found.facts
    try {
      const declaration = await loadDeclaration(found)
      const others = [...running.values()].flatMap(({ formats }) => formats ?? [])
      composeFormats([...others, additionsOf(declaration) ?? {}])
      const warn = (message: string): void => log.warn(message)
      const settings = resolveSettings(fieldsOf(declaration), layers(found), warn)
      const plugin = await startPlugin(found, declaration, settings, house)
      if (plugin.broken) broken.set(name, plugin)
      else running.set(name, plugin)
    } catch (error) {
      if (error instanceof StoreDown) throw error
      failures.set(name, { mark: markOf(found), error: sentenceOf(error) })
      log.error('a plugin could not be switched on', {
        plugin: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    }
  }

  function bootList(): readonly BootPlugin[] {
    return [...running.values()].filter(({ inPages }) => inPages).map((plugin) => plugin.boot())
  }

  /** Formats and pages follow. */
  function tell(): void {
    const withFormats = [...running.values()].filter(({ formats }) => formats !== null)
    if (withFormats.length !== drawn.length || withFormats.some((plugin, at) => plugin !== drawn[at])) {
      drawn = withFormats
      parts.formats.current = composeFormats(drawn.flatMap(({ formats }) => formats ?? []))
    }
    const list = bootList()
    const text = JSON.stringify(list)
    if (text === told) return
    told = text
    sync.tellAll({ type: 'plugins', plugins: list })
  }

  function layers(found: FoundPlugin): SettingLayers {
    const block = blockOf(found, parts.blocks)
    const decided = decisions.settings.get(found.facts.name) ?? new Map<string, unknown>()
    return { block, file: parts.blocks[block], env: parts.env, decided }
  }

  return {
    get running() {
      return running
    },
    ready,
    apply,
    forgive(name) {
      if (failures.delete(name)) turn++
    },
    bootList,
    layers,
    view(found) {
      const { name } = found.facts
      const failure = failures.get(name)
      let state: PluginState = 'off'
      if (running.has(name)) state = 'on'
      else if (failure !== undefined) state = 'failed'
      else if (waiting.has(name)) state = 'waiting'
      return {
        facts: found.facts,
        source: found.source,
        state,
        error: failure?.error ?? waiting.get(name) ?? null,
        decided: decisions.on.get(name) ?? null,
        refused: (running.get(name) ?? broken.get(name))?.refusals ?? 0,
        package: found.package,
      }
    },
    async close() {
      closed = true
      await queue
      for (const plugin of [...running.values(), ...broken.values()].reverse()) plugin.stop()
      running.clear()
      broken.clear()
    },
  }
}
