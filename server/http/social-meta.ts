/** What messengers and search engines show of a page, where the settings ask for it (`publicURL`, `socialMeta`). */
import type { Settings } from '../settings/schema.ts'
import { escapeHtml } from './html.ts'

/**
 * The meta elements of a page at `path` (from our root, already encoded). The one place where HTML of ours names our own
 * host, so only with `publicURL`; its slashes are written as references, because proxies that mend addresses in HTML
 * (Apache's Substitute, as in guides for Etherpad) would mend this one too, which is right already.
 */
export function socialMeta(
  settings: Pick<Settings, 'title' | 'publicURL' | 'socialMeta'>,
  page: { path: string; title: string },
): readonly string[] {
  const { publicURL } = settings
  const { description } = settings.socialMeta
  if (publicURL === null && description === null) return []
  const facts: [string, string | null][] = [
    ['og:type', 'website'],
    ['og:site_name', settings.title],
    ['og:title', page.title],
    ['og:description', description],
    ['og:url', publicURL === null ? null : `${publicURL}/${page.path}`],
  ]
  return [
    ...facts.flatMap(([property, content]) =>
      content === null ? [] : [`<meta property="${property}" content="${attribute(content)}">`],
    ),
    ...(description === null ? [] : [`<meta name="description" content="${attribute(description)}">`]),
    '<meta name="twitter:card" content="summary">',
  ]
}

function attribute(text: string): string {
  return escapeHtml(text).replaceAll('/', '&#47;')
}
