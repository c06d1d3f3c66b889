/** The title in the header and in the tab. Who may write presses it, or F2, and writes another in its place. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ClientContext } from '../../shared/plugin.ts'
import type { TitleMessages } from './server.ts'
import type { declaration } from './shared.ts'
import { LONGEST, tidyTitle } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

const KEY = 'F2'

export function client(context: ClientContext<Fields, TitleMessages>): void {
  const title = signal<string | null>(startTitle(context.startData) || null)
  const editing = signal(false)
  /** Written without a connection; told once there is one. */
  let unsent: string | null = null
  /** What had the focus before the field. */
  let before: Element | null = null
  context.title(title)
  context.receive('title', (_from, line) => {
    if (unsent === null) title.value = line || null
    else if (context.send('title', unsent)) unsent = null
  })

  function open(): void {
    if (editing.peek()) return
    before = document.activeElement
    editing.value = true
  }

  function save(text: string, started: string): void {
    const line = tidyTitle(text)
    // Nothing written is nothing changed, also when somebody else changed the title meanwhile.
    if (line === started || line === (title.peek() ?? '')) return
    title.value = line || null
    unsent = context.send('title', line) ? null : line
  }

  context.action({
    id: 'setTitle',
    label: 'change',
    icon: 'edit',
    keys: KEY,
    group: 'page',
    place: ['menu'],
    writes: true,
    run: open,
  })
  function Editor({ shown }: { shown: string }): JSX.Element | null {
    if (!context.mayWrite.value) return null
    return editing.value ? <TitleField shown={title.peek() ?? shown} /> : <TitleButton />
  }

  /** Lies under the title, so that pressing the title presses it. */
  function TitleButton(): JSX.Element {
    const button = useRef<HTMLButtonElement>(null)
    useLayoutEffect(() => {
      const back = before
      before = null
      if (back === null) return
      if (back.isConnected && back !== document.body && back instanceof HTMLElement) back.focus()
      else button.current?.focus()
    }, [])
    return (
      <button
        ref={button}
        type="button"
        class="title-open"
        aria-label={context.t('change')}
        data-tip=""
        data-keys={KEY}
        onMouseDown={(event) => event.preventDefault()}
        onClick={open}
      />
    )
  }

  function TitleField({ shown }: { shown: string }): JSX.Element {
    const field = useRef<HTMLInputElement>(null)
    const started = useRef(shown)
    const done = useRef(false)
    useLayoutEffect(() => {
      field.current?.focus()
      field.current?.select()
    }, [])
    const end = (text: string | null): void => {
      if (done.current) return
      done.current = true
      if (text !== null) save(text, started.current)
      editing.value = false
    }
    return (
      <input
        ref={field}
        class="title-field"
        dir="auto"
        aria-label={context.t('title')}
        enterkeyhint="done"
        maxLength={LONGEST}
        value={started.current}
        onBlur={(event) => {
          // The focus is where the person put it.
          if (!done.current) before = null
          end(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Enter') {
            event.preventDefault()
            end(event.currentTarget.value)
          } else if (event.key === 'Escape') {
            event.preventDefault()
            event.stopPropagation()
            end(null)
          }
        }}
      />
    )
  }
  context.titleEditor((shown) => <Editor shown={shown} />)
}

function startTitle(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('title' in data)) return ''
  try {
    return tidyTitle(data.title)
  } catch {
    return ''
  }
}
