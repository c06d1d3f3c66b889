import type { ComponentChildren, JSX } from 'preact'
import { LanguageMenu, ThemeMenu } from '../page-menus.tsx'
import { Mark } from '../ui/icon.tsx'
import { themeFixed } from '../ui/theme.ts'
import { fetchWords, say } from './words.ts'

/** The page before one is inside: a card in the middle. */
export function Door({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="plain">
      <header>
        <a class="wordmark" href="../">
          <Mark />
          {title}
        </a>
        <LanguageMenu before={fetchWords} />
        {!themeFixed() && <ThemeMenu />}
      </header>
      <main class="gate">
        <div class="gate-card">{children}</div>
      </main>
      <footer>
        <span>{say('nav.administration')}</span>
      </footer>
    </div>
  )
}

/** Shown while there is no administrator: how to make one. */
export function NoAdministrator({ title }: { title: string }): JSX.Element {
  return (
    <Door title={title}>
      <header>
        <h1>{say('nobody.title')}</h1>
        <p>{say('nobody.lead')}</p>
      </header>
      <ol class="steps">
        <li>
          <div>
            <p>{say('nobody.environment')}</p>
            <pre class="code" tabIndex={0} dir="ltr" aria-label={say('nobody.environmentCode')}>
              {'ADMIN_PASSWORD=…'}
            </pre>
            <p class="or-file">{say('nobody.file')}</p>
            <pre class="code" tabIndex={0} dir="ltr" aria-label={say('nobody.fileCode')}>
              {'"users": {\n  "admin": {\n    "password": "…",\n    "is_admin": true\n  }\n}'}
            </pre>
          </div>
        </li>
        <li>
          <p>{say('nobody.restart')}</p>
        </li>
      </ol>
    </Door>
  )
}
