/** Settings of plugins as controls, made from their declarations. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { mayDecide, readField } from '../../shared/plugin/fields.ts'
import type { Field as Setting, FieldValue } from '../../shared/plugin/fields.ts'
import { t } from '../i18n.ts'
import type { PadModel } from '../pad/model.ts'
import { Field, Input, Select, Switch } from '../ui/field.tsx'
import type { PluginHost, RunningPlugin } from './host.ts'
import { titleOf } from './host.ts'
import { isEnforced } from './values.ts'

interface PluginSettingsProps {
  host: PluginHost
  model: PadModel
  /** Whose decision: a person's own, or that of the pad's owner. */
  scope: 'user' | 'pad'
  /** Takes the owner's decision. */
  onDecide?: (plugin: string, key: string, value: FieldValue) => void
}

/** A part of the panel for each plugin that has settings of a scope. */
export function PluginSettings({ host, model, scope, onDecide }: PluginSettingsProps): JSX.Element {
  return (
    <>
      {host.running.value.map((plugin) => {
        const fields = Object.entries(plugin.loaded.declaration.settings ?? {}).filter(([, field]) =>
          mayDecide(scope, field),
        )
        if (fields.length === 0) return null
        const pad = model.padSettings.value
        return (
          <section class="panel-part" key={plugin.name} aria-label={titleOf(plugin)}>
            <h3>{titleOf(plugin)}</h3>
            {fields.map(([key, field]) => (
              <SettingControl
                key={key}
                plugin={plugin}
                name={key}
                field={field}
                value={
                  (scope === 'pad' ? pad.plugins[plugin.name]?.[key] : undefined) ?? plugin.values.value[key]
                }
                fixed={scope === 'user' && isEnforced(plugin.name, key, pad)}
                onChange={(value) =>
                  scope === 'pad'
                    ? onDecide?.(plugin.name, key, value)
                    : host.choices.set(plugin.name, key, value)
                }
              />
            ))}
          </section>
        )
      })}
    </>
  )
}

interface SettingControlProps {
  plugin: RunningPlugin
  name: string
  field: Setting
  value: FieldValue | undefined
  /** The owner decided. */
  fixed: boolean
  onChange: (value: FieldValue) => void
}

/** One setting. A text counts when its field is left or Enter is pressed, and only if it is right. */
function SettingControl({ plugin, field, value, fixed, onChange }: SettingControlProps): JSX.Element {
  const draft = useSignal<string | null>(null)
  const problem = useSignal<string | null>(null)
  const { words } = plugin
  const help = field.help === undefined ? undefined : words.t(field.help)
  const hint = fixed ? t('settings.enforced') : help
  if (field.type === 'switch')
    return (
      <Switch
        label={words.t(field.label)}
        hint={hint}
        checked={value === true}
        disabled={fixed}
        onChange={onChange}
      />
    )
  const take = (given: string): void => {
    if (draft.peek() === null) return
    try {
      const read = readField(field, given)
      problem.value = null
      draft.value = null
      if (read !== value) onChange(read)
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
  }
  return (
    <Field label={words.t(field.label)} hint={hint} problem={problem.value ?? undefined}>
      {({ id, describedBy }) =>
        field.type === 'choice' ? (
          <Select
            id={id}
            value={String(value)}
            disabled={fixed}
            options={field.of.map((one) => ({ value: one, label: optionLabel(plugin, field.label, one) }))}
            onChange={onChange}
          />
        ) : (
          <Input
            id={id}
            describedBy={describedBy}
            type={field.type === 'colour' ? 'color' : field.type === 'number' ? 'number' : 'text'}
            value={draft.value ?? String(value ?? '')}
            disabled={fixed}
            invalid={problem.value !== null}
            {...(field.type === 'number' ? { min: field.min, max: field.max } : {})}
            onInput={(given) => {
              draft.value = given
            }}
            onDone={take}
          />
        )
      }
    </Field>
  )
}

/** What an option is called: `LABEL.OPTION` of the translations, else the option itself. */
function optionLabel({ words }: RunningPlugin, label: string, option: string): string {
  const key = `${label}.${option}`
  return words.has(key) ? words.t(key) : option
}
