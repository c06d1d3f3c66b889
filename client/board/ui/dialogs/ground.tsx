import type { JSX } from 'preact'
import type { Grid } from '../../../../shared/board/model/board.ts'
import { t } from '../../../i18n.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, Switch } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { say, sayTitle } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import { PAPERS, Swatches } from '../swatches.tsx'
import '../../../styles/board-dialogs.css'

const STEPS = [10, 20, 40, 80] as const

/** How the board itself looks, for everybody; and snapping, for this person. */
export function GroundDialog({ ui, onClose }: DialogProps): JSX.Element {
  const { editor } = ui
  const settings = editor.scene.settings.value
  const set = (name: 'grid' | 'step' | 'ground', value: unknown): void =>
    editor.change((board) => board.settings.set(name, value))
  const tools = editor.settings.value
  return (
    <Dialog title={sayTitle('board.ground')} closeLabel={t('common.close')} onClose={onClose}>
      <Segmented<Grid>
        label={say('board.grid')}
        value={settings.grid}
        options={[
          { value: 'none', label: say('board.grid.none') },
          { value: 'dots', label: say('board.grid.dots') },
          { value: 'lines', label: say('board.grid.lines') },
          { value: 'squares', label: say('board.grid.squares') },
        ]}
        onChange={(grid) => set('grid', grid)}
      />
      <Segmented
        label={say('board.gridStep')}
        value={String(STEPS.find((step) => step === settings.step) ?? '')}
        options={STEPS.map((step) => ({ value: String(step), label: String(step) }))}
        onChange={(step) => set('step', Number(step))}
      />
      <Field label={say('board.groundColour')}>
        {() => (
          <div class="ground-colours">
            <button
              type="button"
              class="button small"
              aria-pressed={settings.ground === null}
              onClick={() => set('ground', null)}
            >
              {say('board.groundUsual')}
            </button>
            <Swatches
              label={say('board.groundColour')}
              colours={PAPERS}
              value={settings.ground ?? undefined}
              onChange={(colour) => set('ground', colour)}
            />
          </div>
        )}
      </Field>
      <div class="switches">
        <Switch
          label={say('board.snapShapes')}
          checked={tools.snapShapes}
          onChange={(snapShapes) => (editor.settings.value = { ...editor.settings.peek(), snapShapes })}
        />
        <Switch
          label={say('board.snapGrid')}
          checked={tools.snapGrid}
          onChange={(snapGrid) => (editor.settings.value = { ...editor.settings.peek(), snapGrid })}
        />
      </div>
    </Dialog>
  )
}
