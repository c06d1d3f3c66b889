import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Cards } from '../ui/cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Switch } from '../ui/field.tsx'
import type { IconName } from '../ui/icons.ts'
import { KINDS, OPTIONS, saveExport } from './export-file.ts'
import type { DocumentOptions, Kind, OptionName, Outcome } from './export-file.ts'
import { ImportPart } from './import-part.tsx'
import type { PadModel } from './model.ts'

/** What each kind is called, what it holds, its sign. */
const ABOUT: Readonly<Record<Kind, readonly [label: Key, hint: Key, icon: IconName]>> = {
  docx: ['export.docx', 'export.docxHint', 'file'],
  pdf: ['export.pdf', 'export.pdfHint', 'print'],
  odt: ['export.odt', 'export.odtHint', 'file'],
  md: ['export.md', 'export.mdHint', 'code'],
  html: ['export.html', 'export.htmlHint', 'globe'],
  txt: ['export.txt', 'export.txtHint', 'paragraph'],
  epub: ['export.epub', 'export.epubHint', 'file'],
  json: ['export.json', 'export.jsonHint', 'database'],
  etherpad: ['export.etherpad', 'export.etherpadHint', 'file'],
}
const OPTION_LABELS: Readonly<Record<OptionName, Key>> = {
  toc: 'export.toc',
  cover: 'export.cover',
  authors: 'export.authors',
  lineNumbers: 'export.lineNumbers',
  letter: 'export.letter',
}
const TROUBLE: Readonly<Record<Exclude<Outcome, 'done'>, Key>> = {
  tooFast: 'export.tooFast',
  busy: 'export.busy',
  failed: 'export.failed',
}
const NO_OPTIONS: DocumentOptions = {
  letter: false,
  toc: false,
  cover: false,
  authors: false,
  lineNumbers: false,
}

const OTHER = { out: 'in', in: 'out' } as const

interface PartProps {
  model: PadModel
  onClose: () => void
}

/** The pad as a file, and a file as the pad. */
export function ExportDialog({ model, onClose }: PartProps): JSX.Element {
  const way = useSignal<'out' | 'in'>('out')
  const Part = way.value === 'out' ? ExportPart : ImportPart
  const other = model.mayWrite.value ? (
    <p>
      <Button icon={way.value === 'out' ? 'file' : 'export'} onClick={() => (way.value = OTHER[way.value])}>
        {t(way.value === 'out' ? 'import.in' : 'import.out')}
      </Button>
    </p>
  ) : null
  return (
    <Part model={model} onClose={onClose}>
      {other}
    </Part>
  )
}

/** Which kind, and what it holds. */
function ExportPart({ onClose, children }: PartProps & { children: JSX.Element | null }): JSX.Element {
  const kind = useSignal<Kind>('docx')
  const options = useSignal<DocumentOptions>(NO_OPTIONS)
  const making = useSignal(false)
  const trouble = useSignal<Exclude<Outcome, 'done'> | null>(null)
  const save = async (): Promise<void> => {
    making.value = true
    trouble.value = null
    const outcome = await saveExport(kind.value, options.value)
    making.value = false
    if (outcome === 'done') onClose()
    else trouble.value = outcome
  }
  const known = OPTIONS[kind.value] ?? []
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
      {known.length > 0 && (
        <details class="more-part">
          <summary>{t('export.options')}</summary>
          <div class="switches">
            {known.map((name) => (
              <Switch
                key={name}
                label={t(OPTION_LABELS[name])}
                checked={options.value[name]}
                onChange={(on) => (options.value = { ...options.value, [name]: on })}
              />
            ))}
          </div>
        </details>
      )}
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{t(TROUBLE[trouble.value])}</span>}
      </div>
      {children}
    </Dialog>
  )
}
