import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { HUES } from '../../shared/colour.ts'
import { LIMITS } from '../../shared/protocol.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { ToolButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/panel.tsx'
import { Avatar, personColour } from '../ui/people.tsx'
import { moveRoving } from '../ui/roving.ts'
import type { PageModel } from './model.ts'
import type { PadPerson } from './others.ts'
import { SignInPart } from './sign-in.tsx'

/** People drawn in one list. */
const MOST = 200
/** Milliseconds without typing after which a new name is told. */
const PAUSE = 600

/** Who is here and who was; one's own name and colour. */
export function PeoplePanel({ model, onClose }: { model: PageModel; onClose: () => void }): JSX.Element {
  return (
    <Panel title={t('pad.showusers')} closeLabel={t('common.close')} onClose={onClose}>
      <PeopleParts model={model} />
    </Panel>
  )
}

/** What stands in the panel of people; beside the chat those who are here come first. */
export function PeopleParts({
  model,
  besideChat = false,
}: {
  model: PageModel
  besideChat?: boolean
}): JSX.Element {
  const others = model.others.value
  const here = others.filter((person) => person.here)
  const away = others.filter((person) => !person.here)
  const earlier = away.filter((person) => person.name !== '')
  const guests = away.length - earlier.length
  const own = (
    <section class="panel-part">
      <NameField model={model} />
      <ColourChoice model={model} />
    </section>
  )
  return (
    <>
      {!besideChat && own}
      <section class="panel-part">
        <h3>{t('people.here')}</h3>
        {here.length === 0 ? (
          <p class="hint">{t('people.alone')}</p>
        ) : (
          <PeopleList people={here} model={model} />
        )}
      </section>
      {away.length > 0 && (
        <section class="panel-part">
          <h3>{t('people.earlier')}</h3>
          {earlier.length > 0 && <PeopleList people={earlier} model={model} />}
          {guests > 0 && <p class="hint">{t('people.guests', { n: guests })}</p>}
        </section>
      )}
      {besideChat && own}
      <SignInPart login={model.boot.login} />
    </>
  )
}

function NameField({ model }: { model: PageModel }): JSX.Element {
  const draft = useSignal<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = (): void => {
    clearTimeout(timer.current)
    const name = draft.peek()?.trim()
    if (name !== undefined && name !== model.me.peek().name)
      model.session.setPerson(name, model.me.peek().colour)
  }
  useEffect(() => tell, [])
  const name = draft.value ?? model.me.value.name
  return (
    <Field label={t('people.name')} hint={t('people.nameHint')}>
      {({ id, describedBy }) => (
        <span class="name-row">
          <Avatar
            face={{ id: 'me', name, colour: model.me.value.colour }}
            nameless={t('common.nameless')}
            size="large"
          />
          <input
            id={id}
            class="input"
            value={name}
            maxLength={LIMITS.name}
            autoComplete="name"
            aria-describedby={describedBy}
            placeholder={t('common.nameless')}
            onInput={(event) => {
              draft.value = event.currentTarget.value
              clearTimeout(timer.current)
              timer.current = setTimeout(tell, PAUSE)
            }}
            onBlur={() => {
              tell()
              draft.value = null
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') tell()
            }}
          />
        </span>
      )}
    </Field>
  )
}

function ColourChoice({ model }: { model: PageModel }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const { colour, name } = model.me.value
  return (
    <div class="field">
      <span class="label" id="own-colour">
        {t('people.colour')}
      </span>
      <div
        ref={box}
        class="colours"
        role="radiogroup"
        aria-labelledby="own-colour"
        onKeyDown={(event) => {
          if (!box.current || !moveRoving(event, box.current, '[role=radio]', 'row')) return
          if (document.activeElement instanceof HTMLElement) document.activeElement.click()
        }}
      >
        {HUES.map((_hex, index) => {
          const hue = String(index + 1)
          return (
            <button
              key={hue}
              type="button"
              class="colour"
              role="radio"
              aria-checked={hue === colour}
              aria-label={t(`people.colour.${hue}` as Key)}
              data-tip=""
              tabIndex={hue === colour || (index === 0 && colour.startsWith('#')) ? 0 : -1}
              {...personColour(hue)}
              onClick={() => model.session.setPerson(name, hue)}
            />
          )
        })}
      </div>
    </div>
  )
}

function PeopleList({ people, model }: { people: readonly PadPerson[]; model: PageModel }): JSX.Element {
  const { chat } = model
  const nameless = t('common.nameless')
  const rest = people.length - MOST
  return (
    <ul class="people-list">
      {people.slice(0, MOST).map(({ author, name, colour, here }) => (
        <li key={author}>
          <Avatar face={{ id: author, name, colour }} nameless={nameless} away={!here} />
          <span title={name || nameless} dir="auto">
            {name || nameless}
          </span>
          {name !== '' && chat.shown.value && chat.maySpeak.value && (
            <ToolButton
              icon="chat"
              label={t('chat.speakTo', { name })}
              class="small"
              onClick={() => chat.speakTo(name)}
            />
          )}
        </li>
      ))}
      {rest > 0 && <li class="hint">{t('people.rest', { n: rest })}</li>}
    </ul>
  )
}
