/** What the installation's settings say to every page, besides the options of a pad (`shared/settings.ts`). */

/** Ids of tools in groups, as Etherpad's `toolbar.left`: `[["bold", "italic"], ["undo", "redo"]]`. */
export type ToolGroups = readonly (readonly string[])[]

/** A word on privacy above every pad. Plain text; the address is an http or https one. */
export interface PrivacyBanner {
  title: string
  body: string
  learnMore: string | null
  /** A person may close it; the browser remembers. */
  closable: boolean
}

/** Words in place of ours: language code → key → text (Etherpad's `customLocaleStrings`). */
export type OwnWords = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface PageSettings {
  /** Keys that are switched off, by Etherpad's names in `padShortcutEnabled`: `cmdB`, `altF9`... */
  keysOff: readonly string[]
  /** Which tools stand at which side; null for our own order. */
  toolbar: { left: ToolGroups | null; right: ToolGroups | null }
  privacy: PrivacyBanner | null
  words: OwnWords
  /** The start page lists the pads this browser opened lately. */
  recentPads: boolean
  /** A pad's owner may decide for all who open it. */
  padWide: boolean
  /** ... and set what plugins let pads decide. */
  padPlugins: boolean
  /** Everybody who may write in a pad may delete it. */
  deletableByAll: boolean
}

/** What a page goes by when its server says nothing. */
export const DEFAULT_PAGE_SETTINGS: PageSettings = {
  keysOff: [],
  toolbar: { left: null, right: null },
  privacy: null,
  words: {},
  recentPads: true,
  padWide: true,
  padPlugins: true,
  deletableByAll: false,
}

/** The most groups of tools and tools in one, languages and words, names of keys that are read. */
const MOST = { groups: 40, tools: 60, languages: 200, words: 2000, keys: 100 }

/** Reads page settings of unknown origin; what is not right keeps its default. */
export function readPageSettings(value: unknown): PageSettings {
  if (!isRecord(value)) return DEFAULT_PAGE_SETTINGS
  const toolbar = isRecord(value['toolbar']) ? value['toolbar'] : {}
  const flag = (key: 'recentPads' | 'padWide' | 'padPlugins' | 'deletableByAll'): boolean => {
    const given = value[key]
    return typeof given === 'boolean' ? given : DEFAULT_PAGE_SETTINGS[key]
  }
  return {
    keysOff: texts(value['keysOff'], MOST.keys),
    toolbar: { left: readToolGroups(toolbar['left']), right: readToolGroups(toolbar['right']) },
    privacy: readBanner(value['privacy']),
    words: readWords(value['words']) ?? {},
    recentPads: flag('recentPads'),
    padWide: flag('padWide'),
    padPlugins: flag('padPlugins'),
    deletableByAll: flag('deletableByAll'),
  }
}

/** Groups of tools, or null for what is none. One flat group counts as a list with one group. */
export function readToolGroups(value: unknown): ToolGroups | null {
  if (!Array.isArray(value) || value.length > MOST.groups) return null
  const isTool = (one: unknown): one is string => typeof one === 'string' && /^[\w.-]{1,60}$/.test(one)
  const list: unknown[] = value.every(isTool) && value.length > 0 ? [value] : value
  const groups: string[][] = []
  for (const group of list) {
    if (!Array.isArray(group) || group.length > MOST.tools || !group.every(isTool)) return null
    groups.push(group)
  }
  return groups
}

/** Own words, or null for what is none. */
export function readWords(value: unknown): OwnWords | null {
  if (!isRecord(value)) return null
  const languages = Object.entries(value)
  if (languages.length > MOST.languages) return null
  const words: Record<string, Record<string, string>> = {}
  for (const [code, own] of languages) {
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code) || !isRecord(own)) return null
    const entries = Object.entries(own)
    if (entries.length > MOST.words || !entries.every((entry) => typeof entry[1] === 'string')) return null
    words[code.toLowerCase()] = Object.fromEntries(entries) as Record<string, string>
  }
  return words
}

function readBanner(value: unknown): PrivacyBanner | null {
  if (!isRecord(value)) return null
  const { title, body, learnMore, closable } = value
  if (typeof title !== 'string' || typeof body !== 'string') return null
  const address = typeof learnMore === 'string' && /^https?:\/\//i.test(learnMore) ? learnMore : null
  return { title, body, learnMore: address, closable: closable !== false }
}

function texts(value: unknown, most: number): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.filter((one): one is string => typeof one === 'string').slice(0, most)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
