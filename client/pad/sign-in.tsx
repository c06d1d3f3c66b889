/** Who is signed in, and the ways in and out (SPEC-access L34). */
import type { JSX } from 'preact'
import type { PageLogin } from '../../shared/settings.ts'
import { inFrame, leaveFor } from '../frame.ts'
import { t } from '../i18n.ts'
import { forgetPerson } from '../net/identity.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import type { Action } from './actions.ts'

/** Ms the server may take. */
const WITHIN = 15_000
const KEY =
  'M2.75 13a3.75 3.75 0 1 0 7.5 0a3.75 3.75 0 1 0-7.5 0zM9.2 10.8l7.55-7.55M13.25 6.75l2.5 2.5M11 9l1.5 1.5'

/** Our root, and the page from there on. */
export function placeOf(address: string): { root: string; page: string } {
  const { origin, pathname, search } = new URL(address)
  const at = pathname.lastIndexOf('/p/')
  const root = at < 0 ? '/' : pathname.slice(0, at + 1)
  return { root: `${origin}${root}`, page: at < 0 ? '' : pathname.slice(at + 1) + search }
}

/** Where one signs in, and comes back from to this page. */
export function signInAddress(address: string = location.href): string {
  const { root, page } = placeOf(address)
  return `${root}login?${new URLSearchParams({ next: page }).toString()}`
}

/** Signs this browser out and leads on; the browser forgets whose it was. */
export async function signOut(): Promise<void> {
  const { root } = placeOf(location.href)
  try {
    const answer = await fetch(`${root}logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(WITHIN),
    })
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`)
    const { to } = (await answer.json()) as { to?: unknown }
    forgetPerson(location.href)
    const leads = typeof to === 'string' && /^https?:/i.test(to)
    if (leads) leaveFor(to)
    // In a frame the provider would be asked silently, and sign in again at once.
    if (inFrame()) location.assign(`${signInAddress()}&tried=1`)
    else if (!leads) location.reload()
  } catch {
    toast(t('login.outFailed'), 'warning')
  }
}

/** In the page's menu: the way in, or the way out. */
export function signInActions(login: PageLogin | undefined): readonly Action[] {
  if (!login || (login.as === null && !login.can)) return []
  const page = { id: 'login', icon: KEY, group: 'page', writes: false } as const
  if (login.as === null)
    return [{ ...page, label: 'login.enter', run: () => location.assign(signInAddress()) }]
  return [
    {
      ...page,
      id: 'mypads',
      icon: 'people',
      label: 'login.mine',
      run: () => leaveFor(`${placeOf(location.href).root}my-pads`),
    },
    { ...page, label: 'login.out', run: () => void signOut() },
  ]
}

/** In the panel of people. */
export function SignInPart({ login }: { login: PageLogin | undefined }): JSX.Element {
  if (!login || (login.as === null && !login.can)) return <></>
  return (
    <section class="panel-part">
      {login.as === null ? (
        <>
          <p class="hint">{t('login.hint')}</p>
          <a class="button" href={signInAddress()}>
            {t('login.enter')}
          </a>
        </>
      ) : (
        <>
          <h3>{login.as.name === '' ? t('login.isIn') : t('login.isInAs', { name: login.as.name })}</h3>
          <Button onClick={() => void signOut()}>{t('login.out')}</Button>
          <a class="hint" href={`${placeOf(location.href).root}login`}>
            {t('login.browsers')}
          </a>
        </>
      )}
    </section>
  )
}
