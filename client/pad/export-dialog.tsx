import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Cards } from '../ui/cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { IconName } from '../ui/icons.ts'
import { KINDS, saveExport } from './export-file.ts'
import type { Kind, Outcome } from './export-file.ts'

/** What each kind is called, what it holds, its sign. */
const ABOUT: Readonly<Record<Kind, readonly [label: Key, hint: Key, icon: IconName]>> = {
  md: ['export.md', 'export.mdHint', 'code'],
  html: ['export.html', 'export.htmlHint', 'globe'],
  txt: ['export.txt', 'export.txtHint', 'paragraph'],
  json: ['export.json', 'export.jsonHint', 'database'],
  etherpad: ['export.etherpad', 'export.etherpadHint', 'file'],
}
const TROUBLE: Readonly<Record<Exclude<Outcome, 'done'>, Key>> = {
  tooFast: 'export.tooFast',
  busy: 'export.busy',
  failed: 'export.failed',
}

/** The pad as a file: which kind, and what it holds. */
export function ExportDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const kind = useSignal<Kind>('md')
  const making = useSignal(false)
  const trouble = useSignal<Exclude<Outcome, 'done'> | null>(null)
  const save = async (): Promise<void> => {
    making.value = true
    trouble.value = null
    const outcome = await saveExport(kind.value)
    making.value = false
    if (outcome === 'done') onClose()
    else trouble.value = outcome
  }
  return (
    <Dialog
      title={t('export.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('export.cancel')}
          </Button>
          <Button kind="primary" icon="export" disabled={making.value} onClick={() => void save()}>
            {t(making.value ? 'export.making' : 'export.save')}
          </Button>
        </>
      }
    >
      <Cards
        label={t('export.format')}
        value={kind.value}
        options={KINDS.map((value) => {
          const [label, , icon] = ABOUT[value]
          return { value, label: t(label), note: value, icon }
        })}
        onChange={(value) => (kind.value = value)}
      />
      <p class="hint">{t(ABOUT[kind.value][1])}</p>
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{t(TROUBLE[trouble.value])}</span>}
      </div>
    </Dialog>
  )
}
