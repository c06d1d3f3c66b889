import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { readingText } from '../../shared/text/plain.ts'
import { readContent } from '../../shared/text/table/value.ts'
import { forgetPad } from '../home/recent.ts'
import { away } from '../frame.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { Status } from '../net/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { copyText, saveText } from './take-text.ts'
import type { PageModel } from './model.ts'

type Reason = NonNullable<Status['reason']>

const ENDINGS: Readonly<Record<Reason, { title: Key; body: Key; reload: boolean }>> = {
  deleted: { title: 'refused.deleted.title', body: 'refused.deleted.body', reload: false },
  generation: { title: 'refused.generation.title', body: 'refused.generation.body', reload: true },
  forbidden: { title: 'refused.forbidden.title', body: 'refused.forbidden.body', reload: true },
  unauthenticated: {
    title: 'refused.unauthenticated.title',
    body: 'refused.unauthenticated.body',
    reload: true,
  },
  tooLarge: { title: 'refused.tooLarge.title', body: 'refused.tooLarge.body', reload: true },
  stuck: { title: 'refused.stuck.title', body: 'refused.stuck.body', reload: true },
  badData: { title: 'refused.badData.title', body: 'refused.badData.body', reload: true },
}

/** The end of a session: why, and the text to take along. */
export function Refused({ model, home = '../' }: { model: PageModel; home?: string }): JSX.Element {
  const { reason = 'badData', unsaved } = model.status.value
  const { title, body, reload } = ENDINGS[reason]
  const text = textOf(model)
  useEffect(() => {
    if (reason === 'deleted') forgetPad(model.boot.pad)
  }, [reason])
  const lost = reason === 'forbidden' && unsaved > 0
  return (
    <main class="ending">
      <Icon name="warning" class="big" />
      <h1>{t(title)}</h1>
      <p>{t(lost ? 'refused.forbidden.unsaved' : body)}</p>
      {text.trim() !== '' && (
        <>
          <Field label={t('refused.text')}>
            {({ id }) => <textarea id={id} class="input" rows={8} readOnly value={text} dir="auto" />}
          </Field>
          <div class="ending-choices">
            <Button icon="copy" onClick={() => void copyText(text)}>
              {t('refused.copy')}
            </Button>
            <Button icon="file" onClick={() => saveText(`${model.boot.pad}.txt`, text)}>
              {t('refused.download')}
            </Button>
          </div>
        </>
      )}
      {reload ? (
        <Button kind="primary" onClick={() => location.reload()}>
          {t('pad.reload')}
        </Button>
      ) : (
        <a class="button primary" href={home} {...away()}>
          {t('pad.home')}
        </a>
      )}
    </main>
  )
}

/** What this person would lose, else the text as it was seen last. */
function textOf(model: PageModel): string {
  if (model.recovered.value) return model.recovered.value.text
  return readingText(readContent(model.session.doc.getText('text')))
}
