import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Chip } from './parts.tsx'
import type { AdminPluginSetting } from './plugin-types.ts'
import { say } from './words.ts'

type Draft = string | boolean | null | undefined

interface FieldControlProps {
  setting: AdminPluginSetting
  /** The plugin's own words. */
  words: Readonly<Record<string, string>>
  draft: Draft
  problem: string | undefined
  /** `undefined` forgets what was typed. */
  onDraft: (draft: Draft) => void
}

/** One setting: its name, who decided, its control, what it means. */
export function FieldControl({ setting, words, draft, problem, onDraft }: FieldControlProps): JSX.Element {
  const { field, fixed, source } = setting
  const id = useId()
  const label = words[field.label] ?? field.label
  const hints = [
    fixed === null ? '' : say('form.fixed'),
    field.help === undefined ? '' : (words[field.help] ?? field.help),
  ].filter((hint) => hint !== '')
  const mark =
    fixed === null ? (
      source === 'file' && draft === undefined ? (
        <Chip>{say('form.fromFile')}</Chip>
      ) : null
    ) : (
      <Chip>{say('form.from', { name: fixed })}</Chip>
    )
  const back = fixed === null && source === 'administrator' && draft === undefined && (
    <button type="button" class="take-back" onClick={() => onDraft(null)}>
      {say('form.takeBack')}
      <span class="unseen">{label}</span>
    </button>
  )
  const note = problem ?? (draft === null ? say('form.willTakeBack') : hints.join(' '))
  const noteId = note === '' ? undefined : `${id}-note`
  const below = note !== '' && (
    <span id={noteId} class={problem === undefined ? 'hint' : 'problem'}>
      {problem !== undefined && <Icon name="warning" class="small" />}
      {note}
    </span>
  )
  const control = (
    <Control {...{ setting, draft, onDraft, id, noteId, words, wrong: problem !== undefined }} />
  )
  if (field.type === 'switch')
    return (
      <div class="line">
        <div>
          <label class="label" for={id}>
            {label}
          </label>
          {mark}
          {back}
          {below}
        </div>
        {control}
      </div>
    )
  return (
    <div class="field">
      <div class="label-row">
        <label class="label" for={id}>
          {label}
        </label>
        {mark}
        {back}
      </div>
      {control}
      {below}
    </div>
  )
}

interface ControlProps {
  setting: AdminPluginSetting
  words: Readonly<Record<string, string>>
  draft: Draft
  onDraft: (draft: Draft) => void
  id: string
  noteId: string | undefined
  wrong: boolean
}

function Control({ setting, words, draft, onDraft, id, noteId, wrong }: ControlProps): JSX.Element {
  const { field, value, fixed } = setting
  const disabled = fixed !== null
  const common = { id, 'aria-describedby': noteId, 'aria-invalid': wrong ? ('true' as const) : undefined }
  const shown = draft === undefined || draft === null ? (draft === null ? field.default : value) : draft
  const take = (next: string | boolean): void => onDraft(String(next) === String(value) ? undefined : next)
  switch (field.type) {
    case 'switch':
      return (
        <input
          {...common}
          class="switch"
          type="checkbox"
          role="switch"
          checked={shown === true || shown === 'true'}
          disabled={disabled}
          onChange={(event) => take(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <span class="select">
          <select
            {...common}
            class="input"
            value={String(shown)}
            disabled={disabled}
            onChange={(event) => take(event.currentTarget.value)}
          >
            {field.of.map((one) => (
              <option key={one} value={one}>
                {words[`${field.label}.${one}`] ?? one}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      )
    case 'secret':
      return <Secret {...{ common, disabled, draft, onDraft }} kept={value === true} />
    case 'colour':
      return (
        <span class="colour-row">
          <input
            class="swatch"
            type="color"
            aria-label={say('form.pick')}
            value={/^#[0-9a-f]{6}$/i.test(String(shown)) ? String(shown) : '#000000'}
            disabled={disabled}
            onInput={(event) => take(event.currentTarget.value)}
          />
          <TextLine common={common} value={String(shown)} disabled={disabled} take={take} />
        </span>
      )
    case 'text':
    case 'url':
    case 'number':
      return (
        <TextLine
          common={common}
          value={String(shown)}
          disabled={disabled}
          take={take}
          mode={field.type === 'number' ? 'decimal' : field.type === 'url' ? 'url' : 'text'}
        />
      )
  }
}

type Common = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': 'true' | undefined }

function TextLine({
  common,
  value,
  disabled,
  take,
  mode = 'text',
}: {
  common: Common
  value: string
  disabled: boolean
  take: (value: string) => void
  mode?: 'text' | 'url' | 'decimal'
}): JSX.Element {
  return (
    <input
      {...common}
      class="input"
      inputMode={mode}
      value={value}
      readOnly={disabled}
      autoComplete="off"
      spellcheck={false}
      onInput={(event) => take(event.currentTarget.value)}
    />
  )
}

function Secret({
  common,
  kept,
  disabled,
  draft,
  onDraft,
}: {
  common: Common
  kept: boolean
  disabled: boolean
  draft: Draft
  onDraft: (draft: Draft) => void
}): JSX.Element {
  const replacing = useSignal(false)
  const typing = !disabled && (!kept || replacing.value)
  return (
    <span class="pair">
      <input
        {...common}
        class="input"
        type="password"
        autoComplete="new-password"
        value={typing ? (typeof draft === 'string' ? draft : '') : kept ? '••••••••••••' : ''}
        readOnly={!typing}
        onInput={(event) => onDraft(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      {kept && !disabled && (
        <Button
          onClick={() => {
            replacing.value = !replacing.value
            onDraft(undefined)
          }}
        >
          {replacing.value ? say('form.keep') : say('form.replace')}
        </Button>
      )}
    </span>
  )
}
