import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { Bounds } from '../../../../shared/board/geometry/bounds.ts'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Cards } from '../../../ui/cards.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { FILE_KINDS, saveBoard } from '../../files/save.ts'
import type { FileKind, FileWishes, SaveTrouble } from '../../files/save.ts'
import { boundsOf } from '../../files/selection.ts'
import { BRING_WORDS, takeFile } from '../../files/take.ts'
import { say, sayTitle } from '../../words.ts'
import type { BoardKey } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import { boardIcon } from '../icons.ts'
import { isDark } from '../theme.ts'
import type { BoardUi } from '../ui.ts'
import '../../../styles/import.css'

const ABOUT: Readonly<Record<FileKind, readonly [label: BoardKey, note: BoardKey, icon: string]>> = {
  png: ['board.files.png', 'board.files.pngNote', 'image'],
  svg: ['board.files.svg', 'board.files.svgNote', 'edit'],
  pdf: ['board.files.pdf', 'board.files.pdfNote', 'file'],
  json: ['board.files.json', 'board.files.jsonNote', 'database'],
}
const TROUBLE: Readonly<Record<SaveTrouble, BoardKey>> = {
  tooFast: 'board.files.tooFast',
  busy: 'board.files.busy',
  tooLarge: 'board.files.tooMuch',
  failed: 'board.files.notSaved',
}
const ACCEPTED =
  '.json,.excalidraw,.svg,.pdf,.png,.jpg,.jpeg,.webp,.gif,application/json,image/svg+xml,application/pdf'

type Part = 'all' | 'selection' | 'seen'

/** The board as a file, and files as parts of the board. */
export function FilesDialog({ ui, onClose }: DialogProps): JSX.Element {
  const way = useSignal<'out' | 'in'>('out')
  const mayBring = ui.editor.mayDraw.value
  return (
    <Dialog title={sayTitle('board.files')} closeLabel={t('common.close')} onClose={onClose}>
      {mayBring && (
        <Segmented
          label={say('board.files.way')}
          value={way.value}
          options={[
            { value: 'out', label: say('board.files.out') },
            { value: 'in', label: say('board.files.in') },
          ]}
          onChange={(value) => (way.value = value)}
        />
      )}
      {way.value === 'out' || !mayBring ? (
        <SavePart ui={ui} onClose={onClose} />
      ) : (
        <BringPart ui={ui} onClose={onClose} />
      )}
    </Dialog>
  )
}

function SavePart({ ui, onClose }: DialogProps): JSX.Element {
  const kind = useSignal<FileKind>('png')
  const part = useSignal<Part>(ui.editor.selection.peek().size > 0 ? 'selection' : 'all')
  const scale = useSignal<FileWishes['scale']>('2')
  const transparent = useSignal(false)
  const whole = useSignal(false)
  const making = useSignal(false)
  const trouble = useSignal<SaveTrouble | null>(null)
  const isPicture = kind.value !== 'json'
  const save = async (): Promise<void> => {
    making.value = true
    trouble.value = null
    const outcome = await saveBoard(ui.addressOf(''), {
      kind: kind.value,
      part: partOf(ui, part.value),
      scale: scale.value,
      transparent: transparent.value,
      dark: isDark.peek() && kind.value !== 'pdf',
      whole: whole.value || part.value !== 'all',
    })
    making.value = false
    if (outcome === null) onClose()
    else trouble.value = outcome
  }
  return (
    <>
      <Cards
        label={say('board.files.kind')}
        value={kind.value}
        options={FILE_KINDS.map((value) => {
          const [label, note, icon] = ABOUT[value]
          return { value, label: say(label), note: say(note), icon: boardIcon(icon) }
        })}
        onChange={(value) => (kind.value = value)}
      />
      {isPicture && (
        <Segmented<Part>
          label={say('board.files.part')}
          value={part.value}
          options={[
            { value: 'all', label: say('board.files.all') },
            ...(ui.editor.selection.value.size > 0
              ? [{ value: 'selection' as const, label: say('board.files.selection') }]
              : []),
            { value: 'seen', label: say('board.files.seen') },
          ]}
          onChange={(value) => (part.value = value)}
        />
      )}
      {kind.value === 'png' && (
        <Segmented
          label={say('board.files.scale')}
          value={scale.value}
          options={(['1', '2', '3'] as const).map((value) => ({ value, label: `${value}×` }))}
          onChange={(value) => (scale.value = value)}
        />
      )}
      {isPicture && (
        <Switch
          label={say('board.files.transparent')}
          checked={transparent.value}
          onChange={(on) => (transparent.value = on)}
        />
      )}
      {kind.value === 'pdf' && part.value === 'all' && (
        <Switch
          label={say('board.files.whole')}
          hint={say('board.files.wholeHint')}
          checked={whole.value}
          onChange={(on) => (whole.value = on)}
        />
      )}
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{say(TROUBLE[trouble.value])}</span>}
      </div>
      <p>
        <Button kind="primary" icon="export" disabled={making.value} onClick={() => void save()}>
          {say(making.value ? 'board.files.making' : 'board.files.save')}
        </Button>
      </p>
    </>
  )
}

/** What the server is asked for: a frame by its id, anything else by its place. */
function partOf({ editor }: BoardUi, part: Part): FileWishes['part'] {
  if (part === 'all') return null
  if (part === 'seen') return { within: editor.camera.seen.peek() }
  const selection = editor.selection.peek()
  const [id] = selection
  if (id !== undefined && selection.size === 1 && editor.scene.shapes.get(id)?.kind === 'frame')
    return { frame: id }
  const bounds: Bounds | null = boundsOf(editor.scene, selection)
  return bounds && { within: bounds }
}

function BringPart({ ui, onClose }: DialogProps): JSX.Element {
  const name = useSignal<string | null>(null)
  const trouble = useSignal<BoardKey | null>(null)
  const over = useSignal(false)
  const hint = useId()
  const take = async (file: File): Promise<void> => {
    name.value = file.name
    trouble.value = null
    const outcome = await takeFile(ui, file, null)
    name.value = null
    if (outcome === null) onClose()
    else trouble.value = BRING_WORDS[outcome]
  }
  return (
    <>
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
          if (file) void take(file)
        }}
      >
        <Icon name="file" />
        <span class="drop-name" aria-live="polite">
          {name.value === null ? say('board.files.drop') : say('board.files.reading', { name: name.value })}
        </span>
        <small id={hint}>{say('board.files.kinds')}</small>
        <input
          type="file"
          accept={ACCEPTED}
          disabled={name.value !== null}
          aria-label={say('board.files.drop')}
          aria-describedby={hint}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            if (file) void take(file)
            // The same file can be chosen again after it was changed.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p class="hint">{say('board.files.beside')}</p>
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{say(trouble.value)}</span>}
      </div>
    </>
  )
}
