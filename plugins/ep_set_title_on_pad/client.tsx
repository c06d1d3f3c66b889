/** The title in the header and in the tab; beside it a pencil for who may write. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ClientContext } from '../../shared/plugin.ts'
import type { TitleMessages } from './server.ts'
import type { declaration } from './shared.ts'
import { LONGEST, tidyTitle } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

export function client(context: ClientContext<Fields, TitleMessages>): void {
  const title = signal<string | null>(startTitle(context.startData) || null)
  const editing = signal(false)
  context.title(title)
  context.receive('title', (_from, line) => {
    title.value = line || null
  })

  function save(text: string): void {
    const line = tidyTitle(text)
    editing.value = false
    if (line === (title.peek() ?? '')) return
    title.value = line || null
    context.send('title', line)
  }

  function Editor({ shown }: { shown: string }): JSX.Element | null {
    const { ToolButton } = context.ui
    if (!context.mayWrite.value) return null
    if (editing.value) return <TitleField shown={title.peek() ?? shown} />
    return (
      <ToolButton
        class="title-pencil"
        label={context.t('change')}
        icon="edit"
        onClick={() => (editing.value = true)}
      />
    )
  }

  function TitleField({ shown }: { shown: string }): JSX.Element {
    const field = useRef<HTMLInputElement>(null)
    const done = useRef(false)
    useEffect(() => {
      field.current?.focus()
      field.current?.select()
    }, [])
    const end = (text: string | null): void => {
      if (done.current) return
      done.current = true
      if (text === null) editing.value = false
      else save(text)
    }
    return (
      <input
        ref={field}
        class="title-field"
        aria-label={context.t('title')}
        maxLength={LONGEST}
        value={shown}
        onBlur={(event) => end(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) end(event.currentTarget.value)
          else if (event.key === 'Escape') {
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
