import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import type { PadModel } from './model.ts'

/** The ways to delete the pad that this person has, in the panel of settings (P30, P31). */
export function DeletionPart({ model }: { model: PadModel }): JSX.Element {
  const owns = model.level.value === 'own'
  const deletes = owns || (model.boot.settings.deletableByAll && model.mayWrite.value)
  return (
    <section class="panel-part" aria-label={t('deletion.title')}>
      {deletes && (
        <Button kind="danger" icon="trash" size="wide" onClick={() => (model.dialog.value = 'deletePad')}>
          {t('deletion.delete')}
        </Button>
      )}
      {owns && (
        <Button size="wide" onClick={() => (model.dialog.value = 'deletionToken')}>
          {t('deletion.makeToken')}
        </Button>
      )}
      {!owns && (
        <Button kind="quiet" size="wide" onClick={() => (model.dialog.value = 'deleteWithToken')}>
          {t('deletion.withToken')}
        </Button>
      )}
    </section>
  )
}
