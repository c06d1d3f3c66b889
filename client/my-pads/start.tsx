/** Starts the list of one's pads. */
import { render } from 'preact'
import { readPageSettings } from '../../shared/page-settings.ts'
import { startLanguage, t, useOwnWords } from '../i18n.ts'
import { showTheme } from '../ui/theme.ts'
import { createApi } from './api.ts'
import { MyPadsView } from './page.tsx'

/** Shows it in `#app`. */
export async function startMyPads(): Promise<void> {
  const app = document.getElementById('app')
  if (!app) return
  showTheme()
  const { title, name, settings } = read(document.getElementById('boot')?.textContent)
  useOwnWords(readPageSettings(settings).words)
  await startLanguage(new URLSearchParams(location.search).get('lang'))
  app.replaceChildren()
  render(<MyPadsView title={title || t('app.name')} name={name} api={createApi()} />, app)
}

function read(text: string | null | undefined): { title: string; name: string; settings: unknown } {
  let value: unknown = null
  try {
    value = JSON.parse(text ?? '')
  } catch {
    // A page without its data is still a page.
  }
  const own = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const words = (key: string): string => {
    const found = own(key)
    return typeof found === 'string' ? found : ''
  }
  return { title: words('title'), name: words('name'), settings: own('settings') }
}
