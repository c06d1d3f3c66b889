import type { JSX } from 'preact'
import { away } from '../../frame.ts'
import { t } from '../../i18n.ts'
import { padTitle } from '../../pad-title.ts'
import { ChatButton } from '../../pad/chat-button.tsx'
import { MoreMenu, PeopleButton, StatusLine } from '../../pad/header-parts.tsx'
import { languageItems, themeItems } from '../../page-menus.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon, Mark } from '../../ui/icon.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
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
      <a class="home only-wide" href={HOME} {...away()} aria-label={t('pad.home')} data-tip="">
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
        <StatusLine model={model} />
      </div>
      <nav class="segments only-wide" aria-label={say('board.view')}>
        <a href={text}>{say('board.text')}</a>
        <a href="" aria-current="page">
          {say('board.board')}
        </a>
      </nav>
      <div class="end">
        <PeopleButton
          model={model}
          onClick={() => (model.panel.value = model.panel.value === 'showusers' ? null : 'showusers')}
        />
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
        <MoreMenu groups={() => [pageItems(model), ...items(), themeItems(), languageItems()]} />
      </div>
    </header>
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
