/** The line above the text. What was closed stays closed on this device until other words stand there. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'
import { linkParts } from '../../shared/text/link-parts.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** The words that were closed last. */
const KEY = 'inkpad.ep_announce.closed'

export function client(context: ClientContext<Fields>): void {
  const closed = signal(kept())

  function Announcement(): JSX.Element | null {
    const { text, kind, closable } = context.settings()
    const words = text.trim()
    if (words === '' || (closable && closed.value === words)) return null
    const { Button, Icon } = context.ui
    return (
      <div class={`banner page-banner ${kind}`} role="status">
        <Icon name={kind === 'warning' ? 'warning' : 'info'} />
        <p>
          {linkParts(words).map(({ text: part, href }, at) =>
            href === null ? (
              part
            ) : (
              <a key={at} href={href} target="_blank" rel="noopener noreferrer">
                {part}
              </a>
            ),
          )}
        </p>
        {closable && (
          <Button
            size="small"
            kind="quiet"
            onClick={() => {
              closed.value = words
              keep(words)
            }}
          >
            {context.t('close')}
          </Button>
        )}
      </div>
    )
  }
  context.banner(() => <Announcement />)
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function keep(words: string): void {
  try {
    localStorage.setItem(KEY, words)
  } catch {
    // Closed for this visit only.
  }
}
