import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_NAME } from '../../../../shared/board/limits.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { say, sayTitle } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'

/** A frame's title, or the words screen readers say of another shape. */
export function NameDialog({ ui, onClose }: DialogProps): JSX.Element {
  const { editor } = ui
  const [id = ''] = editor.selection.peek()
  const shape = editor.scene.shapes.get(id)
  const name = useSignal(shape?.name ?? '')
  const field = useRef<HTMLInputElement>(null)
  const frame = shape?.kind === 'frame'
  useLayoutEffect(() => field.current?.select(), [])
  const take = (): void => {
    // One line, whatever was pasted.
    const words = name
      .peek()
      .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim()
    editor.change((board) => changeShape(board, id, { name: words.slice(0, MAX_NAME) }))
    onClose()
  }
  return (
    <Dialog
      title={sayTitle('board.rename')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={take}>
          {say('board.nameTake')}
        </Button>
      }
    >
      <Field
        label={say(frame ? 'board.frameName' : 'board.shapeName')}
        hint={frame ? undefined : say('board.shapeNameHint')}
      >
        {({ id: fieldId, describedBy }) => (
          <input
            ref={field}
            id={fieldId}
            class="input"
            type="text"
            dir="auto"
            maxLength={MAX_NAME}
            value={name.value}
            aria-describedby={describedBy}
            onInput={(event) => (name.value = event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) take()
            }}
          />
        )}
      </Field>
    </Dialog>
  )
}
