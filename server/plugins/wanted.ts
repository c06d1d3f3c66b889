/** Which plugins should be on, and in which order they are loaded: what one needs comes before it. */
import type { Environment } from '../settings/substitute.ts'
import { isTree } from '../settings/substitute.ts'
import type { FoundPlugin, KnownNames } from './find.ts'

/** Why a plugin that should be on cannot be, or null. */
export interface Wanted {
  readonly found: FoundPlugin
  readonly missing: string | null
}

/** Should it be on? The administrator's word counts; else standard ones are, and those the settings name. */
export function shouldBeOn(
  { facts }: FoundPlugin,
  named: ReadonlySet<string>,
  decided: ReadonlyMap<string, boolean>,
): boolean {
  return decided.get(facts.name) ?? (facts.standard || named.has(facts.name))
}

/** The plugins that should be on, those that are needed first; those whose needs are not on with the reason. */
export function wantedPlugins(
  found: readonly FoundPlugin[],
  named: ReadonlySet<string>,
  decided: ReadonlyMap<string, boolean>,
): readonly Wanted[] {
  const byName = new Map(found.map((plugin) => [plugin.facts.name, plugin]))
  const done = new Map<string, Wanted>()

  function visit(plugin: FoundPlugin, way: readonly string[]): Wanted {
    const { name, needs } = plugin.facts
    const known = done.get(name)
    if (known !== undefined) return known
    let missing: string | null = null
    for (const need of needs) {
      const other = byName.get(need)
      if (way.includes(need) || need === name) missing ??= `It and ${need} need each other.`
      else if (other === undefined) missing ??= `It needs ${need}, which is not here.`
      else if (!shouldBeOn(other, named, decided)) missing ??= `It needs ${need}, which is switched off.`
      else if (visit(other, [...way, name]).missing !== null)
        missing ??= `It needs ${need}, which cannot be on.`
    }
    const wanted = { found: plugin, missing }
    done.set(name, wanted)
    return wanted
  }

  for (const plugin of found) if (shouldBeOn(plugin, named, decided)) visit(plugin, [])
  return [...done.values()]
}

/** Names of plugins to switch on: those of the settings, and those of `ETHERPAD_PLUGINS`, whichever comes with the image. */
export function namedPlugins(setting: readonly string[], env: Environment): readonly string[] {
  const variable = (env['ETHERPAD_PLUGINS'] ?? '').split(/[\s,]+/).filter((name) => name !== '')
  return [...new Set([...setting, ...variable])]
}

/** Names with those in their place that do the same here. */
export function namesOfOurs(named: readonly string[], known: KnownNames): readonly string[] {
  return named.map((name) => (Object.hasOwn(known.instead, name) ? (known.instead[name] ?? name) : name))
}

/** What the administrator should hear about names that were asked for and are not here. */
export function saidOfNames(
  named: Iterable<string>,
  found: readonly FoundPlugin[],
  known: KnownNames,
): { notes: readonly string[]; warnings: readonly string[] } {
  const here = new Set(found.map(({ facts }) => facts.name))
  const missing = [...named].filter((name) => !here.has(name))
  const toCome = missing.filter((name) => known.toCome.includes(name))
  const builtIn = missing.filter((name) => known.builtIn.includes(name))
  const elsewhere = missing.filter(
    (name) => Object.hasOwn(known.instead, name) && here.has(known.instead[name] ?? ''),
  )
  const unknown = missing.filter((name) => ![...toCome, ...builtIn, ...elsewhere].includes(name))
  const notes = [
    ...(toCome.length === 0
      ? []
      : [`plugins that come with a later version of Inkpad: ${toCome.join(', ')}`]),
    ...(builtIn.length === 0
      ? []
      : [`what these plugins do is part of Inkpad itself: ${builtIn.join(', ')}`]),
    ...elsewhere.map((name) => `${name} is asked for; here ${known.instead[name]} does the same`),
  ]
  const warnings =
    unknown.length === 0
      ? []
      : [
          `plugins that do not exist here: ${unknown.join(', ')}. Install them first, or take their names away`,
        ]
  return { notes, warnings }
}

function keysOf({ block, oldBlocks = [] }: FoundPlugin): readonly string[] {
  return [block, ...oldBlocks]
}

/** What the administrator should hear about blocks in `settings.json` that belong to no plugin that is here. */
export function saidOfBlocks(
  blocks: Readonly<Record<string, unknown>>,
  found: readonly FoundPlugin[],
): readonly string[] {
  const idle = Object.entries(blocks)
    .filter(([key, value]) => saysSomething(value) && !found.some((plugin) => keysOf(plugin).includes(key)))
    .map(([key]) => key)
  return idle.length === 0 ? [] : [`settings of plugins that are not here have no effect: ${idle.join(', ')}`]
}

/** Under which key of `settings.json` a plugin's settings stand: the first of its keys that says something. */
export function blockOf(
  { block, oldBlocks = [] }: Pick<FoundPlugin, 'block' | 'oldBlocks'>,
  blocks: Readonly<Record<string, unknown>>,
): string {
  return [block, ...oldBlocks].find((key) => saysSomething(blocks[key])) ?? block
}

/** A block whose values all come from variables that are not set says nothing. */
function saysSomething(value: unknown): boolean {
  return isTree(value) ? Object.values(value).some(saysSomething) : value !== null && value !== undefined
}
