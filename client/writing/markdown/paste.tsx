/** Pasting as Markdown and as plain text: from the clipboard where the browser lets us read it, else from a field (SPEC-writing W5). */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Insert } from '../../../shared/text/delta.ts'
import { nodesOf } from '../../editor/content.ts'
import { insertNodes } from '../../editor/paste/insert.ts'
import { MAX_PASTE } from '../../editor/paste/paste.ts'
import { cleanText } from '../../editor/paste/text.ts'
import { formatsOf } from '../../editor/schema.ts'
import { t } from '../../i18n.ts'
import type { PadModel } from '../../pad/model.ts'
import type { Bench } from '../../pad/writing.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toasts.tsx'
import { mount } from '../mount.tsx'
import { w } from '../words.ts'
import { contentOfMarkdown } from './markdown.ts'

type Put = (model: PadModel, text: string) => boolean

/** Ms the browser may take to ask and to answer. */
const PATIENCE = 30_000

/** Puts what the clipboard holds into the text, its Markdown as formats. */
export function pasteMarkdown({ model }: Bench): void {
  void take(model, putMarkdown, w('paste.markdown'))
}

/** Puts the words of the clipboard into the text, without their formats. */
export function pastePlain({ model }: Bench): void {
  void take(model, putPlain, w('paste.plain'))
}

async function take(model: PadModel, put: Put, title: string): Promise<void> {
  const text = await clipboardText()
  if (text) put(model, text)
  else
    mount((close) => (
      <PasteField
        title={title}
        onClose={close}
        onTake={(given) => {
          close()
          put(model, given)
        }}
      />
    ))
}

/** Null where the browser gives nothing away. */
async function clipboardText(): Promise<string | null> {
  if (typeof navigator.clipboard?.readText !== 'function') return null
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE))
  return Promise.race([navigator.clipboard.readText().catch(() => null), late])
}

/** Formats what is written in Markdown's signs. */
export function putMarkdown(model: PadModel, text: string): boolean {
  const schema = model.editorState.peek()?.schema
  if (!schema) return false
  return put(model, text, () => contentOfMarkdown(cleanText(text), formatsOf(schema), MAX_PASTE))
}

function putPlain(model: PadModel, text: string): boolean {
  return put(model, text, () => [{ insert: cleanText(text) }], true)
}

function put(model: PadModel, text: string, read: () => Insert[], plain = false): boolean {
  const editor = model.editor.peek()
  if (!editor || !model.mayWrite.peek()) return false
  if (text.length > MAX_PASTE) {
    toast(t('pad.pasteTooLarge'), 'warning')
    return false
  }
  const { view } = editor
  const nodes = nodesOf(view.state.schema, read())
  if (nodes.length > 0)
    editor.oneStep(() =>
      view.dispatch(insertNodes(view.state, nodes, plain).setMeta('paste', true).scrollIntoView()),
    )
  view.focus()
  return nodes.length > 0
}

interface PasteFieldProps {
  title: string
  onTake: (text: string) => void
  onClose: () => void
}

/** A field to paste into by the browser's own means. */
function PasteField({ title, onTake, onClose }: PasteFieldProps): JSX.Element {
  const text = useSignal('')
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <Dialog
      title={title}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button kind="primary" disabled={text.value === ''} onClick={() => onTake(text.value)}>
          {w('paste.take')}
        </Button>
      }
    >
      <textarea
        ref={field}
        class="input paste-field"
        rows={8}
        aria-label={w('paste.field')}
        placeholder={w('paste.field')}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
    </Dialog>
  )
}
