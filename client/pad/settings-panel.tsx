import type { JSX } from 'preact'
import { LANGUAGES, keepLanguage, language, setLanguage, t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { PluginSettings } from '../plugins/fields-form.tsx'
import type { PluginHost } from '../plugins/host.ts'
import { Field, Select, Switch } from '../ui/field.tsx'
import { Panel } from '../ui/panel.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { setTheme, theme, themeFixed } from '../ui/theme.ts'
import type { PadModel } from './model.ts'
import { ChatSettings } from './chat-settings.tsx'
import { DeletionPart } from './deletion-part.tsx'
import { PadWideSettings, mayDecidePad } from './pad-wide-settings.tsx'
import { PluginViews } from './plugin-places.tsx'

/** The core's ways of showing authors, the usual one first. */
const AUTHOR_STYLES: readonly { id: string; label: Key }[] = [
  { id: 'tint', label: 'settings.authors.tint' },
  { id: 'bar', label: 'settings.authors.bar' },
  { id: 'off', label: 'settings.authors.off' },
]

interface SettingsProps {
  model: PadModel
  host: PluginHost
}

/** How this person likes to see pads, and for a pad's owner what counts for everybody. */
export function SettingsPanel({
  model,
  host,
  onClose,
}: SettingsProps & { onClose: () => void }): JSX.Element {
  const owner = mayDecidePad(model)
  return (
    <Panel title={t('pad.settings')} closeLabel={t('common.close')} onClose={onClose}>
      <section class="panel-part" aria-labelledby={owner ? 'settings-mine' : undefined}>
        {owner && <h3 id="settings-mine">{t('settings.mine')}</h3>}
        <TextSettings model={model} />
      </section>
      <ChatSettings model={model} />
      <PluginSettings host={host} model={model} scope="user" />
      <PluginViews
        model={model}
        slot={model.parts.settings}
        inside={(view) => <section class="panel-part">{view}</section>}
      />
      <section class="panel-part">
        <PageSettings />
      </section>
      {owner && <PadWideSettings model={model} host={host} />}
      <DeletionPart model={model} />
    </Panel>
  )
}

/** How the text looks. What the owner enforces is shown and cannot be changed. */
function TextSettings({ model }: { model: PadModel }): JSX.Element {
  const { preferences } = model
  const views = model.parts.authorViews.parts.value.map(({ value }) => ({
    value: value.id,
    label: value.label(),
  }))
  const [tint, ...rest] = AUTHOR_STYLES.map(({ id, label }) => ({ value: id, label: t(label) }))
  const flag = (name: 'lineNumbers' | 'monospace' | 'rtl'): JSX.Element => (
    <Switch
      label={t(`settings.${name}`)}
      hint={preferences.enforced(name) ? t('settings.enforced') : undefined}
      checked={preferences[name].value}
      disabled={preferences.enforced(name)}
      onChange={(value) => preferences.set(name, value)}
    />
  )
  return (
    <>
      <Segmented
        label={t('settings.authors')}
        value={preferences.authors.value}
        options={[...(tint ? [tint] : []), ...views, ...rest]}
        disabled={preferences.enforced('authors')}
        onChange={(value) => preferences.set('authors', value)}
      />
      <div class="switches">
        {flag('lineNumbers')}
        {flag('monospace')}
        {flag('rtl')}
      </div>
    </>
  )
}

/** Theme and language: of this device, in all pads. */
function PageSettings(): JSX.Element {
  return (
    <>
      {!themeFixed() && (
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
      )}
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
    </>
  )
}
