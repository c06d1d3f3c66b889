import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { GIVEN, RULE_LIMITS } from '../../shared/rule.ts'
import type { Given, PadRule, RuleView } from '../../shared/rule.ts'
import { Button } from '../ui/button.tsx'
import { Field, Select, Switch } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import { CopyField } from './copy-field.tsx'
import { PeopleOfRule } from './share-people.tsx'
import type { RuleState } from './share-state.ts'
import { s } from './share-words.ts'

/** What the owner decides: who may open the pad, and who of them may do more than read. */
export function RulePart({
  state,
  view,
  signIn,
  linkTo,
}: {
  state: RuleState
  view: RuleView
  /** People can sign in here. */
  signIn: boolean
  /** The address of the pad under another name. */
  linkTo: (name: string) => string
}): JSX.Element {
  const { rule } = view
  const title = useId()
  /** A password that is wanted and was not typed yet. */
  const wanted = useSignal<Given | null>(null)
  const password = rule.password === 'none' ? (wanted.value ?? 'none') : rule.password
  const change = (part: Partial<PadRule>): void => state.set({ ...rule, ...part })
  const rows: readonly [key: 'everybody' | 'signedIn' | 'link', shown: boolean][] = [
    ['everybody', true],
    ['signedIn', signIn || rule.signedIn !== 'none'],
    ['link', true],
  ]
  return (
    <section class="share-part" aria-labelledby={title}>
      <h3 id={title}>{s('who')}</h3>
      <div class="share-rows">
        {rows
          .filter(([, shown]) => shown)
          .map(([key]) => (
            <LevelRow
              key={key}
              label={s(key)}
              value={rule[key]}
              onChange={(level) => change({ [key]: level })}
            />
          ))}
        {view.link !== null && rule.link !== 'none' && (
          <div class="share-more">
            <CopyField label={s('secretLink')} hint={s('newLinkHint')} value={linkTo(view.link)} />
            <Button size="small" onClick={() => state.set(rule, { newLink: true })}>
              {s('newLink')}
            </Button>
          </div>
        )}
        <LevelRow
          label={s('password')}
          value={password}
          onChange={(level) => {
            if (view.password || level === 'none') change({ password: level })
            wanted.value = level === 'none' ? null : level
          }}
        />
        {password !== 'none' && (
          <PasswordField
            isSet={view.password}
            state={state}
            onSet={(text) => state.set({ ...rule, password }, { password: text })}
          />
        )}
        <Switch label={s('readLink')} checked={rule.readLink} onChange={(readLink) => change({ readLink })} />
        {rule.readLink && <NewReadLink state={state} />}
      </div>
      <PeopleOfRule state={state} view={view} signIn={signIn} />
    </section>
  )
}

/** The levels a rule can give, as choices. */
export function levelOptions(): { value: Given; label: string }[] {
  return GIVEN.map((value) => ({ value, label: s(`level.${value}`) }))
}

/** Replaces the read-only link, which stands above with the other addresses. */
function NewReadLink({ state }: { state: RuleState }): JSX.Element {
  const waits = useRef(false)
  const taken = state.taken.value
  if (state.problem.value !== null) waits.current = false
  useEffect(() => {
    if (!waits.current) return
    waits.current = false
    toast(s('newReadLinkDone'))
  }, [taken])
  return (
    <div class="share-more">
      <p class="hint">{s('newReadLinkHint')}</p>
      <Button
        size="small"
        onClick={() => {
          waits.current = true
          state.newReadLink()
        }}
      >
        {s('newReadLink')}
      </Button>
    </div>
  )
}

function LevelRow({
  label,
  value,
  onChange,
}: {
  label: string
  value: Given
  onChange: (level: Given) => void
}): JSX.Element {
  const id = useId()
  return (
    <div class="share-row">
      <label for={id}>{label}</label>
      <Select
        id={id}
        value={value}
        options={levelOptions()}
        onChange={(level) => onChange(GIVEN.find((one) => one === level) ?? 'none')}
      />
    </div>
  )
}

function PasswordField({
  isSet,
  state,
  onSet,
}: {
  isSet: boolean
  state: RuleState
  onSet: (text: string) => void
}): JSX.Element {
  const typed = useSignal('')
  const short = useSignal(false)
  const waits = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const taken = state.taken.value
  if (state.problem.value !== null) waits.current = false
  useEffect(() => {
    if (!waits.current) return
    waits.current = false
    typed.value = ''
    toast(s('passwordSaved'))
  }, [taken])
  const { least, most } = RULE_LIMITS.password
  return (
    <form
      class="share-more"
      onSubmit={(event) => {
        event.preventDefault()
        short.value = typed.value.length < least
        if (short.value) field.current?.focus()
        else {
          waits.current = true
          onSet(typed.value)
        }
      }}
    >
      <Field
        label={s('passwordField')}
        hint={s(isSet ? 'passwordSet' : 'passwordHint')}
        problem={short.value ? s('problem.password') : undefined}
      >
        {({ id, describedBy }) => (
          <span class="link-row">
            <input
              ref={field}
              id={id}
              class="input"
              type="text"
              autoComplete="off"
              autoCapitalize="off"
              spellcheck={false}
              maxLength={most}
              value={typed.value}
              aria-describedby={describedBy}
              aria-invalid={short.value ? 'true' : undefined}
              onInput={(event) => {
                typed.value = event.currentTarget.value
                short.value = false
              }}
            />
            <Button type="submit">{s('passwordSave')}</Button>
          </span>
        )}
      </Field>
    </form>
  )
}
