import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { PrivacyBanner as Banner } from '../../shared/page-settings.ts'
import { t } from '../i18n.ts'
import { ToolButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { closedWords, keepClosed } from './closed-words.ts'

const KEY = 'inkpad.privacy'

/** The administrator's word on privacy above the text; closed for good where they allow it, until it says something else. */
export function PrivacyBanner({ banner }: { banner: Banner }): JSX.Element {
  const said = `${banner.title}\n${banner.body}\n${banner.learnMore ?? ''}`
  const closed = useSignal(banner.closable && closedWords(KEY) === said)
  const heading = useId()
  if (closed.value) return <></>
  return (
    <section class="banner page-banner" aria-labelledby={heading}>
      <Icon name="info" />
      <p>
        <strong id={heading}>{banner.title}</strong> {banner.body}{' '}
        {banner.learnMore !== null && (
          <a href={banner.learnMore} target="_blank" rel="noopener noreferrer">
            {t('privacy.more')}
          </a>
        )}
      </p>
      {banner.closable && (
        <ToolButton
          icon="close"
          label={t('privacy.close')}
          onClick={() => {
            keepClosed(KEY, said)
            closed.value = true
          }}
        />
      )}
    </section>
  )
}
