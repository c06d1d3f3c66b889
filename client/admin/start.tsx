/** Starts the administration. */
import { render } from 'preact'
import { language, startLanguage, t } from '../i18n.ts'
import { showTheme } from '../ui/theme.ts'
import { AdminApp, doorTitle } from './app.tsx'
import type { AdminBoot } from './house.ts'
import { followAddress } from './route.ts'
import { fetchWords } from './words.ts'

/** Shows the administration in `#app`. */
export async function startAdmin(): Promise<void> {
  const app = document.getElementById('app')
  if (!app) return
  showTheme()
  const boot = readAdminBoot(document.getElementById('boot')?.textContent)
  const [user] = await Promise.all([
    boot.exists ? userNow() : null,
    startLanguage(new URLSearchParams(location.search).get('lang')).then(() => fetchWords(language())),
  ])
  followAddress()
  document.title = doorTitle(boot.title)
  app.replaceChildren()
  render(<AdminApp boot={boot} user={user} />, app)
}

/** Who is signed in; null for nobody, and for when it cannot be known: the door says more. */
async function userNow(): Promise<string | null> {
  try {
    const answer = await fetch('session', { headers: { Accept: 'application/json' }, cache: 'no-store' })
    const { user } = (await answer.json()) as { user: unknown }
    return typeof user === 'string' ? user : null
  } catch {
    return null
  }
}

/** Reads the page's data. */
export function readAdminBoot(text: string | null | undefined): AdminBoot {
  let value: unknown = null
  try {
    value = JSON.parse(text ?? '')
  } catch {
    // A page without its data still shows the door.
  }
  const own = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const title = own('title')
  const version = own('version')
  return {
    title: typeof title === 'string' && title !== '' ? title : t('app.name'),
    version: typeof version === 'string' ? version : '',
    exists: own('exists') !== false,
    elsewhere: own('elsewhere') === true,
  }
}
