/** Looks for plugins in the npm registry this machine uses, by npm's own search. */
import { isPluginName } from '../../shared/plugin.ts'
import { isTree } from '../settings/substitute.ts'
import { isOffline, QUIET_OPTIONS } from './npm.ts'
import type { Npm } from './npm.ts'
import { isPackageName, isVersion, pluginOf } from './package-facts.ts'
import type { CatalogAnswer, CatalogEntry } from './types.ts'

/** Plugins say in their package.json that they are some. */
export const KEYWORD = 'inkpad-plugin'
const MOST = 50

/** Searches; `installed` has the versions that are here, by package. */
export async function searchCatalog(
  npm: Npm,
  folder: string,
  words: string,
  installed: ReadonlyMap<string, string>,
): Promise<CatalogAnswer> {
  const terms = words.split(/[^\p{L}\p{N}_@/.-]+/u).filter((term) => /^[\p{L}\p{N}_@]/u.test(term))
  const options = ['--json', `--searchlimit=${MOST}`, ...QUIET_OPTIONS]
  const { code, stdout, stderr } = await npm(
    ['search', ...options, '--', `keywords:${KEYWORD}`, ...terms.slice(0, 10)],
    folder,
  )
  if (code !== 0) {
    const why = isOffline(stderr)
      ? 'The npm registry cannot be reached from this server.'
      : 'The npm registry gave no answer to a search.'
    return { state: 'offline', why }
  }
  return { state: 'found', entries: entriesOf(stdout, installed) }
}

function entriesOf(text: string, installed: ReadonlyMap<string, string>): readonly CatalogEntry[] {
  const found: unknown = text.trim() === '' ? [] : JSON.parse(text)
  if (!Array.isArray(found)) return []
  return (found as unknown[]).slice(0, MOST).flatMap((entry) => {
    if (!isTree(entry)) return []
    const { name, version, description, keywords } = entry
    if (typeof name !== 'string' || typeof version !== 'string') return []
    if (!isPackageName(name) || !isPluginName(pluginOf(name)) || !isVersion(version)) return []
    // Some registries look at words only.
    if (Array.isArray(keywords) && !keywords.includes(KEYWORD)) return []
    const about = typeof description === 'string' ? description.slice(0, 400) : ''
    return [{ name, version, about, installed: installed.get(name) ?? null }]
  })
}
