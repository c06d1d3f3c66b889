import type { JSX } from 'preact'
import { LANGUAGES, keepLanguage, language, setLanguage, t } from '../i18n.ts'
import { Field, Select, Switch } from '../ui/field.tsx'
import { Panel } from '../ui/panel.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { setTheme, theme } from '../ui/theme.ts'
import type { PadModel } from './model.ts'
import { setPreference } from './preferences.ts'

/** How this person likes to see pads. */
export function SettingsPanel({ model, onClose }: { model: PadModel; onClose: () => void }): JSX.Element {
  const { preferences } = model
  return (
    <Panel title={t('pad.settings')} closeLabel={t('common.close')} onClose={onClose}>
      <section class="panel-part">
        <Segmented
          label={t('settings.authors')}
          value={preferences.authors.value}
          options={[
            { value: 'tint', label: t('settings.authors.tint') },
            { value: 'underline', label: t('settings.authors.underline') },
            { value: 'bar', label: t('settings.authors.bar') },
            { value: 'off', label: t('settings.authors.off') },
          ]}
          onChange={(value) => setPreference(preferences, 'authors', value)}
        />
        <div class="switches">
          <Switch
            label={t('settings.lineNumbers')}
            checked={preferences.lineNumbers.value}
            onChange={(value) => setPreference(preferences, 'lineNumbers', value)}
          />
          <Switch
            label={t('settings.monospace')}
            checked={preferences.monospace.value}
            onChange={(value) => setPreference(preferences, 'monospace', value)}
          />
          <Switch
            label={t('settings.rtl')}
            checked={preferences.rtl.value}
            onChange={(value) => setPreference(preferences, 'rtl', value)}
          />
        </div>
      </section>
      <section class="panel-part">
        <Segmented
          label={t('settings.theme')}
          value={theme.value}
          options={[
            { value: 'system', label: t('settings.theme.system') },
            { value: 'light', label: t('settings.theme.light'), icon: 'sun' },
            { value: 'dark', label: t('settings.theme.dark'), icon: 'moon' },
          ]}
          onChange={setTheme}
        />
        <Field label={t('settings.language')}>
          {({ id }) => (
            <Select
              id={id}
              value={language()}
              options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
              onChange={(code) => {
                keepLanguage(code)
                void setLanguage(code)
              }}
            />
          )}
        </Field>
        <p class="hint">{t('settings.here')}</p>
      </section>
    </Panel>
  )
}
