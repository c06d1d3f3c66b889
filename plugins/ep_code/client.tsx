/** Waits until the text has code; everything else is fetched then. */
import { Plugin } from 'prosemirror-state'
import type { Node as ProseNode } from 'prosemirror-model'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Ms without a change before the text is looked through. */
const PAUSE = 300

export function client(context: ClientContext<Fields>): Off {
  let off: Off | null = null
  let ended = false
  let asked = false

  async function begin(): Promise<void> {
    const { codePlugin } = await import('./late.ts')
    if (ended) return
    off?.()
    off = context.prosemirror(
      codePlugin({ t: (key) => context.t(key), colours: () => context.settings().colours }),
    )
  }
  const look = (doc: ProseNode): void => {
    if (asked || !hasCode(doc)) return
    asked = true
    // Without a network code stays as it is, and the next change asks again.
    begin().catch(() => (asked = false))
  }
  off = context.prosemirror(
    new Plugin({
      view(view) {
        let timer: ReturnType<typeof setTimeout> | undefined
        const later = (): void => {
          clearTimeout(timer)
          timer = setTimeout(() => look(view.state.doc), PAUSE)
        }
        later()
        return {
          update(_view, before) {
            if (before.doc !== view.state.doc) later()
          },
          destroy: () => clearTimeout(timer),
        }
      },
    }),
  )
  return () => {
    ended = true
  }
}

function hasCode(doc: ProseNode): boolean {
  return doc.children.some(({ attrs }) => (attrs['code-block'] ?? null) !== null)
}
