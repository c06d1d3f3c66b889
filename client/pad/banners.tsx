import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { language, t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icons.ts'
import type { PageModel } from './model.ts'
import { copyText, saveText } from './take-text.ts'
import { bannerFor } from './status-text.ts'
import type { Banner } from './status-text.ts'

/** Milliseconds a connection may be away before the page makes room for a banner; most come back sooner. */
const PATIENCE = 2500

const BANNERS: Readonly<Record<Exclude<Banner, 'none'>, { key: Key; icon: IconName; tone: string }>> = {
  offline: { key: 'offline.body', icon: 'offline', tone: 'warning' },
  offlineLoose: { key: 'offline.loose', icon: 'offline', tone: 'danger' },
  down: { key: 'store.down', icon: 'database', tone: 'danger' },
  readonly: { key: 'store.readonly', icon: 'database', tone: 'danger' },
}

/** What is wrong, what is safe, one button. */
export function Banners({ model }: { model: PageModel }): JSX.Element {
  const wanted = useComputed(() => bannerFor(model.status.value))
  const shown = useSignal<Banner>('none')
  useSignalEffect(() => {
    const next = wanted.value
    if (next === 'none' || shown.peek() !== 'none') {
      shown.value = next
      return
    }
    const timer = setTimeout(() => (shown.value = next), PATIENCE)
    return () => clearTimeout(timer)
  })
  if (shown.value === 'none') return <></>
  const { key, icon, tone } = BANNERS[shown.value]
  return (
    <div class={`banner page-banner ${tone}`} role="status">
      <Icon name={icon} />
      <p>{t(key)}</p>
      {icon === 'offline' && (
        <Button size="small" onClick={() => model.session.retry()}>
          {t('offline.retry')}
        </Button>
      )}
    </div>
  )
}

/** Text of an earlier visit that the server did not take: to copy, to save, or to throw away. */
export function RecoveredBanner({ model }: { model: PageModel }): JSX.Element {
  const recovered = model.recovered.value
  if (recovered === null) return <></>
  const time = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div class="banner page-banner warning" role="status">
      <Icon name="warning" />
      <p>{t('recovered.body', { time: time.format(recovered.at) })}</p>
      <Button size="small" icon="copy" onClick={() => void copyText(recovered.text)}>
        {t('common.copy')}
      </Button>
      <Button size="small" icon="file" onClick={() => saveText(`${model.boot.pad}.txt`, recovered.text)}>
        {t('refused.download')}
      </Button>
      <Button size="small" kind="quiet" onClick={() => model.session.discardRecovered()}>
        {t('recovered.discard')}
      </Button>
    </div>
  )
}
