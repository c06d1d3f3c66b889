import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { s } from '../pad/share-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Api } from './api.ts'

/** Asks once more before a pad is deleted. */
export function DeleteDialog({
  pad,
  api,
  onClose,
  onGone,
}: {
  pad: string
  api: Pick<Api, 'remove'>
  onClose: () => void
  onGone: () => void
}): JSX.Element {
  const busy = useSignal(false)
  const failed = useSignal(false)
  const run = async (): Promise<void> => {
    busy.value = true
    failed.value = false
    if (await api.remove(pad)) onGone()
    else failed.value = true
    busy.value = false
  }
  return (
    <Dialog
      title={s('mine.deleteSure', { name: padTitle(pad) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{s('mine.deleteNo')}</Button>
          <Button kind="danger" icon="trash" disabled={busy.value} onClick={() => void run()}>
            {s('mine.deleteYes')}
          </Button>
        </>
      }
    >
      <p>{s('mine.deleteBody')}</p>
      {failed.value && (
        <p class="problem" role="alert">
          {s('problem.later')}
        </p>
      )}
    </Dialog>
  )
}
