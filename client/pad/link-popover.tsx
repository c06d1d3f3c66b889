import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { TextSelection } from 'prosemirror-state'
import { linkFromInput, safeLink } from '../../shared/text/links.ts'
import { removeLink, setLink } from '../editor/commands/link.ts'
import type { LinkRange } from '../editor/commands/link.ts'
import type { Command } from '../editor/types.ts'
import { t } from '../i18n.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'
import type { Box } from '../ui/place.ts'
import type { PadModel } from './model.ts'

interface LinkPopoverProps {
  model: PadModel
  range: LinkRange
}

/** Makes a new link, or shows one with ways to open, change and remove it. */
export function LinkPopover({
  model,
  range,
  editing: begin,
}: LinkPopoverProps & { editing: boolean }): JSX.Element {
  const editing = useSignal(begin)
  const close = (): void => {
    model.linking.value = null
  }
  const doc = useRef(model.editorState.peek()?.doc)
  useSignalEffect(() => {
    if (model.editorState.value?.doc !== doc.current && !editing.peek()) close()
  })
  return (
    <Popover
      class="menu link-popover"
      role="dialog"
      label={t('action.link')}
      anchor={() => boxOfRange(model, range)}
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
        model.editor.value?.focus()
      }}
    >
      {editing.value ? (
        <LinkForm model={model} range={range} onDone={close} />
      ) : (
        <LinkCard model={model} range={range} onEdit={() => (editing.value = true)} onDone={close} />
      )}
    </Popover>
  )
}

function LinkForm({ model, range, onDone }: LinkPopoverProps & { onDone: () => void }): JSX.Element {
  const address = useSignal(range.href)
  const words = useSignal(range.text)
  const bad = useSignal(false)
  const first = useRef<HTMLInputElement>(null)
  // As soon as the popover around it is shown, which is before the next key: that key belongs into the field.
  useLayoutEffect(() => queueMicrotask(() => first.current?.focus()), [])
  const submit = (event: Event): void => {
    event.preventDefault()
    const href = linkFromInput(address.value)
    bad.value = href === null
    if (href === null) return
    change(model, range, setLink(address.value, words.value))
    onDone()
  }
  return (
    <form class="link-form" onSubmit={submit}>
      {(range.from === range.to || range.href !== '') && (
        <Field label={t('link.text')}>
          {({ id }) => (
            <input
              id={id}
              class="input"
              value={words.value}
              onInput={(event) => (words.value = event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('link.address')} problem={bad.value ? t('link.bad') : undefined}>
        {({ id, describedBy }) => (
          <input
            id={id}
            ref={first}
            class="input"
            value={address.value}
            inputMode="url"
            autoCapitalize="off"
            autoComplete="off"
            spellcheck={false}
            placeholder="https://"
            aria-invalid={bad.value}
            aria-describedby={describedBy}
            onInput={(event) => {
              address.value = event.currentTarget.value
              bad.value = false
            }}
          />
        )}
      </Field>
      <Button kind="primary" size="small" type="submit">
        {t('link.apply')}
      </Button>
    </form>
  )
}

interface LinkCardProps extends LinkPopoverProps {
  onEdit: () => void
  onDone: () => void
}

function LinkCard({ model, range, onEdit, onDone }: LinkCardProps): JSX.Element {
  const href = safeLink(range.href)
  return (
    <div class="link-card">
      {href === null ? (
        <span class="hint">{t('link.bad')}</span>
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
          {href}
        </a>
      )}
      {model.mayWrite.value && (
        <>
          <ToolButton class="small" icon="edit" label={t('link.edit')} onClick={onEdit} />
          <ToolButton
            class="small"
            icon="trash"
            label={t('link.remove')}
            onClick={() => {
              change(model, range, removeLink)
              onDone()
            }}
          />
        </>
      )}
    </div>
  )
}

/** Runs a command on the link's place. The text may have moved meanwhile: the editor's own selection moved along. */
function change(model: PadModel, range: LinkRange, command: Command): void {
  const view = model.editor.value?.view
  if (!view) return
  const { selection, doc } = view.state
  if (selection.empty && range.from < range.to && range.to <= doc.content.size && selection.from < range.from)
    view.dispatch(view.state.tr.setSelection(TextSelection.create(doc, range.from, range.to)))
  command(view.state, (tr) => view.dispatch(tr), view)
  view.focus()
}

function boxOfRange(model: PadModel, range: LinkRange): Box | null {
  const view = model.editor.value?.view
  if (!view) return null
  const end = view.state.doc.content.size
  const start = view.coordsAtPos(Math.min(range.from, end))
  const last = view.coordsAtPos(Math.min(range.to, end))
  const oneLine = last.top < start.bottom
  return {
    left: start.left,
    top: start.top,
    width: oneLine ? Math.max(1, last.left - start.left) : 1,
    height: last.bottom - start.top,
  }
}
