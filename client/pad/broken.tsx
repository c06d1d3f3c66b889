import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

/** The page came without its data. */
export function Broken(): JSX.Element {
  return (
    <main class="ending">
      <Icon name="warning" class="big" />
      <h1>{t('pad.offlineStart')}</h1>
      <p>{t('pad.offlineStartBody')}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('pad.reload')}
      </Button>
    </main>
  )
}
