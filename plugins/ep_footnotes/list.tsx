import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'

/** A note of the list. */
export interface Note {
  readonly words: string
  /** Leads to its sign in the text. */
  readonly back: () => void
  readonly change: () => void
}

const PEN = 'M4 16l.8-3.4L13.4 4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3l-8.6 8.6z'
const BACK = 'M8 4 4 8l4 4M4 8h8a4 4 0 0 1 0 8h-2'

/** All notes of the text, in their order. */
export function List({
  context,
  notes,
}: {
  context: ClientContext
  notes: ReadonlySignal<readonly Note[]>
}): JSX.Element {
  const all = notes.value
  const { ToolButton } = context.ui
  if (all.length === 0) return <></>
  return (
    <section class="ep-footnotes" aria-label={context.t('title')}>
      <ol class="ep-footnotes-list">
        {all.map(({ words, back, change }, at) => (
          <li key={at} tabIndex={-1}>
            <span dir="auto">{words}</span>
            <ToolButton label={context.t('back', { n: at + 1 })} icon={{ line: BACK }} onClick={back} />
            {context.mayWrite.value && (
              <ToolButton label={context.t('change', { n: at + 1 })} icon={{ line: PEN }} onClick={change} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
