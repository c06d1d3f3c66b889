/** Starts the start page. */
import { render } from 'preact'
import { readPageSettings } from '../../shared/page-settings.ts'
import type { PageSettings } from '../../shared/page-settings.ts'
import type { PageLogin } from '../../shared/settings.ts'
import { startLanguage, t, useOwnWords } from '../i18n.ts'
import { showTheme } from '../ui/theme.ts'
import { HomePage } from './home.tsx'

/** Shows the start page in `#app`. */
export async function startHome(): Promise<void> {
  const app = document.getElementById('app')
  if (!app) return
  showTheme()
  const { title, version, settings, login } = readHomeBoot(document.getElementById('boot')?.textContent)
  useOwnWords(settings.words)
  await startLanguage(new URLSearchParams(location.search).get('lang'))
  app.replaceChildren()
  render(
    <HomePage title={title || t('app.name')} version={version} recent={settings.recentPads} login={login} />,
    app,
  )
}

/** What the start page gets from its server. */
export interface HomeBoot {
  /** Title and version of the installation; both may be missing. */
  title: string
  version: string
  settings: PageSettings
  login: PageLogin
}

/** Reads the page's data. */
export function readHomeBoot(text: string | null | undefined): HomeBoot {
  const value = parse(text)
  const own = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const words = (key: string): string => {
    const found = own(key)
    return typeof found === 'string' ? found : ''
  }
  return {
    title: words('title'),
    version: words('version'),
    settings: readPageSettings(own('settings')),
    login: readLogin(own('login')),
  }
}

function readLogin(value: unknown): PageLogin {
  const own = (from: unknown, key: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined
  const name = own(own(value, 'as'), 'name')
  return { as: typeof name === 'string' ? { name } : null, can: own(value, 'can') === true }
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
