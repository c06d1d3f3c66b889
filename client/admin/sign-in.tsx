/** The door: a name and a password, what was wrong, and how long to wait. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { explain, Refusal } from './api.ts'
import type { Api } from './api.ts'
import { Door } from './door.tsx'
import { HEADING } from './parts.tsx'
import { say } from './words.ts'

/** Seconds to wait that a refusal names. */
export function secondsOf(message: string): number {
  return Math.min(600, Number(/\d+/.exec(message)?.[0] ?? 5))
}

/** Asks for name and password. */
export function SignIn({
  api,
  title,
  elsewhere,
  ended,
  onSignedIn,
}: {
  api: Api
  title: string
  /** There are other ways to sign in. */
  elsewhere: boolean
  /** One was signed in, and is no longer. */
  ended: boolean
  onSignedIn: (user: string) => void
}): JSX.Element {
  const name = useSignal('admin')
  const password = useSignal('')
  const problem = useSignal<string | null>(null)
  const wait = useSignal(0)
  const busy = useSignal(false)
  const secret = useRef<HTMLInputElement>(null)

  useEffect(() => {
    secret.current?.focus()
  }, [])
  useEffect(() => {
    if (wait.value <= 0) return undefined
    const timer = setTimeout(() => (wait.value -= 1), 1000)
    return () => clearTimeout(timer)
  }, [wait.value])

  const submit = async (): Promise<void> => {
    busy.value = true
    problem.value = null
    try {
      const { user } = await api.post<{ user: string }>('login', {
        name: name.value,
        password: password.value,
      })
      onSignedIn(user)
    } catch (error) {
      const code = error instanceof Refusal ? error.code : ''
      if (code === 'tooFast' && error instanceof Refusal) wait.value = secondsOf(error.message)
      else problem.value = code === 'unauthenticated' ? say('signIn.wrong') : explain(error)
      busy.value = false
      secret.current?.focus()
      secret.current?.select()
    }
  }

  const said = wait.value > 0 ? say('signIn.wait', { n: wait.value }) : problem.value
  return (
    <Door title={title}>
      <header>
        <h1 id={HEADING} tabIndex={-1}>
          {say('signIn.title', { name: title })}
        </h1>
        <p>{say('signIn.lead')}</p>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy.value && wait.value === 0) void submit()
        }}
      >
        {said === null && ended && (
          <div class="banner" role="status">
            <Icon name="info" />
            <p>{say('signIn.ended')}</p>
          </div>
        )}
        {said !== null && (
          <div class="banner danger" role={wait.value > 0 ? 'status' : 'alert'}>
            <Icon name="warning" />
            <p aria-live="off">{said}</p>
          </div>
        )}
        <div class="field">
          <label for="admin-name">{say('signIn.name')}</label>
          <input
            id="admin-name"
            class="input"
            name="username"
            autoComplete="username"
            autoCapitalize="off"
            spellcheck={false}
            required
            maxLength={100}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="admin-password">{say('signIn.password')}</label>
          <input
            ref={secret}
            id="admin-password"
            class="input"
            type="password"
            name="password"
            autoComplete="current-password"
            required
            maxLength={1000}
            value={password.value}
            onInput={(event) => (password.value = event.currentTarget.value)}
          />
        </div>
        <Button kind="primary" size="wide" type="submit" disabled={busy.value || wait.value > 0}>
          {busy.value ? say('signIn.busy') : say('signIn.go')}
        </Button>
        {elsewhere && (
          <a class="button wide" href="../login?next=admin%2F">
            {say('signIn.elsewhere')}
          </a>
        )}
      </form>
    </Door>
  )
}
