import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Cards } from '../../../ui/cards.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, Select, Switch } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { say, sayTitle } from '../../words.ts'
import type { BoardKey } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import { KINDS, saveBoard } from '../files.ts'
import type { FileKind, FileWish, Trouble } from '../files.ts'
import { boardIcon } from '../icons.ts'
import { framesOf } from '../slides.ts'
import { isDark } from '../theme.ts'

const ABOUT: Readonly<Record<FileKind, readonly [label: BoardKey, hint: BoardKey, icon: string]>> = {
  png: ['board.file.png', 'board.file.pngHint', 'image'],
  svg: ['board.file.svg', 'board.file.svgHint', 'shape'],
  pdf: ['board.file.pdf', 'board.file.pdfHint', 'file'],
  json: ['board.file.json', 'board.file.jsonHint', 'database'],
}

export const TROUBLE: Readonly<Record<Trouble, BoardKey>> = {
  tooFast: 'board.file.tooFast',
  busy: 'board.file.busy',
  failed: 'board.file.failed',
  tooLarge: 'board.file.tooLarge',
  noFormat: 'board.file.noFormat',
  forbidden: 'board.file.forbidden',
}

/** The board, what is selected of it, or a frame as a file. */
export function ExportDialog({ ui, onClose }: DialogProps): JSX.Element {
  const { editor } = ui
  const kind = useSignal<FileKind>('png')
  const part = useSignal<string>(editor.selection.peek().size > 0 ? 'selection' : 'all')
  const scale = useSignal<FileWish['scale']>('2')
  const transparent = useSignal(false)
  const dark = useSignal(isDark.peek())
  const making = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const frames = framesOf(editor.scene)
  const picture = kind.value !== 'json'
  const save = async (): Promise<void> => {
    making.value = true
    trouble.value = null
    const outcome = await saveBoard(ui.addressOf(''), {
      kind: kind.value,
      scale: scale.value,
      transparent: transparent.value,
      dark: dark.value,
      frame: frames.some(({ id }) => id === part.value) ? part.value : null,
      within: part.value === 'selection' ? selected(editor) : null,
    })
    making.value = false
    if (outcome === 'done') onClose()
    else trouble.value = outcome
  }
  return (
    <Dialog
      title={sayTitle('board.export')}
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
          return { value, label: say(label), note: value, icon: boardIcon(icon) }
        })}
        onChange={(value) => (kind.value = value)}
      />
      <p class="hint">{say(ABOUT[kind.value][1])}</p>
      {picture && (
        <>
          <Field label={say('board.file.part')}>
            {({ id }) => (
              <Select
                id={id}
                value={part.value}
                options={[
                  { value: 'all', label: say('board.file.all') },
                  ...(editor.selection.value.size > 0
                    ? [{ value: 'selection', label: say('board.file.selection') }]
                    : []),
                  ...frames.map(({ id: frame, name }, index) => ({
                    value: frame,
                    label: name || say('board.file.frame', { n: index + 1 }),
                  })),
                ]}
                onChange={(value) => (part.value = value)}
              />
            )}
          </Field>
          {kind.value === 'png' && (
            <Segmented<FileWish['scale']>
              label={say('board.file.scale')}
              value={scale.value}
              options={(['1', '2', '3'] as const).map((value) => ({ value, label: `${value}×` }))}
              onChange={(value) => (scale.value = value)}
            />
          )}
          <div class="switches">
            {kind.value !== 'pdf' && (
              <Switch
                label={say('board.file.transparent')}
                checked={transparent.value}
                onChange={(value) => (transparent.value = value)}
              />
            )}
            <Switch
              label={say('board.file.dark')}
              checked={dark.value}
              onChange={(value) => (dark.value = value)}
            />
          </div>
        </>
      )}
      <div class="field" role="alert">
        {trouble.value !== null && <span class="problem">{say(TROUBLE[trouble.value])}</span>}
      </div>
    </Dialog>
  )
}

/** What the selection takes up. */
function selected({ scene, selection }: DialogProps['ui']['editor']): FileWish['within'] {
  let found: FileWish['within'] = null
  for (const id of selection.peek()) {
    const bounds = scene.bounds(id)
    if (!bounds) continue
    found = found
      ? {
          left: Math.min(found.left, bounds.left),
          top: Math.min(found.top, bounds.top),
          right: Math.max(found.right, bounds.right),
          bottom: Math.max(found.bottom, bounds.bottom),
        }
      : bounds
  }
  return found
}
