/** Properties of forms, of the eraser and of the hand. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { FORMS } from '../../../shared/board/model/style.ts'
import type { Form } from '../../../shared/board/model/style.ts'
import { Switch } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../words.ts'
import { boardIcon } from './icons.ts'
import { FORM_NAMES } from './names.ts'
import { Pick } from './pick.tsx'
import { Group, useStyle } from './stroke-parts.tsx'
import type { BoardUi } from './ui.ts'

interface PartProps {
  ui: BoardUi
}

export function FormPart({ ui }: PartProps): JSX.Element {
  const form = useStyle(ui, 'form')
  return (
    <Group name={say('board.form')}>
      <Pick<Form>
        class="forms"
        label={say('board.form')}
        value={form}
        options={FORMS.map((value) => ({
          value,
          label: say(FORM_NAMES[value]),
          picture: <Icon name={boardIcon(value)} />,
        }))}
        onChange={(value) => ui.editor.setStyle({ form: value })}
      />
    </Group>
  )
}

export function OpacityPart({ ui }: PartProps): JSX.Element {
  const opacity = useStyle(ui, 'opacity')
  const draft = useSignal<number | null>(null)
  const shown = draft.value ?? Math.round((opacity ?? 1) * 100)
  return (
    <Group name={say('board.opacity')}>
      <Slider
        label={say('board.opacity')}
        value={shown}
        least={5}
        text={say('board.percent', { n: shown })}
        onInput={(value) => (draft.value = value)}
        onDone={(value) => {
          draft.value = null
          ui.editor.setStyle({ opacity: value / 100 })
        }}
      />
    </Group>
  )
}

interface SliderProps {
  label: string
  value: number
  least: number
  text: string
  onInput?: (value: number) => void
  /** The slider came to rest. */
  onDone: (value: number) => void
}

function Slider({ label, value, least, text, onInput, onDone }: SliderProps): JSX.Element {
  return (
    <input
      class="slider"
      type="range"
      min={least}
      max={100}
      step={5}
      value={value}
      aria-label={label}
      aria-valuetext={text}
      style={{ '--at': `${((value - least) / (100 - least)) * 100}%` }}
      onInput={(event) => onInput?.(event.currentTarget.valueAsNumber)}
      onChange={(event) => onDone(event.currentTarget.valueAsNumber)}
    />
  )
}

export function EraserPart({ ui }: PartProps): JSX.Element {
  const { settings } = ui.editor
  return (
    <Group name={say('board.eraser')}>
      <Pick<'whole' | 'part'>
        label={say('board.eraser')}
        value={settings.value.eraserPart ? 'part' : 'whole'}
        options={[
          { value: 'whole', label: say('board.eraser.whole') },
          { value: 'part', label: say('board.eraser.part') },
        ]}
        onChange={(value) => (settings.value = { ...settings.peek(), eraserPart: value === 'part' })}
      />
    </Group>
  )
}

export function HandPart({ ui }: PartProps): JSX.Element {
  const { settings } = ui.editor
  const steady = Math.round(settings.value.steady * 100)
  return (
    <Group name={say('board.steady')}>
      <Slider
        label={say('board.steady')}
        value={steady}
        least={0}
        text={say('board.percent', { n: steady })}
        onDone={(value) => (settings.value = { ...settings.peek(), steady: value / 100 })}
      />
      <Switch
        label={say('board.recognise')}
        hint={say('board.recogniseHint')}
        checked={settings.value.recognise}
        onChange={(recognise) => (settings.value = { ...settings.peek(), recognise })}
      />
    </Group>
  )
}
