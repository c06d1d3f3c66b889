/** Fetches plugins in a browser. */
import { LOAD_LIMIT } from './load.ts'
import type { BundledPlugins, PluginSources } from './load.ts'
import { within } from './within.ts'

/** @param page address of the page, PREFIX/p/NAME */
export function browserSources(bundled: BundledPlugins, page: string): PluginSources {
  return {
    bundled,
    styled: new Set(styledNames()),
    root: new URL('../', page),
    importModule: (url) => import(/* @vite-ignore */ url) as Promise<unknown>,
    async fetchJson(url) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(LOAD_LIMIT) })
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
      return (await answer.json()) as unknown
    },
    async addStyle(url) {
      const there = [...document.styleSheets].find(({ href }) => href === url)?.ownerNode
      if (there instanceof Element) return () => there.remove()
      const link = document.createElement('link')
      link.rel = 'stylesheet'
      link.href = url
      const loaded = new Promise<void>((resolve, reject) => {
        link.addEventListener('load', () => resolve())
        link.addEventListener('error', () => reject(new Error(`${url} could not be loaded`)))
      })
      document.head.append(link)
      try {
        await within(loaded, LOAD_LIMIT, `${url} took too long`)
      } catch (error) {
        link.remove()
        throw error
      }
      return () => link.remove()
    },
  }
}

/** The page's one style sheet of bundled plugins has their names in its address (server/http/plugin-styles.ts). */
function styledNames(): string[] {
  const link = document.querySelector<HTMLLinkElement>('link[rel=stylesheet][href*="plugin-styles/"]')
  return (
    link?.href
      .split('/')
      .pop()
      ?.replace(/\.css$/, '')
      .split('+') ?? []
  )
}
