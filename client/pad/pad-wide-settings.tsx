import type { JSX } from 'preact'
import type { FieldValue } from '../../shared/plugin/fields.ts'
import type { PadSettings } from '../../shared/settings.ts'
import { LANGUAGES, t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { PluginSettings } from '../plugins/fields-form.tsx'
import type { PluginHost } from '../plugins/host.ts'
import { Field, Select, Switch } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import type { PadModel } from './model.ts'

/** What an owner decides for everybody: option, words, and whether the switch says the opposite of the option. */
const SWITCHES: readonly (readonly [name: Flag, label: Key, inverted?: true])[] = [
  ['noColors', 'settings.showAuthors', true],
  ['showLineNumbers', 'settings.lineNumbers'],
  ['useMonospaceFont', 'settings.monospace'],
  ['rtl', 'settings.rtl'],
  ['showChat', 'settings.showChat'],
  ['alwaysShowChat', 'settings.alwaysShowChat'],
  ['chatAndUsers', 'settings.chatAndUsers'],
  ['fadeInactiveAuthorColors', 'settings.fade'],
]
type Flag = Exclude<keyof PadSettings['options'], 'lang' | 'userName' | 'userColor'>

/** Whether this person may decide for the whole pad. */
export function mayDecidePad(model: PadModel): boolean {
  const { boot, level } = model
  return boot.settings.padWide && !boot.readOnly && (boot.owner || level.value === 'own')
}

/** What counts for everybody who opens the pad. The server's word comes back to all, and to this page too. */
export function PadWideSettings({ model, host }: { model: PadModel; host: PluginHost }): JSX.Element {
  const settings = model.padSettings.value
  const { options } = model
  const decide = (change: Partial<PadSettings>): void => {
    if (!model.decide({ ...settings, ...change })) toast(t('settings.notNow'), 'offline')
  }
  const decideOption = (change: PadSettings['options']): void =>
    decide({ options: { ...settings.options, ...change } })
  const decidePlugin = (plugin: string, key: string, value: FieldValue): void =>
    decide({
      plugins: { ...settings.plugins, [plugin]: { ...settings.plugins[plugin], [key]: value } },
    })
  return (
    <>
      <section class="panel-part" aria-labelledby="settings-everybody">
        <h3 id="settings-everybody">{t('settings.everybody')}</h3>
        <div class="switches">
          {SWITCHES.map(([name, label, inverted = false]) => (
            <Switch
              key={name}
              label={t(label)}
              checked={options[name] !== inverted}
              onChange={(on) => decideOption({ [name]: on !== inverted })}
            />
          ))}
        </div>
        <Field label={t('settings.language')}>
          {({ id }) => (
            <Select
              id={id}
              value={settings.options.lang ?? ''}
              options={[
                { value: '', label: t('settings.languageOwn') },
                ...LANGUAGES.map(({ code, name }) => ({ value: code, label: name, lang: code })),
              ]}
              onChange={(code) => {
                const { lang: _before, ...rest } = settings.options
                decide({ options: code === '' ? rest : { ...rest, lang: code } })
              }}
            />
          )}
        </Field>
        <Switch
          label={t('settings.enforce')}
          hint={t('settings.enforceHint')}
          checked={settings.enforce}
          onChange={(enforce) => decide({ enforce, options: { ...shown(model), ...settings.options } })}
        />
      </section>
      {model.boot.settings.padPlugins && (
        <PluginSettings host={host} model={model} scope="pad" onDecide={decidePlugin} />
      )}
    </>
  )
}

/** The switches as the owner sees them: what is enforced is all of them, not only what was touched. */
function shown({ options }: PadModel): PadSettings['options'] {
  return Object.fromEntries(SWITCHES.map(([name]) => [name, options[name]]))
}
