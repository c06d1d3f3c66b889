/** The list of templates, and how one is taken. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ClientContext } from '../../shared/plugin.ts'
import { readTemplates } from './template.ts'
import type { declaration } from './shared.ts'
import type { Template } from './template.ts'
import { builtIn } from './texts.ts'

type Context = ClientContext<NonNullable<(typeof declaration)['settings']>>

/** Ms the server has to answer. */
const PATIENCE = 10_000

/** The administrator's; null until they are known. They stand behind ours. */
const own = signal<readonly Template[] | null>(null)

async function fetchOwn(context: Context): Promise<void> {
  if (own.peek() !== null) return
  try {
    const address = context.url(`list?pad=${encodeURIComponent(context.pad)}`)
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
    own.value = response.ok ? readTemplates(await response.json()) : []
  } catch {
    // Offline there are ours.
  }
}

/** The list. `most`: only so many of ours, without hints. */
export function Choose({ context, done, most }: { context: Context; done: () => void; most?: number }) {
  useEffect(() => void fetchOwn(context), [])
  const ours = context.settings().builtIn ? builtIn(document.documentElement.lang) : []
  const all = [...ours, ...(own.value ?? [])]
  const { Button } = context.ui
  const take = (template: Template): void => {
    done()
    void context.insertMarkdown(template.text)
  }
  return (
    <div class={most === undefined ? 'ep-templates' : 'ep-templates few'}>
      {all.slice(0, most).map((template) => (
        <Button
          key={template.id}
          kind={most === undefined ? 'quiet' : 'plain'}
          onClick={() => take(template)}
        >
          <span>
            {template.title}
            {most === undefined && <small>{template.hint}</small>}
          </span>
        </Button>
      ))}
      {all.length === 0 && <p class="hint">{context.t('none')}</p>}
    </div>
  )
}
