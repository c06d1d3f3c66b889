import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { LANGUAGES, keepLanguage, language, setLanguage, t } from '../../i18n.ts'
import { padTitle } from '../../pad-title.ts'
import { ChatButton } from '../../pad/chat-button.tsx'
import { statusText } from '../../pad/status-text.ts'
import { Button, ToolButton } from '../../ui/button.tsx'
import { Icon, Mark } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Avatars } from '../../ui/people.tsx'
import { boxOf } from '../../ui/popover.tsx'
import { setTheme, theme, themeFixed } from '../../ui/theme.ts'
import { say } from '../words.ts'
import type { BoardPageModel } from './model.ts'

/** From the board's address to the start page. */
export const HOME = '../../'

interface HeaderProps {
  model: BoardPageModel
  /** What the board itself has for the menu of more. */
  items: () => readonly (readonly MenuItem[])[]
}

/** The pad's header, with the board as the open view. */
export function BoardHeader({ model, items }: HeaderProps): JSX.Element {
  const name = padTitle(model.boot.pad)
  const text = `../${encodeURIComponent(model.boot.pad)}`
  return (
    <header class="header">
      <a class="home only-wide" href={HOME} aria-label={t('pad.home')} data-tip="">
        <Mark />
      </a>
      <a class="tool only-narrow" href={text} aria-label={say('board.toText')}>
        <Icon name="back" />
      </a>
      <div class="title">
        <span class="title-line">
          <h1 title={name} dir="auto">
            {name}
          </h1>
        </span>
        <BoardStatus model={model} />
      </div>
      <nav class="segments only-wide" aria-label={say('board.view')}>
        <a href={text}>{say('board.text')}</a>
        <a href="" aria-current="page">
          {say('board.board')}
        </a>
      </nav>
      <div class="end">
        <PeopleButton model={model} />
        {model.chat.shown.value && (
          <ChatButton
            chat={model.chat}
            class="only-wide"
            action={{ run: (from) => (from ? model.chat.toggle() : model.chat.enter()) }}
          />
        )}
        <Button
          kind="primary"
          icon="share"
          class="share only-wide"
          onClick={() => (model.sharing.value = true)}
        >
          {t('pad.share')}
        </Button>
        <MoreMenu model={model} items={items} />
      </div>
    </header>
  )
}

/** How safe the board is, in words. */
export function BoardStatus({ model }: { model: BoardPageModel }): JSX.Element {
  const text = useComputed(() => statusText(model.status.value, model.mayWrite.value))
  const { key, count, icon, tone } = text.value
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} />
      {t(key, { n: count })}
    </span>
  )
}

function PeopleButton({ model }: { model: BoardPageModel }): JSX.Element {
  const here = useComputed(() => [model.me.value, ...model.others.value.filter((person) => person.here)])
  const faces = here.value.map(({ author, name, colour }) => ({ id: author, name, colour }))
  const nameless = t('common.nameless')
  return (
    <button
      type="button"
      class="people-button"
      aria-label={t('pad.people', { n: faces.length })}
      aria-pressed={model.panel.value === 'showusers'}
      data-tip=""
      onClick={() => (model.panel.value = model.panel.value === 'showusers' ? null : 'showusers')}
    >
      <Avatars faces={faces} most={5} nameless={nameless} class="wide-only" />
      <Avatars faces={faces} most={3} nameless={nameless} class="middle-only" />
      <Avatars faces={faces} most={2} nameless={nameless} class="narrow-only" />
    </button>
  )
}

function MoreMenu({ model, items }: HeaderProps): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place}>
      <ToolButton
        label={t('common.more')}
        icon="more"
        expanded={open.value}
        action="menu"
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('common.more')}
          groups={[pageItems(model), ...items(), themeItems(), languageItems()]}
          anchor={() => boxOf(place.current)}
          align="end"
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}

function pageItems({ sharing, panel, chat }: BoardPageModel): MenuItem[] {
  return [
    { id: 'share', label: t('pad.share'), icon: 'share', run: () => (sharing.value = true) },
    { id: 'people', label: t('pad.showusers'), icon: 'people', run: () => (panel.value = 'showusers') },
    ...(chat.shown.value
      ? [{ id: 'chat', label: t('chat.title'), icon: 'chat' as const, run: () => chat.enter() }]
      : []),
  ]
}

function themeItems(): MenuItem[] {
  if (themeFixed()) return []
  return (['system', 'light', 'dark'] as const).map((value) => ({
    id: `theme-${value}`,
    label: t(`settings.theme.${value}`),
    ...(value === 'system' ? {} : { icon: value === 'light' ? ('sun' as const) : ('moon' as const) }),
    checked: theme.value === value,
    run: () => setTheme(value),
  }))
}

function languageItems(): MenuItem[] {
  return LANGUAGES.map(({ code, name }) => ({
    id: `language-${code}`,
    label: name,
    checked: code === language(),
    run: () => {
      keepLanguage(code)
      void setLanguage(code)
    },
  }))
}
