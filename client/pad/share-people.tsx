import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { GIVEN, isGroupName, RULE_LIMITS } from '../../shared/rule.ts'
import type { PadRule, RuleView } from '../../shared/rule.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Field, Input, Select } from '../ui/field.tsx'
import type { RuleState } from './share-state.ts'
import { s } from './share-words.ts'

const GIVE = 'own'
/** Ms after the last letter until people are looked for; entries of what was found. */
const PAUSE = 300
const SHOWN = 6

/** The people and groups a rule names, with what each may do; and the field that finds more of them. */
export function PeopleOfRule({
  state,
  view,
  signIn,
}: {
  state: RuleState
  view: RuleView
  signIn: boolean
}): JSX.Element {
  const { rule } = view
  const title = useId()
  const giving = useSignal<string | null>(null)
  const names = new Map(view.people.map(({ author, name }) => [author, name || s('nameless')]))
  const nameOf = (author: string): string => names.get(author) ?? s('nameless')
  const change = (part: Partial<PadRule>): void => state.set({ ...rule, ...part })
  const without = <T,>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([one]) => one !== key))
  const given = giving.value
  return (
    <section class="share-part" aria-labelledby={title}>
      <h3 id={title}>{s('people')}</h3>
      <ul class="share-people">
        <li class="share-row">
          <span>
            {view.owner || s('nameless')} <small>{s('you')}</small>
          </span>
          <small>{s('owner')}</small>
        </li>
        {Object.entries(rule.people).map(([author, level]) => (
          <NamedRow
            key={author}
            name={nameOf(author)}
            level={level}
            gives
            onLevel={(next) => {
              if (next === GIVE) giving.value = author
              else change({ people: { ...rule.people, [author]: levelFrom(next) } })
            }}
            onRemove={() => change({ people: without(rule.people, author) })}
          />
        ))}
        {Object.entries(rule.groups).map(([group, level]) => (
          <NamedRow
            key={`group ${group}`}
            name={group}
            kind={s('group')}
            level={level}
            onLevel={(next) => change({ groups: { ...rule.groups, [group]: levelFrom(next) } })}
            onRemove={() => change({ groups: without(rule.groups, group) })}
          />
        ))}
      </ul>
      {given !== null && (
        <div class="share-ask" role="alertdialog" aria-label={s('give')}>
          <p>{s('giveSure', { name: nameOf(given) })}</p>
          <div class="share-buttons">
            <Button onClick={() => (giving.value = null)}>{s('giveNo')}</Button>
            <Button
              kind="danger"
              onClick={() => {
                giving.value = null
                state.give(given)
              }}
            >
              {s('giveYes')}
            </Button>
          </div>
        </div>
      )}
      <AddField state={state} view={view} signIn={signIn} onChange={change} />
      <p class="hint">{s('peopleHint')}</p>
    </section>
  )
}

function levelFrom(value: string): (typeof GIVEN)[number] {
  return GIVEN.find((one) => one === value) ?? 'none'
}

function NamedRow({
  name,
  kind,
  level,
  gives = false,
  onLevel,
  onRemove,
}: {
  name: string
  kind?: string
  level: string
  /** The pad can be given to them. */
  gives?: boolean
  onLevel: (value: string) => void
  onRemove: () => void
}): JSX.Element {
  const id = useId()
  return (
    <li class="share-row">
      <label for={id} dir="auto" title={s('mayOf', { name })}>
        {name} {kind !== undefined && <small>{kind}</small>}
      </label>
      <span class="share-choice">
        <Select
          id={id}
          value={level}
          options={[
            ...GIVEN.map((value) => ({ value, label: s(`level.${value}`) })),
            ...(gives ? [{ value: GIVE, label: s('give') }] : []),
          ]}
          onChange={onLevel}
        />
        <ToolButton class="small" icon="close" label={s('remove', { name })} onClick={onRemove} />
      </span>
    </li>
  )
}

function AddField({
  state,
  view,
  signIn,
  onChange,
}: {
  state: RuleState
  view: RuleView
  signIn: boolean
  onChange: (part: Partial<PadRule>) => void
}): JSX.Element {
  const typed = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const { rule } = view
  const wanted = typed.value.trim()
  const answer = state.found.value
  const people =
    wanted !== '' && answer !== null && answer.search === wanted
      ? answer.people.filter(({ author }) => !Object.hasOwn(rule.people, author)).slice(0, SHOWN)
      : []
  const isGroup = signIn && isGroupName(wanted) && !Object.hasOwn(rule.groups, wanted)
  const groups = [
    ...view.myGroups.filter(
      (group) =>
        wanted !== '' &&
        group.toLowerCase().includes(wanted.toLowerCase()) &&
        !Object.hasOwn(rule.groups, group),
    ),
    ...(isGroup && !view.myGroups.includes(wanted) ? [wanted] : []),
  ].slice(0, SHOWN)
  const done = (part: Partial<PadRule>): void => {
    typed.value = ''
    onChange(part)
  }
  const full = {
    people: Object.keys(rule.people).length >= RULE_LIMITS.people,
    groups: Object.keys(rule.groups).length >= RULE_LIMITS.groups,
  }
  return (
    <div class="share-add">
      <Field label={s('add')} hint={s(signIn ? 'addHint' : 'addGuest')}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={typed.value}
            describedBy={describedBy}
            maxLength={64}
            onInput={(value) => {
              typed.value = value
              clearTimeout(timer.current)
              const search = value.trim()
              if (search !== '') timer.current = setTimeout(() => state.find(search), PAUSE)
            }}
          />
        )}
      </Field>
      <div class="share-found" aria-live="polite">
        {!full.people &&
          people.map(({ author, name }) => (
            <Button
              key={author}
              kind="quiet"
              icon="plus"
              onClick={() => done({ people: { ...rule.people, [author]: 'write' } })}
            >
              {s('addPerson', { name })}
            </Button>
          ))}
        {!full.groups &&
          groups.map((group) => (
            <Button
              key={`group ${group}`}
              kind="quiet"
              icon="plus"
              onClick={() => done({ groups: { ...rule.groups, [group]: 'write' } })}
            >
              {s('addGroup', { name: group })}
            </Button>
          ))}
        {wanted !== '' && answer?.search === wanted && people.length === 0 && (
          <p class="hint">{s('nobody')}</p>
        )}
      </div>
    </div>
  )
}
