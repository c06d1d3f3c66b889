import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Switch } from '../ui/field.tsx'
import { copyText } from './take-text.ts'
import { boardCode, embedCode, padUrls } from './embed-code.ts'
import type { PageModel } from './model.ts'

/** The links to this pad, and the code that puts it into another page. */
export function ShareDialog({
  model,
  board = false,
  onClose,
}: {
  model: Pick<PageModel, 'boot'>
  /** The page of the pad's board. */
  board?: boolean
  onClose: () => void
}): JSX.Element {
  const { boot } = model
  const { write, read } = padUrls(new URL(location.href), boot.readOnlyId, board)
  const readOnly = useSignal(boot.readOnly)
  const showControls = useSignal(true)
  const showLineNumbers = useSignal(true)
  const source = readOnly.value && read !== null ? read : write
  const code = board
    ? boardCode(source, boot.pad, showControls.value)
    : embedCode(source, boot.pad, {
        showControls: showControls.value,
        showLineNumbers: showLineNumbers.value,
      })
  const links = boot.readOnly
    ? [{ label: t('share.read'), hint: t('share.readHint'), url: write }]
    : [
        { label: t('share.write'), hint: t('share.writeHint'), url: write },
        ...(read === null ? [] : [{ label: t('share.read'), hint: t('share.readHint'), url: read }]),
      ]
  return (
    <Dialog
      title={t('share.title', { name: padTitle(boot.pad) })}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      {links.map(({ label, hint, url }, index) => (
        <Field key={url} label={label} hint={hint}>
          {({ id, describedBy }) => (
            <span class="link-row">
              <input
                id={id}
                class="input"
                readOnly
                value={url}
                aria-describedby={describedBy}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button kind={index === 0 ? 'primary' : 'plain'} icon="copy" onClick={() => void copyText(url)}>
                {t('common.copy')}
              </Button>
            </span>
          )}
        </Field>
      ))}
      <details class="more-part">
        <summary>{t('share.embed')}</summary>
        <div class="switches">
          {!boot.readOnly && read !== null && (
            <Switch
              label={t('share.embedReadonly')}
              checked={readOnly.value}
              onChange={(value) => (readOnly.value = value)}
            />
          )}
          <Switch
            label={t('share.embedControls')}
            checked={showControls.value}
            onChange={(value) => (showControls.value = value)}
          />
          {!board && (
            <Switch
              label={t('share.embedLines')}
              checked={showLineNumbers.value}
              onChange={(value) => (showLineNumbers.value = value)}
            />
          )}
        </div>
        <Field label={t('share.embedCode')}>
          {({ id }) => (
            <textarea
              id={id}
              class="input code-field"
              readOnly
              rows={4}
              value={code}
              spellcheck={false}
              onFocus={(event) => event.currentTarget.select()}
            />
          )}
        </Field>
        <Button icon="copy" onClick={() => void copyText(code)}>
          {t('common.copy')}
        </Button>
      </details>
    </Dialog>
  )
}
