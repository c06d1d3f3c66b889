import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { GIVEN } from '../../shared/rule.ts'
import type { PadRule, RuleView } from '../../shared/rule.ts'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select, Switch } from '../ui/field.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { say } from './words.ts'

/** Who may open a pad, and less or more of it; each change counts at once (A23). */
export function PadRuleDialog({
  api,
  pad,
  onClose,
}: {
  api: Api
  pad: string
  onClose: () => void
}): JSX.Element {
  const view = useSignal<RuleView | null>(null)
  const problem = useSignal<string | null>(null)
  const take = async (answer: Promise<RuleView>): Promise<void> => {
    try {
      view.value = await answer
      problem.value = null
    } catch (error) {
      problem.value = explain(error)
    }
  }
  useEffect(() => void take(api.get<RuleView>('api/pads/rule', { pad })), [])
  const shown = view.value
  const change = (part: Partial<PadRule>): void => {
    if (shown !== null)
      void take(api.post<RuleView>('api/pads/rule', { pad, rule: { ...shown.rule, ...part } }))
  }
  return (
    <Dialog
      title={say('padRule.title', { name: padTitle(pad) })}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      {shown !== null && (
        <>
          <p class="hint">
            {shown.owner === null
              ? say('padRule.nobody')
              : say('padRule.owner', { name: shown.owner || t('common.nameless') })}{' '}
            {say('padRule.named', {
              n: Object.keys(shown.rule.people).length + Object.keys(shown.rule.groups).length,
            })}
          </p>
          {(['everybody', 'signedIn'] as const).map((key) => (
            <Field key={key} label={say(`padRule.${key}`)}>
              {({ id }) => (
                <Select
                  id={id}
                  value={shown.rule[key]}
                  options={GIVEN.map((value) => ({ value, label: say(`padRule.level.${value}`) }))}
                  onChange={(value) => change({ [key]: GIVEN.find((one) => one === value) ?? 'none' })}
                />
              )}
            </Field>
          ))}
          <Switch
            label={say('padRule.readLink')}
            checked={shown.rule.readLink}
            onChange={(readLink) => change({ readLink })}
          />
          {(['link', 'password'] as const).map((key) => (
            <Switch
              key={key}
              label={say(`padRule.${key}`)}
              hint={shown.rule[key] === 'none' ? say('padRule.ownerMakes') : undefined}
              checked={shown.rule[key] !== 'none'}
              disabled={shown.rule[key] === 'none'}
              onChange={() => change({ [key]: 'none' })}
            />
          ))}
        </>
      )}
      {problem.value !== null && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </Dialog>
  )
}
