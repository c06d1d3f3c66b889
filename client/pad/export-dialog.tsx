import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { language, t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Cards } from '../ui/cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select, Switch } from '../ui/field.tsx'
import type { IconName } from '../ui/icons.ts'
import '../styles/export.css'
import { KINDS, OPTIONS, saveExport, STAGES } from './export-file.ts'
import type { DocumentOptions, Kind, OptionName, Outcome, Progress } from './export-file.ts'
import { fileLanguages, ownLanguage } from './export-languages.ts'
import { ExportPreview } from './export-preview.tsx'
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
const STAGE_LABELS: Readonly<Record<Progress['stage'], Key>> = {
  waiting: 'export.stage.waiting',
  reading: 'export.stage.reading',
  drawing: 'export.stage.drawing',
  writing: 'export.stage.writing',
  pages: 'export.stage.pages',
  converting: 'export.stage.converting',
}
type Trouble = Exclude<Outcome, 'done' | 'stopped'>
const TROUBLE: Readonly<Record<Trouble, Key>> = {
  tooFast: 'export.tooFast',
  busy: 'export.busy',
  failed: 'export.failed',
}
const NO_OPTIONS: Omit<DocumentOptions, 'language'> = {
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
  const options = useSignal<DocumentOptions>({ ...NO_OPTIONS, language: ownLanguage(language()) })
  const making = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const progress = useSignal<Progress | null>(null)
  const stop = useRef<AbortController | null>(null)
  // A dialog that is closed waits for nothing.
  useEffect(() => () => stop.current?.abort(), [])
  const save = async (): Promise<void> => {
    making.value = true
    trouble.value = null
    stop.current = new AbortController()
    const outcome = await saveExport(kind.value, options.value, {
      progress: (one) => (progress.value = one),
      signal: stop.current.signal,
    })
    making.value = false
    progress.value = null
    if (outcome === 'done') onClose()
    else trouble.value = outcome === 'stopped' ? null : outcome
  }
  const known = OPTIONS[kind.value] ?? []
  return (
    <Dialog
      title={t('export.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={() => (making.value ? stop.current?.abort() : onClose())}>
            {t(making.value ? 'export.stop' : 'export.cancel')}
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
          <ExportPreview kind={kind.value} options={options.value} />
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
          <Field label={t('export.language')}>
            {({ id }) => (
              <Select
                id={id}
                value={options.value.language}
                options={fileLanguages(language())}
                onChange={(code) => (options.value = { ...options.value, language: code })}
              />
            )}
          </Field>
        </details>
      )}
      <div class="file-progress" role="status">
        {progress.value !== null && <ProgressPart progress={progress.value} />}
      </div>
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{t(TROUBLE[trouble.value])}</span>}
      </div>
      {children}
    </Dialog>
  )
}

/** What is being done, with how far that is among all that is to be done. */
function ProgressPart({ progress: { stage, place, seconds } }: { progress: Progress }): JSX.Element {
  const words = t(STAGE_LABELS[stage], { n: place })
  return (
    <>
      <progress
        aria-label={t('export.progress')}
        max={STAGES.length}
        {...(stage === 'waiting' ? {} : { value: STAGES.indexOf(stage) })}
      />
      <span>{words}</span>
      <span class="hint" aria-hidden="true">
        {t('export.seconds', { n: seconds })}
      </span>
    </>
  )
}
