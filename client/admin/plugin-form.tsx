/** The settings of a plugin, as its declaration says. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Field as Declared, FieldValue } from '../../shared/plugin.ts'
import { readField } from '../../shared/plugin/fields.ts'
import { t, language } from '../i18n.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { Notice, Nothing, Trouble, WaitingRows } from './parts.tsx'
import { FieldControl } from './plugin-field.tsx'
import type { AdminPlugin, AdminPluginSetting, AdminPluginSettings } from './plugin-types.ts'
import { useRemote } from './remote.ts'
import { say } from './words.ts'

/** What was typed or chosen and is not saved; null takes the administrator's decision back. */
export type Drafts = Readonly<Record<string, string | boolean | null>>

/** Whose decision settings are, and what the group says of it. */
const GROUPS = [
  ['server', 'form.serverScope'],
  ['pad', 'form.padScope'],
  ['user', 'form.userScope'],
] as const

/** The form of one plugin. */
export function PluginForm({
  api,
  plugin,
  onClose,
  onSaved,
}: {
  api: Api
  plugin: AdminPlugin
  onClose: () => void
  onSaved: () => void
}): JSX.Element {
  const { name } = plugin.facts
  const known = useRemote(`${name} ${language()}`, () =>
    api.get<AdminPluginSettings>('api/plugins/settings', { name, lang: language() }),
  )
  const drafts = useSignal<Drafts>({})
  const problems = useSignal<Readonly<Record<string, string>>>({})
  const failure = useSignal<string | null>(null)
  const busy = useSignal(false)
  const settings = known.value?.settings ?? []
  const changed = Object.keys(drafts.value).length > 0

  const save = async (): Promise<void> => {
    const read = readDrafts(settings, drafts.value)
    problems.value = read.problems
    failure.value = null
    if (Object.keys(read.problems).length > 0) return
    busy.value = true
    try {
      await api.post('api/plugins/settings', { name, values: read.values })
      drafts.value = {}
      toast(say('form.saved'))
      known.again()
      onSaved()
    } catch (error) {
      failure.value = explain(error)
    } finally {
      busy.value = false
    }
  }

  return (
    <form
      class="card form"
      aria-label={say('form.of', { name })}
      onSubmit={(event) => {
        event.preventDefault()
        if (changed && !busy.value) void save()
      }}
    >
      <header>
        <h2>{name}</h2>
        <ToolButton class="small" icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      <div class="body">
        <Trouble problem={known.problem} again={known.again} />
        {known.value === null && known.problem === null && <WaitingRows count={3} />}
        {known.value && settings.length === 0 && <Nothing>{say('form.none')}</Nothing>}
        {GROUPS.map(([scope, title]) => {
          const group = settings.filter(({ field }) => field.scope === scope)
          if (group.length === 0) return null
          return (
            <div class="form-group" role="group" aria-label={say(title)} key={scope}>
              {scope !== 'server' && <p class="hint">{say(title)}</p>}
              {group.map((setting) => (
                <FieldControl
                  key={setting.key}
                  setting={setting}
                  words={known.value?.words ?? {}}
                  draft={drafts.value[setting.key]}
                  problem={problems.value[setting.key]}
                  onDraft={(draft) => {
                    const { [setting.key]: _old, ...rest } = drafts.value
                    drafts.value = draft === undefined ? rest : { ...rest, [setting.key]: draft }
                  }}
                />
              ))}
            </div>
          )
        })}
        {failure.value !== null && <Notice tone="danger">{failure.value}</Notice>}
      </div>
      {settings.length > 0 && (
        <footer>
          <p>{say('form.atOnce')}</p>
          <Button
            kind="quiet"
            disabled={!changed}
            onClick={() => {
              drafts.value = {}
              problems.value = {}
            }}
          >
            {say('form.discard')}
          </Button>
          <Button kind="primary" type="submit" disabled={!changed || busy.value}>
            {say('form.save')}
          </Button>
        </footer>
      )}
    </form>
  )
}

/** Checks what was typed; gives the values, or what is wrong by key. */
export function readDrafts(
  settings: readonly AdminPluginSetting[],
  drafts: Drafts,
): { values: Record<string, FieldValue | null>; problems: Record<string, string> } {
  const values: Record<string, FieldValue | null> = {}
  const problems: Record<string, string> = {}
  for (const { key, field } of settings) {
    const draft = drafts[key]
    if (draft === undefined) continue
    try {
      values[key] = draft === null ? null : readField(field, draft)
    } catch {
      problems[key] = wrong(field)
    }
  }
  return { values, problems }
}

/** What a field takes, in a sentence. */
function wrong(field: Declared): string {
  switch (field.type) {
    case 'number':
      if (field.min !== undefined && field.max !== undefined)
        return say('form.numberRange', { min: field.min, max: field.max })
      if (field.min !== undefined) return say('form.numberMin', { min: field.min })
      if (field.max !== undefined) return say('form.numberMax', { max: field.max })
      return say('form.number')
    case 'url':
      return say('form.url')
    case 'colour':
      return say('form.colour')
    default:
      return say('form.long')
  }
}
