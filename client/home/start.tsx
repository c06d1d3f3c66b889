/** Starts the start page. */
import { render } from 'preact'
import { startLanguage, t } from '../i18n.ts'
import { showTheme } from '../ui/theme.ts'
import { HomePage } from './home.tsx'

/** Shows the start page in `#app`. */
export async function startHome(): Promise<void> {
  const app = document.getElementById('app')
  if (!app) return
  showTheme()
  await startLanguage(new URLSearchParams(location.search).get('lang'))
  const boot = readHomeBoot(document.getElementById('boot')?.textContent)
  app.replaceChildren()
  render(<HomePage title={boot.title || t('app.name')} version={boot.version} />, app)
}

/** The installation's title and version from the page's data; both may be missing. */
export function readHomeBoot(text: string | null | undefined): { title: string; version: string } {
  const value = parse(text)
  const own = (key: string): string => {
    if (typeof value !== 'object' || value === null || !(key in value)) return ''
    const found: unknown = Reflect.get(value, key)
    return typeof found === 'string' ? found : ''
  }
  return { title: own('title'), version: own('version') }
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
