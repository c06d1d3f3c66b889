/** Offers to format what was pasted as plain text and looks like Markdown (SPEC-writing W5). */
import { Plugin, PluginKey } from 'prosemirror-state'
import { isFromText } from '../../editor/binding/binding.ts'
import type { PadModel } from '../../pad/model.ts'
import { toast } from '../../ui/toasts.tsx'
import { w } from '../words.ts'
import { looksLikeMarkdown } from './looks.ts'

const key = new PluginKey<string | null>('markdown-offer')

/** The plugin. Its state is what was pasted last, until the person changes something else. */
export function markdownOffer(model: PadModel): Plugin<string | null> {
  let pasted: string | null = null
  let takeBack = (): void => undefined
  const format = async (text: string): Promise<void> => {
    const { putMarkdown } = await import('./paste.tsx')
    const editor = model.editor.peek()
    if (!editor || key.getState(editor.state) !== text) return
    editor.undo()
    putMarkdown(model, text)
  }
  return new Plugin<string | null>({
    key,
    state: {
      init: () => null,
      apply(tr, before) {
        if (!tr.docChanged || isFromText(tr) || tr.getMeta('appendedTransaction') !== undefined) return before
        return tr.getMeta('paste') === true ? pasted : null
      },
    },
    view: () => ({
      update(view, before) {
        if (key.getState(before) !== null && key.getState(view.state) === null) takeBack()
      },
      destroy: () => takeBack(),
    }),
    props: {
      handlePaste(view, event) {
        pasted = null
        const data = event.clipboardData
        const text = data?.getData('text/plain') ?? ''
        const code = view.state.selection.$from.parent.attrs['code-block'] ?? null
        if (code !== null || data?.getData('text/html') !== '' || !looksLikeMarkdown(text)) return false
        pasted = text
        takeBack()
        takeBack = toast(w('paste.looks'), 'info', {
          label: w('paste.format'),
          run: () => void format(text),
          stays: true,
        })
        return false
      },
    },
  })
}
