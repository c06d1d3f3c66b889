/** The line above the text. What was closed stays closed on this device until other words stand there. */
import { effect, signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import { linkParts } from '../../shared/text/link-parts.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** The words that were closed last. */
const KEY = 'inkpad.ep_announce.closed'
/** The longest a timer can wait, in ms. */
const LONGEST_WAIT = 2 ** 31 - 1

export function client(context: ClientContext<Fields>): Off {
  const closed = signal(kept())
  const now = signal(Date.now())

  // The page looks at its clock again when the announcement comes or goes.
  const stop = effect(() => {
    const { from, until } = context.settings()
    const next = [from, until].map((time) => Date.parse(time)).filter((time) => time > now.value)
    if (next.length === 0) return
    const wait = Math.min(LONGEST_WAIT, Math.max(0, Math.min(...next) - Date.now()))
    const timer = setTimeout(() => (now.value = Date.now()), wait + 1)
    return () => clearTimeout(timer)
  })

  function close(words: string): void {
    closed.value = words
    keep(words)
    context.view.peek()?.focus()
  }

  function Announcement(): JSX.Element | null {
    const { text, kind, closable, from, until } = context.settings()
    const words = text.trim()
    if (words === '' || (closable && closed.value === words)) return null
    if (now.value < Date.parse(from) || now.value >= Date.parse(until)) return null
    const { Icon, ToolButton } = context.ui
    return (
      <div class={`banner page-banner ${kind === 'warning' ? 'warning' : 'accent'}`} role="status">
        <Icon name={kind === 'warning' ? 'warning' : 'info'} />
        <p dir="auto">
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
        {closable && <ToolButton icon="close" label={context.t('close')} onClick={() => close(words)} />}
      </div>
    )
  }
  context.banner(() => <Announcement />)
  return stop
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
