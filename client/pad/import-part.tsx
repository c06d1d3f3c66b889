import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Cards } from '../ui/cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { toast } from '../ui/toasts.tsx'
import { lookInto, newPadOf } from './import-file.ts'
import type { FileSeen, Trouble } from './import-file.ts'
import { isBlank, withContent } from './import-text.ts'
import type { PadModel } from './model.ts'
import '../styles/import.css'

/** What the file field offers; the server looks for itself. */
const ACCEPTED =
  '.docx,.odt,.pdf,.doc,.rtf,.md,.markdown,.html,.htm,.txt,.epub,.etherpad,.json,text/plain,text/html,text/markdown'

type Place = 'replace' | 'append' | 'new'
type Step =
  | { at: 'choose' }
  | { at: 'reading'; file: File }
  | { at: 'seen'; file: File; found: FileSeen }
  | { at: 'working'; file: File; found: FileSeen }

const TROUBLES: Readonly<Record<Trouble, Key>> = {
  damaged: 'import.damaged',
  unknown: 'import.unknown',
  converter: 'import.converter',
  macros: 'import.macros',
  locked: 'import.locked',
  tooLarge: 'import.tooLarge',
  tooLong: 'import.tooLong',
  empty: 'import.empty',
  tooFast: 'export.tooFast',
  busy: 'import.busy',
  forbidden: 'import.forbidden',
  failed: 'import.failed',
}

interface ImportProps {
  model: PadModel
  onClose: () => void
  children?: ComponentChildren
}

/** A file as the pad: choose it, see what is in it, say where it goes. */
export function ImportPart({ model, onClose, children }: ImportProps): JSX.Element {
  const step = useSignal<Step>({ at: 'choose' })
  const trouble = useSignal<Trouble | null>(null)
  const place = useSignal<Place>('append')
  const asked = useRef(0)
  useEffect(() => {
    const { dropped } = model
    const file = dropped.peek()
    dropped.value = null
    if (file) void look(file)
  }, [])

  const look = async (file: File): Promise<void> => {
    asked.current += 1
    const question = asked.current
    trouble.value = null
    step.value = { at: 'reading', file }
    const found = await lookInto(model.boot.pad, file)
    if (question !== asked.current) return
    const state = model.editorState.peek()
    if (state) place.value = isBlank(state) ? 'replace' : 'append'
    step.value = typeof found === 'string' ? { at: 'choose' } : { at: 'seen', file, found }
    if (typeof found === 'string') trouble.value = found
  }

  const take = async (file: File, found: FileSeen): Promise<void> => {
    trouble.value = null
    if (place.value === 'new') {
      step.value = { at: 'working', file, found }
      const made = await newPadOf(file)
      if (typeof made === 'string') {
        trouble.value = made
        step.value = { at: 'seen', file, found }
      } else location.assign(`./${encodeURIComponent(made.pad)}`)
      return
    }
    const editor = model.editor.peek()
    if (!editor || !model.mayWrite.peek()) {
      trouble.value = 'forbidden'
      return
    }
    editor.view.dispatch(withContent(editor.state, found.content, place.value))
    onClose()
    toast(t('import.done'))
  }

  const now = step.value
  const found = now.at === 'seen' || now.at === 'working' ? now : null
  return (
    <Dialog
      title={t('import.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('export.cancel')}
          </Button>
          <Button
            kind="primary"
            icon="check"
            disabled={now.at !== 'seen'}
            onClick={() => {
              if (found) void take(found.file, found.found)
            }}
          >
            {t('import.take')}
          </Button>
        </>
      }
    >
      <DropField
        name={now.at === 'choose' ? null : now.file.name}
        reading={now.at === 'reading'}
        onFile={(file) => void look(file)}
      />
      {found && <Seen found={found.found} />}
      {found && (
        <div class="file-places">
          <Cards
            label={t('import.place')}
            value={place.value}
            options={[
              {
                value: 'append',
                label: t('import.append'),
                note: t('import.appendNote'),
                icon: 'arrow-down',
              },
              {
                value: 'replace',
                label: t('import.replace'),
                note: t('import.replaceNote'),
                icon: 'paragraph',
              },
              { value: 'new', label: t('import.new'), note: t('import.newNote'), icon: 'plus' },
            ]}
            onChange={(value: Place) => (place.value = value)}
          />
        </div>
      )}
      <div class="field file-trouble" role="alert">
        {trouble.value !== null && <span class="problem">{t(TROUBLES[trouble.value])}</span>}
      </div>
      {children}
    </Dialog>
  )
}

/** The browser's own file field, on which files can be dropped. */
function DropField({
  name,
  reading,
  onFile,
}: {
  name: string | null
  reading: boolean
  onFile: (file: File) => void
}): JSX.Element {
  const over = useSignal(false)
  const hint = useId()
  return (
    <label
      class="drop-field"
      data-over={over.value ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        over.value = true
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault()
        over.value = false
        const file = event.dataTransfer?.files[0]
        if (file) onFile(file)
      }}
    >
      <Icon name="file" />
      <span class="drop-name" aria-live="polite">
        {name === null ? t('import.drop') : reading ? t('import.reading', { name }) : name}
      </span>
      <small id={hint}>{t('import.kinds')}</small>
      <input
        type="file"
        accept={ACCEPTED}
        aria-label={t('import.drop')}
        aria-describedby={hint}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) onFile(file)
          // The same file can be chosen again after it was changed.
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}

/** What is in it: so that nobody takes what they did not mean. */
function Seen({ found }: { found: FileSeen }): JSX.Element {
  const { lines, words, headings, items, links, tables, pictures: shown, beginning } = found.seen
  const counts: [Key, number][] = [
    ['import.lines', lines],
    ['import.words', words],
    ['import.headings', headings],
    ['import.items', items],
    ['import.links', links],
    ['import.tables', tables],
    ['import.pictures', shown],
  ]
  const { pictures, comments } = found.left
  return (
    <section class="file-seen" aria-label={t('import.seen')}>
      <ul class="file-counts">
        {counts
          .filter(([, count]) => count > 0)
          .map(([key, count]) => (
            <li key={key}>{t(key, { count })}</li>
          ))}
      </ul>
      <blockquote class="file-beginning">
        {beginning.map((line, at) => (
          <p key={`${at}`} dir="auto">
            {line}
          </p>
        ))}
      </blockquote>
      {pictures > 0 && <p class="hint">{t('import.leftPictures', { count: pictures })}</p>}
      {comments > 0 && <p class="hint">{t('import.leftComments', { count: comments })}</p>}
    </section>
  )
}
