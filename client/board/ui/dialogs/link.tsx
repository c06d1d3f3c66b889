import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { changeShape } from '../../../../shared/board/model/write.ts'
import { linkFromInput } from '../../../../shared/text/links.ts'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { say } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'

/** The address that the selected shapes lead to. */
export function LinkDialog({ ui, onClose }: DialogProps): JSX.Element {
  const { editor } = ui
  const ids = [...editor.selection.peek()]
  const before = editor.scene.shapes.get(ids[0] ?? '')?.link ?? ''
  const address = useSignal(before)
  const wrong = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const put = (link: string | null): void => {
    editor.change((board) => ids.forEach((id) => changeShape(board, id, { link })))
    onClose()
  }
  const take = (): void => {
    const text = address.peek().trim()
    if (text === '') put(null)
    else {
      const link = linkFromInput(text)
      if (link === null) wrong.value = true
      else put(link)
    }
  }
  return (
    <Dialog
      title={say('board.link')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          {before !== '' && <Button onClick={() => put(null)}>{say('board.linkRemove')}</Button>}
          <Button kind="primary" onClick={take}>
            {say('board.linkTake')}
          </Button>
        </>
      }
    >
      <Field
        label={say('board.linkAddress')}
        problem={wrong.value ? say('board.linkWrong') : undefined}
        hint={say('board.linkHint')}
      >
        {({ id, describedBy }) => (
          <input
            ref={field}
            id={id}
            class="input"
            type="text"
            inputMode="url"
            value={address.value}
            aria-describedby={describedBy}
            aria-invalid={wrong.value ? 'true' : undefined}
            placeholder="https://"
            onInput={(event) => {
              address.value = event.currentTarget.value
              wrong.value = false
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) take()
            }}
          />
        )}
      </Field>
    </Dialog>
  )
}
