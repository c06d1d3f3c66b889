import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { copyText } from './take-text.ts'

/** A line to copy. */
export function CopyField({
  label,
  hint,
  value,
  primary = false,
}: {
  label: string
  hint?: string
  value: string
  /** The one filled button of the view. */
  primary?: boolean
}): JSX.Element {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <span class="link-row">
          <input
            id={id}
            class="input"
            readOnly
            value={value}
            aria-describedby={describedBy}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button kind={primary ? 'primary' : 'plain'} icon="copy" onClick={() => void copyText(value)}>
            {t('common.copy')}
          </Button>
        </span>
      )}
    </Field>
  )
}
