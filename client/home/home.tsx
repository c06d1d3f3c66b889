import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId, useRef } from 'preact/hooks'
import type { PageLogin } from '../../shared/settings.ts'
import { language, t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { LanguageMenu, ThemeMenu } from '../page-menus.tsx'
import { Button, ToolButton } from '../ui/button.tsx'
import { Mark } from '../ui/icon.tsx'
import { themeFixed } from '../ui/theme.ts'
import { Toasts, toast } from '../ui/toasts.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { judgeName, padAddress, randomName } from './names.ts'
import { forgetPad, recentPads } from './recent.ts'
import type { RecentPad } from './recent.ts'
import { SCRIBBLE } from './scribble.ts'
import { timeAgo } from './time-ago.ts'

/** Where everything begins: open or create a pad by its name. */
export function HomePage({
  title,
  version,
  recent,
  login,
}: {
  title: string
  version: string
  recent: boolean
  login: PageLogin
}): JSX.Element {
  return (
    <div class="plain">
      <header>
        <a class="wordmark" href="./">
          <Mark />
          {title}
        </a>
        <LoginLink login={login} />
        <LanguageMenu />
        {!themeFixed() && <ThemeMenu />}
      </header>
      <main class="start">
        <section class="hero">
          <Headline />
          <p>{t('home.lead')}</p>
          <OpenForm />
        </section>
        {recent && <RecentPads />}
      </main>
      <footer>
        <span>{t('home.source', { version })}</span>
      </footer>
      <Toasts />
      <Tooltip />
    </div>
  )
}

/** The way to one's own pads, or to sign in; nothing where nobody can. */
function LoginLink({ login }: { login: PageLogin }): JSX.Element {
  if (login.as === null && !login.can) return <></>
  return login.as === null ? (
    <a class="button quiet" href="login?next=my-pads">
      {t('login.enter')}
    </a>
  ) : (
    <a class="button quiet" href="my-pads">
      {t('login.mine')}
    </a>
  )
}

/** The word between asterisks is underlined by hand. */
function Headline(): JSX.Element {
  const [before = '', drawn = '', after = ''] = t('home.title').split('*')
  return (
    <h1>
      {before}
      {drawn !== '' && (
        <span class="drawn">
          {drawn}
          <svg class="scribble" viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">
            <path d={SCRIBBLE} />
          </svg>
        </span>
      )}
      {after}
    </h1>
  )
}

function OpenForm(): JSX.Element {
  const typed = useSignal('')
  const tried = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  const note = useId()
  const judged = judgeName(typed.value)
  const bad = judged.kind === 'bad' && (tried.value || typed.value.length > 50)
  const submit = (event: Event): void => {
    event.preventDefault()
    tried.value = true
    if (judged.kind === 'good') location.assign(padAddress(judged.name))
    else field.current?.focus()
  }
  return (
    <>
      <form class="open" onSubmit={submit}>
        <input
          ref={field}
          class="input"
          aria-label={t('home.name')}
          aria-describedby={note}
          aria-invalid={bad}
          placeholder={t('home.name')}
          value={typed.value}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          enterKeyHint="go"
          dir="auto"
          onInput={(event) => {
            typed.value = event.currentTarget.value
            tried.value = false
          }}
        />
        <Button kind="primary" type="submit">
          {t('home.open')}
        </Button>
      </form>
      <p id={note} class={bad ? 'name-note problem' : 'name-note hint'} aria-live="polite">
        {bad && t('home.badName')}
        {judged.kind === 'good' && judged.cleaned && t('home.willOpen', { name: judged.name })}
      </p>
      <div class="ways">
        <Button
          kind="quiet"
          icon="dice"
          onClick={() => location.assign(padAddress(randomName((bytes) => crypto.getRandomValues(bytes))))}
        >
          {t('home.random')}
        </Button>
      </div>
    </>
  )
}

function RecentPads(): JSX.Element {
  const pads = useSignal<readonly RecentPad[]>(recentPads())
  if (pads.value.length === 0) return <></>
  const now = Date.now()
  return (
    <div class="lists">
      <section>
        <h2>
          {t('home.recent')}
          <small>{t('home.recentHint')}</small>
        </h2>
        <ul class="cards">
          {pads.value.map(({ name, time }) => {
            const shown = padTitle(name)
            return (
              <li class="pad-card" key={name}>
                <a href={padAddress(name)} title={shown}>
                  <strong dir="auto">{shown}</strong>
                  <time dateTime={new Date(time).toISOString()}>{timeAgo(time, now, language())}</time>
                </a>
                <ToolButton
                  class="small"
                  icon="close"
                  label={t('home.forget', { name: shown })}
                  onClick={() => {
                    pads.value = forgetPad(name)
                    toast(t('home.forgot'))
                  }}
                />
              </li>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
