import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { linkFromInput, safeLink } from '../../shared/text/links.ts'
import { t } from '../i18n.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'
import type { Box } from '../ui/place.ts'
import { setLink } from './link.ts'
import type { PadModel } from './model.ts'
import type { LinkRange } from './selection.ts'

interface LinkPopoverProps {
  model: PadModel
  range: LinkRange
}

/** Makes a new link, or shows one with ways to open, change and remove it. */
export function LinkPopover({ model, range }: LinkPopoverProps): JSX.Element {
  const editing = useSignal(range.href === '')
  const close = (): void => {
    model.linking.value = null
  }
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
  const words = useSignal('')
  const bad = useSignal(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const submit = (event: Event): void => {
    event.preventDefault()
    const href = linkFromInput(address.value)
    bad.value = href === null
    if (href === null) return
    change(model, range, href, words.value || address.value.trim())
    onDone()
  }
  return (
    <form class="link-form" onSubmit={submit}>
      {range.from === range.to && (
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
              change(model, range, '', '')
              onDone()
            }}
          />
        </>
      )}
    </div>
  )
}

function change(model: PadModel, range: LinkRange, href: string, words: string): void {
  const view = model.editor.value?.view
  const tr = view && setLink(view.state, range, href, words)
  if (view && tr) view.dispatch(tr)
  model.editor.value?.focus()
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
