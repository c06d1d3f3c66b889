/** The facts of a plugin that are known without loading it, read from its `plugin.json` or its package's `inkpad` key. */
import { isPluginName, PLUGIN_API } from '../../shared/plugin.ts'
import type { PluginFacts } from '../../shared/plugin.ts'
import { isTree } from '../settings/substitute.ts'

/** Longest title and longest sentence about a plugin. */
const TITLE = 80
const ABOUT = 400
/** Names in a list. */
const MOST = 50

/** Facts as they stand in a file: without the version, which comes from elsewhere. */
export interface StatedFacts extends Omit<PluginFacts, 'version' | 'languages'> {
  languages: readonly string[] | null
  /** The key of its settings in `settings.json`; its name unless it says otherwise. */
  block: string
  /** Keys it had in earlier days; one counts where {@link StatedFacts.block} says nothing. */
  oldBlocks: readonly string[]
}

/**
 * Reads the facts of the plugin `name`.
 * @throws RangeError that names the key, its value and what is allowed
 */
export function readFacts(name: string, value: unknown): StatedFacts {
  if (!isTree(value)) throw new RangeError('it holds no object')
  const read = <T>(key: string, allowed: string, parse: (given: unknown) => T | undefined): T => {
    const parsed = parse(value[key])
    if (parsed === undefined) throw new RangeError(`${key} is ${show(value[key])}; allowed is ${allowed}`)
    return parsed
  }
  const api = read('api', `${PLUGIN_API}: the plugin is made for another Inkpad`, (given) =>
    given === PLUGIN_API ? PLUGIN_API : undefined,
  )
  read('name', `"${name}"`, (given) => (given === undefined || given === name ? name : undefined))
  return {
    name,
    api,
    title: read('title', `a text of 1 to ${TITLE} characters`, text(TITLE)),
    about: read('about', `a text of 1 to ${ABOUT} characters`, text(ABOUT)),
    standard: read('standard', 'true or false', (given) =>
      typeof (given ?? false) === 'boolean' ? given === true : undefined,
    ),
    needs: read('needs', 'a list of names of plugins', list(isPluginName)) ?? [],
    languages: read('languages', 'a list of codes of languages', list(isLanguage)),
    block: read('block', 'a name such as ep_x', (given) =>
      given === undefined ? name : isPluginName(given) ? given : undefined,
    ),
    oldBlocks: read('oldBlocks', 'a list of names such as ep_x', list(isPluginName)) ?? [],
  }
}

/** Is this a language's code, as translations are named? */
export function isLanguage(code: unknown): code is string {
  return typeof code === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code)
}

const text = (longest: number) => (given: unknown) =>
  typeof given === 'string' && given.trim() !== '' && given.length <= longest ? given : undefined

/** Null when there is no list; undefined when it is wrong. */
const list =
  (fits: (entry: unknown) => entry is string) =>
  (given: unknown): readonly string[] | null | undefined => {
    if (given === undefined) return null
    return Array.isArray(given) && given.length <= MOST && given.every(fits) ? given : undefined
  }

/** A value for a sentence, not too long. */
export function show(value: unknown): string {
  const shown = value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value)
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown
}
