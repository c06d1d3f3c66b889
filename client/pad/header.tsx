import type { JSX } from 'preact'
import { away } from '../frame.ts'
import { t } from '../i18n.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { ActionButton, menuItems } from './action-button.tsx'
import type { Actions } from './actions.ts'
import { ChatButton } from './chat-button.tsx'
import { MoreMenu, PeopleButton, StatusLine } from './header-parts.tsx'
import type { PadModel } from './model.ts'
import { TitleEditors, titleOf } from './plugin-places.tsx'
import { SurfaceTabs } from './surface-place.tsx'
import { headerTools, placedIn } from './tool-layout.ts'

/** At the header's end, unless the administrator says otherwise. */
const END = ['showusers', 'chat', 'embed']
const MENU = [
  ['embed', 'showusers', 'chat'],
  ['importexport', 'import'],
  ['settings', 'help'],
  ['mypads', 'login'],
]
/** From the pad's address to the start page. */
export const HOME = '../'

interface HeaderProps {
  model: PadModel
  actions: Actions
}

/** Mark, name, how safe the text is, who is here, Share, more. */
export function Header({ model, actions }: HeaderProps): JSX.Element {
  return (
    <header class="header">
      <a class="home only-wide" href={HOME} {...away()} aria-label={t('pad.home')} data-tip="">
        <Mark />
      </a>
      <WayBack model={model} />
      <div class="title">
        <span class="title-line">
          <h1 title={titleOf(model)} dir="auto">
            {titleOf(model)}
          </h1>
          <TitleEditors model={model} />
        </span>
        <StatusLine model={model} />
      </div>
      <SurfaceTabs model={model} />
      {model.options.showMenuRight && (
        <div class="end">
          {withChat(headerTools(model.boot.settings.toolbar.right, END)).map((id) => (
            <EndTool key={id} id={id} model={model} actions={actions} />
          ))}
          <MoreMenu groups={() => menuIds(actions).map((ids) => menuItems(ids, actions, model))} />
        </div>
      )}
    </header>
  )
}

/** On a phone: from a surface to the text, from there to the start page. */
function WayBack({ model }: { model: PadModel }): JSX.Element {
  const { covers, open } = model.surfaces
  const surface = covers.value ? open.value?.value : undefined
  return surface ? (
    <ToolButton
      label={t('surface.back')}
      icon="back"
      class="only-narrow"
      onClick={() => model.surfaces.close(surface.id)}
    />
  ) : (
    <a class="tool only-narrow" href={HOME} {...away()} aria-label={t('pad.home')}>
      <Icon name="back" />
    </a>
  )
}

/** A tool at the header's end: who is here and Share have buttons of their own. */
function EndTool({ id, model, actions }: HeaderProps & { id: string }): JSX.Element {
  const action = actions.get(id)
  if (!action) return <></>
  if (id === 'chat') return <ChatButton chat={model.chat} action={action} />
  if (id === 'showusers')
    return <PeopleButton model={model} onClick={() => actions.get('showusers')?.run()} />
  if (id !== 'embed') return <ActionButton action={action} model={model} class="only-wide" />
  return (
    <Button kind="primary" icon="share" class="share only-wide" onClick={() => action.run()}>
      {t('pad.share')}
    </Button>
  )
}

/** Etherpad's setting of the toolbar has no name for the chat, whose button is there all the same. */
function withChat(ids: readonly string[]): readonly string[] {
  if (ids.includes('chat')) return ids
  const at = ids.includes('embed') ? ids.indexOf('embed') : ids.length
  return [...ids.slice(0, at), 'chat', ...ids.slice(at)]
}

/** The menu's groups; what plugins add stands last. */
function menuIds(actions: Actions): readonly (readonly string[])[] {
  const more = placedIn(actions.values(), 'menu').map(({ id }) => id)
  return more.length > 0 ? [...MENU, more] : MENU
}
