import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { Toasts, toast } from '../ui/toasts.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { createApi, explain } from './api.ts'
import type { Api } from './api.ts'
import { NoAdministrator } from './door.tsx'
import { Frame } from './frame.tsx'
import type { AdminBoot } from './house.ts'
import { startLive } from './live.ts'
import { SignIn } from './sign-in.tsx'
import { say } from './words.ts'

/** Who is signed in: somebody, nobody, or not known yet. */
type User = { name: string } | { name: null; ended: boolean } | null

/** The whole of it: the door, or what is behind. */
export function AdminApp({ boot, user: first }: { boot: AdminBoot; user: string | null }): JSX.Element {
  const user = useMemo(
    () => signal<User>(first === null ? { name: null, ended: false } : { name: first }),
    [],
  )
  const api = useMemo(() => createApi(() => (user.value = { name: null, ended: true })), [])
  const now = user.value
  return (
    <>
      {!boot.exists ? (
        <NoAdministrator title={boot.title} />
      ) : now !== null && now.name !== null ? (
        <Inside
          boot={boot}
          api={api}
          onSignOut={() => void signOut(api, () => (user.value = { name: null, ended: false }))}
        />
      ) : (
        <SignIn
          api={api}
          title={boot.title}
          elsewhere={boot.elsewhere}
          ended={now?.ended ?? false}
          onSignedIn={(name) => (user.value = { name })}
        />
      )}
      <Toasts />
      <Tooltip />
    </>
  )
}

/** Signs out here; whoever signed in elsewhere goes to where that ends. */
async function signOut(api: Api, ended: () => void): Promise<void> {
  try {
    const { elsewhere } = await api.post<{ elsewhere: boolean }>('logout')
    if (elsewhere) location.assign('../login')
    else ended()
  } catch (error) {
    toast(explain(error), 'warning')
  }
}

/** One live connection as long as one is inside. */
function Inside({ boot, api, onSignOut }: { boot: AdminBoot; api: Api; onSignOut: () => void }): JSX.Element {
  const house = useMemo(
    () => ({ boot, api, live: startLive(api), failedPlugins: signal<readonly string[]>([]) }),
    [],
  )
  useEffect(() => () => house.live.stop(), [])
  useEffect(() => {
    api.get<{ failedPlugins: readonly string[] }>('api/overview').then(
      ({ failedPlugins }) => (house.failedPlugins.value = failedPlugins),
      () => {},
    )
  }, [])
  return <Frame house={house} onSignOut={onSignOut} />
}

/** The title of the page at the door. */
export function doorTitle(title: string): string {
  return `${say('nav.administration')} · ${title}`
}
